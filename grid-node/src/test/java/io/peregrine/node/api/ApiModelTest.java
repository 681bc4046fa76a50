package io.peregrine.node.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.peregrine.client.Batch;
import io.peregrine.client.Codecs;
import io.peregrine.client.Expiry;
import io.peregrine.client.Grid;
import io.peregrine.client.GridException;
import io.peregrine.client.GridMap;
import io.peregrine.client.ScanCursor;
import io.peregrine.client.ScanPage;
import io.peregrine.client.Versioned;
import io.peregrine.client.When;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Long random sequences of calls to a node and to plain maps, in hand-driven time: every answer is the same. Times to
 * live and steps of time never meet exactly, so that nothing hangs on the order within one instant.
 */
class ApiModelTest
{
    private static final int STEPS = 20_000;
    private static final int KEYS = 300;
    private static final long MILLIS = 1_000_000;
    private static final int CHECKED_EVERY = 2_000;

    private final Map<String, Live> model = new HashMap<>();
    private long now = 1_000_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldAgreeWithPlainMapsWhenCallsAreRandom(final long seed)
    {
        final Random random = new Random(seed);
        final List<Throwable> errors = new ArrayList<>();
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INVOKER)
            .partitions(16)
            .nanoClock(() -> now)
            .errorHandler(errors::add)))
        {
            final GridMap<String, String> map = node.grid().map("model", Codecs.STRING, Codecs.STRING);
            for (int step = 0; step < STEPS; step++)
            {
                step(node.grid(), map, random, "seed " + seed + " step " + step);
                if (step % CHECKED_EVERY == 0)
                {
                    check(map, "seed " + seed + " step " + step);
                }
            }
            check(map, "seed " + seed);
            map.clear();
            model.clear();
            check(map, "seed " + seed);
        }
        catch (final GridException ex)
        {
            errors.forEach(ex::addSuppressed);
            throw ex;
        }
        assertEquals(List.of(), errors);
    }

    private void step(final Grid grid, final GridMap<String, String> map, final Random random, final String where)
    {
        final String key = "{" + random.nextInt(20) + "}" + random.nextInt(KEYS);
        final String value = Integer.toString(random.nextInt(4)).repeat(random.nextInt(12) == 0 ? 3000 : 3);
        final Live before = live(key);
        final String old = before == null ? null : before.value;
        switch (random.nextInt(13))
        {
            case 0, 1:
                assertEquals(old, map.put(key, value), where);
                model.put(key, new Live(value, Long.MAX_VALUE));
                break;

            case 2:
                final long ttl = MILLIS * (10 * random.nextInt(100) + 5);
                assertEquals(old, map.put(key, value, Expiry.after(Duration.ofNanos(ttl))), where);
                model.put(key, new Live(value, now + ttl));
                break;

            case 3:
                assertEquals(old, map.putIfAbsent(key, value), where);
                model.putIfAbsent(key, new Live(value, Long.MAX_VALUE));
                break;

            case 4:
                assertEquals(old, map.remove(key), where);
                model.remove(key);
                break;

            case 5:
                assertEquals(value.equals(old), map.replace(key, value, "new"), where);
                model.computeIfPresent(key, (k, l) -> value.equals(old) ? new Live("new", Long.MAX_VALUE) : l);
                break;

            case 6:
                assertEquals(value.equals(old), map.remove(key, value), where);
                model.computeIfPresent(key, (k, l) -> value.equals(old) ? null : l);
                break;

            case 7:
                changeByVersion(map, key, value, old, random.nextBoolean(), where);
                break;

            case 8:
                final long later = MILLIS * (10 * random.nextInt(100) + 5);
                assertEquals(old != null, map.touch(key, Expiry.after(Duration.ofNanos(later))), where);
                model.computeIfPresent(key, (k, l) -> new Live(l.value, now + later));
                break;

            case 9:
                now += MILLIS * 10 * random.nextInt(8);
                break;

            case 10:
                batch(grid, map, key, value, where);
                break;

            default:
                assertEquals(old, map.get(key), where);
                assertEquals(old != null, map.containsKey(key), where);
                break;
        }
    }

    private void changeByVersion(
        final GridMap<String, String> map,
        final String key,
        final String value,
        final String old,
        final boolean right,
        final String where)
    {
        final Versioned<String> read = map.getVersioned(key);
        assertEquals(old, read == null ? null : read.value(), where);
        if (read != null)
        {
            final long version = map.replaceIfVersion(key, read.version() + (right ? 0 : 1), value);
            assertEquals(right, version != 0, where);
            if (right)
            {
                model.put(key, new Live(value, Long.MAX_VALUE));
            }
        }
    }

    private void batch(
        final Grid grid, final GridMap<String, String> map, final String key, final String value, final String where)
    {
        final String sibling = key + "s";
        final Batch batch = grid.batch()
            .put(map, sibling, value, When.ABSENT)
            .remove(map, key, When.PRESENT);
        final boolean possible = live(sibling) == null && live(key) != null;
        assertEquals(possible, batch.execute().applied(), where);
        if (possible)
        {
            model.put(sibling, new Live(value, Long.MAX_VALUE));
            model.remove(key);
        }
    }

    private Live live(final String key)
    {
        model.computeIfPresent(key, (k, entry) -> entry.deadline <= now ? null : entry);
        return model.get(key);
    }

    private void check(final GridMap<String, String> map, final String where)
    {
        final Map<String, String> expected = new TreeMap<>();
        for (final String key : List.copyOf(model.keySet()))
        {
            final Live entry = live(key);
            if (entry != null)
            {
                expected.put(key, entry.value);
            }
        }
        final Map<String, String> scanned = new TreeMap<>();
        ScanCursor cursor = ScanCursor.START;
        while (!cursor.isEnd())
        {
            final ScanPage<String, String> page = map.scan(cursor, 7);
            page.entries().forEach((entry) -> assertNull(scanned.put(entry.key(), entry.value()), where));
            cursor = page.next();
        }
        assertEquals(expected, scanned, where);
        assertEquals(expected, new TreeMap<>(map), where);
        assertEquals(expected, new TreeMap<>(map.getAll(expected.keySet())), where);
        assertEquals(expected.keySet(), map.keySet(), where);
    }

    private record Live(String value, long deadline)
    {
    }
}
