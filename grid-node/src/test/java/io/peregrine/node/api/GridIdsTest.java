package io.peregrine.node.api;

import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.Grid;
import io.peregrine.client.GridIds;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static io.peregrine.node.api.Apis.assertThrowsCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Ids of an embedded node, of the machine's clock and of one driven by hand.
 */
@Timeout(180)
class GridIdsTest
{
    private static final int THREADS = 4;
    private static final int EACH = 2_000;
    private static final int HANDLES = 20;
    private static final int RESTARTS = 200;

    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
    private final Grid grid = node.grid();
    private final Set<Long> made = ConcurrentHashMap.newKeySet();
    private long nowMs = GridIds.EPOCH_MS + TimeUnit.DAYS.toMillis(1000);

    @AfterEach
    void close()
    {
        node.close();
    }

    private GridIds ids()
    {
        return grid.ids("trades", () -> nowMs);
    }

    private long take(final GridIds ids, final int count)
    {
        long last = 0;
        for (int i = 0; i < count; i++)
        {
            final long id = ids.next();
            assertTrue(id > last, "ids of a handle rise");
            assertTrue(made.add(id), "made twice");
            last = id;
        }
        return last;
    }

    @Test
    void shouldBeOfTheTimeOfTheClock()
    {
        final long beforeMs = System.currentTimeMillis();
        final GridIds ids = grid.ids("trades");
        assertSame(ids, grid.ids("trades"));
        assertEquals("trades", ids.name());
        final long timeMs = GridIds.timeOf(take(ids, 1));
        assertTrue(timeMs >= beforeMs, timeMs + " is before " + beforeMs);
        assertEquals(nowMs, GridIds.timeOf(ids().next()));
    }

    @Test
    void shouldNotRepeatWhenTheClockJumpsBackByAnHourAndHandlesComeAndGo()
    {
        final long startMs = nowMs;
        for (int i = 0; i < 5; i++)
        {
            try (GridIds ids = ids())
            {
                take(ids, 100);
                nowMs -= TimeUnit.HOURS.toMillis(1);
                final long timeMs = GridIds.timeOf(take(ids, 100));
                assertTrue(timeMs >= startMs - i * TimeUnit.HOURS.toMillis(1), "an id of before");
            }
        }
    }

    /**
     * So many that some of them surely have the slot of one before.
     */
    @Test
    void shouldNotRepeatOverManyHandlesWithinAMillisecond()
    {
        for (int i = 0; i < RESTARTS; i++)
        {
            try (GridIds ids = ids())
            {
                take(ids, 2);
            }
        }
    }

    @Test
    void shouldHaveASlotForEachHandle()
    {
        final Set<Integer> slots = new HashSet<>();
        for (int i = 0; i < HANDLES; i++)
        {
            assertTrue(slots.add(GridIds.slotOf(take(ids(), 1))), "a slot given twice");
        }
    }

    @Test
    void shouldBeMadeByManyThreads() throws InterruptedException, ExecutionException
    {
        final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try
        {
            final GridIds shared = grid.ids("trades");
            final List<Callable<Void>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++)
            {
                final GridIds own = ids();
                calls.add(() ->
                {
                    take(shared, EACH);
                    take(own, EACH);
                    return null;
                });
            }
            for (final Future<Void> call : executor.invokeAll(calls))
            {
                call.get();
            }
            assertEquals(2 * THREADS * EACH, made.size());
        }
        finally
        {
            executor.shutdownNow();
        }
    }

    @Test
    void shouldRefuseNamesAndTimesThatCannotBe()
    {
        for (final String name : List.of("", "x".repeat(201), "a\nb"))
        {
            assertThrowsCode(FailedException.class, ErrorCode.NAME_INVALID, () -> grid.ids(name));
        }
        assertTrue(grid.ids("x".repeat(200)).next() > 0);
        for (final long ms : new long[]{Long.MAX_VALUE, GridIds.EPOCH_MS + (1L << 41)})
        {
            nowMs = ms;
            assertThrowsCode(FailedException.class, ErrorCode.ARGUMENT_INVALID, () -> ids().next());
        }
        nowMs = -1;
        assertEquals(GridIds.EPOCH_MS, GridIds.timeOf(ids().next()));
    }

    @Test
    void shouldMakeNoneOnceTheGridIsClosed()
    {
        final GridIds ids = grid.ids("trades");
        take(ids, 10);
        grid.close();
        assertThrowsCode(FailedException.class, ErrorCode.CLOSED, ids::next);
        ids.close();
    }
}
