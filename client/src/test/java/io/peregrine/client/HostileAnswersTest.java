package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A client under answers that no node sends in its right mind, with bounds checks on: nothing but a result or a typed
 * error ever comes to the caller, and a result is never that of a misshapen answer.
 */
@Timeout(300)
class HostileAnswersTest
{
    private static final int PARTITIONS = 4;
    private static final int ANSWERS = Integer.getInteger("peregrine.test.answers", 150_000);
    private static final long TIMEOUT_NS = 100_000_000L;

    private final Random random = new Random(5);
    private HostileNode node;
    private Grid grid;
    private GridMap<String, String> map;
    private GridMap<String, Long> numbers;
    private long fed;
    private long refused;

    @Test
    void shouldTakeNoMisshapenAnswerForARightOne()
    {
        connect(true, Long.MAX_VALUE / 4);
        while (node.answers < ANSWERS)
        {
            final String key = "key-" + random.nextInt(1_000_000);
            final String value = RightAnswers.valueOf(key);
            switch (random.nextInt(8))
            {
                case 0:
                    assertEquals(value, map.get(key));
                    break;

                case 1:
                    assertEquals(value, map.put(key, "new"));
                    break;

                case 2:
                    assertEquals(key.length(), numbers.addAndGet(key, key.length()));
                    break;

                case 3:
                    final BatchResult batch = grid.batch().put(map, "{1}a", "1").put(map, "{1}b", "2").execute();
                    assertEquals(1, batch.results().get(1).number());
                    break;

                case 4:
                    final ScanPage<String, String> page = map.scan(new ScanCursor(random.nextInt(PARTITIONS), 0), 10);
                    assertEquals(RightAnswers.SIZE, page.entries().size());
                    page.entries().forEach((entry) ->
                        assertEquals(RightAnswers.valueOf(entry.key()), entry.value()));
                    break;

                case 5:
                    assertEquals(RightAnswers.SIZE * PARTITIONS, map.sizeAsLong());
                    break;

                case 6:
                    assertEquals(List.of(RightAnswers.NAME, RightAnswers.NAME), grid.mapNames());
                    assertEquals(Map.of(key, value), map.getAll(List.of(key)));
                    break;

                default:
                    askAsOperators();
                    break;
            }
        }
        assertTrue(node.core().malformedAnswers() > ANSWERS / 4, () -> node.core().malformedAnswers() + " dropped");
    }

    @Test
    void shouldGiveTypedErrorsWhateverIsAnswered()
    {
        while (fed < ANSWERS)
        {
            connect(false, TIMEOUT_NS);
            boolean isUsable = true;
            while (isUsable && fed + node.answers < ANSWERS)
            {
                isUsable = call();
            }
            fed += node.answers;
        }
        assertTrue(refused > 0, "no call came to an error");
    }

    @Test
    void shouldEndAScanThatIsLedInACircle()
    {
        connect(true, Long.MAX_VALUE / 4);
        node.right.isInACircle = true;
        final GridException ex = assertThrows(GridException.class, () -> map.containsValue("nowhere"));
        assertEquals(ErrorCode.MALFORMED, ex.code());
    }

    /**
     * @return false where what was told keeps the client from everything from now on.
     */
    private boolean call()
    {
        try
        {
            if (map == null)
            {
                open();
            }
            anyCall("key-" + random.nextInt(1000));
            return true;
        }
        catch (final GridException ex)
        {
            refused++;
            return ex.code() != ErrorCode.TIMEOUT && ex.code() != ErrorCode.BACK_PRESSURE &&
                ex.code() != ErrorCode.DESTROYED;
        }
    }

    private void anyCall(final String key)
    {
        switch (random.nextInt(10))
        {
            case 0:
                map.getVersioned(key);
                break;

            case 1:
                map.put(key, "new");
                break;

            case 2:
                numbers.addAndGet(key, 1);
                break;

            case 3:
                grid.batch().put(map, "{1}a", "1").add(numbers, "{1}b", 2).execute();
                break;

            case 4:
                map.scan(ScanCursor.START, 10);
                break;

            case 5:
                map.sizeAsLong();
                break;

            case 6:
                map.clear();
                break;

            case 7:
                grid.mapNames();
                break;

            case 8:
                map.setAll(Map.of(key, "1", key + "b", "2"));
                break;

            default:
                grid.nodeStatus();
                grid.operations().partitions(0, 1);
                grid.operations().leave(0, 1);
                break;
        }
    }

    private void askAsOperators()
    {
        assertEquals(RightAnswers.NAME, grid.nodeStatus().grid());
        assertEquals(1, grid.operations().partitions(0, 1).partitions().size());
        assertEquals(GridOperations.Ruling.DONE, grid.operations().leave(0, 1).ruling());
    }

    private void connect(final boolean isStructural, final long timeoutNs)
    {
        node = new HostileNode(random, isStructural, PARTITIONS);
        grid = Grids.over(node.core(), timeoutNs, 1_000_000_000L);
        map = null;
        if (isStructural)
        {
            open();
        }
    }

    private void open()
    {
        final GridMap<String, Long> opened = grid.map("numbers", Codecs.STRING, Codecs.LONG);
        numbers = opened;
        map = grid.map("map", Codecs.STRING, Codecs.STRING);
    }
}
