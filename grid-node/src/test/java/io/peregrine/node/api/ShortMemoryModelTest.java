package io.peregrine.node.api;

import io.peregrine.client.Codecs;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.Expiry;
import io.peregrine.client.GridMap;
import io.peregrine.client.RefusedException;
import io.peregrine.node.GridNode;
import io.peregrine.node.Inside;
import io.peregrine.node.MemoryPolicy;
import io.peregrine.node.NodeSettings;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import io.peregrine.node.partition.AgentPartitions;
import io.peregrine.node.partition.Copies;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Long random sequences of calls to a node that is short of memory, and to a plain map. An entry may have been evicted,
 * and then it is gone; nothing else is ever missing, changed or back. Copies of the partitions, made of their
 * snapshots, hold the same.
 */
class ShortMemoryModelTest
{
    private static final int STEPS = 24_000;
    private static final int CHECKED_EVERY = 4_000;
    private static final int KEYS = 5_000;
    private static final int LONGEST = 6_000;
    private static final int PARTITIONS = 4;
    private static final long MILLIS = 1_000_000;

    private final Map<String, Live> model = new HashMap<>();
    private final List<Throwable> errors = new ArrayList<>();
    private GridMap<String, String> map;
    private Random random;
    private MemoryPolicy policy;
    private long now = 1_000_000;
    private long lost;
    private int refused;
    private String where;

    @ParameterizedTest
    @CsvSource({"1,EVICT", "2,EVICT", "3,EVICT", "4,REFUSE", "5,REFUSE"})
    void shouldLoseNothingButWhatWasEvicted(final long seed, final MemoryPolicy chosen)
    {
        random = new Random(seed);
        policy = chosen;
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INVOKER)
            .partitions(PARTITIONS)
            .memoryLimit(8 << 20)
            .memoryPolicy(policy)
            .set(NodeSettings.VALUE_MAX, 64L << 10)
            .nanoClock(() -> now)
            .errorHandler(errors::add)))
        {
            final AgentPartitions partitions = Inside.partitionsOf(node).get(0);
            map = node.grid().map("model", Codecs.STRING, Codecs.STRING);
            for (int step = 0; step < STEPS; step++)
            {
                where = "seed " + seed + " step " + step;
                step();
                if (step % CHECKED_EVERY == CHECKED_EVERY - 1)
                {
                    check(partitions);
                }
            }
            assertEquals(policy == MemoryPolicy.EVICT, lost > 0, where);
            assertEquals(policy == MemoryPolicy.REFUSE, refused > 0, where);
            map.clear();
            model.clear();
            check(partitions);
        }
        assertEquals(List.of(), errors);
    }

    private void step()
    {
        final String key = "key-" + random.nextInt(KEYS);
        switch (random.nextInt(12))
        {
            case 0, 1, 2, 3, 4, 5:
                put(key, value(key), Long.MAX_VALUE, Expiry.OF_MAP);
                break;

            case 6:
                final long ttl = MILLIS * (10 * random.nextInt(3_000) + 5);
                put(key, value(key), now + ttl, Expiry.after(Duration.ofNanos(ttl)));
                break;

            case 7:
                final String expected = known(key, map.remove(key));
                assertEquals(expected == null, !model.containsKey(key), where);
                model.remove(key);
                break;

            case 8:
                now += MILLIS * 10 * random.nextInt(20);
                break;

            case 9:
                touch(key, known(key, map.get(key)));
                break;

            default:
                known(key, map.get(key));
                break;
        }
    }

    private String value(final String key)
    {
        return (key + "=" + random.nextInt(1 << 20) + ";").repeat(1 + random.nextInt(LONGEST) / 20);
    }

    private void put(final String key, final String value, final long deadline, final Expiry expiry)
    {
        try
        {
            known(key, map.put(key, value, expiry));
            model.put(key, new Live(value, deadline));
        }
        catch (final RefusedException ex)
        {
            assertEquals(MemoryPolicy.REFUSE, policy, where);
            assertEquals(ErrorCode.STORE_FULL, ex.code(), where);
            refused++;
            known(key, map.get(key));
        }
    }

    /**
     * Another expiry may take more room, and the entry itself may be the one that gives way for it.
     */
    private void touch(final String key, final String before)
    {
        try
        {
            if (map.touch(key, Expiry.NEVER))
            {
                assertEquals(model.get(key).value, before, where);
                model.put(key, new Live(before, Long.MAX_VALUE));
            }
            else if (before != null)
            {
                known(key, null);
            }
        }
        catch (final RefusedException ex)
        {
            assertEquals(MemoryPolicy.REFUSE, policy, where);
            refused++;
        }
    }

    /**
     * Compare what the grid said to be there with the model; what it has not any more was evicted.
     */
    private String known(final String key, final String found)
    {
        model.computeIfPresent(key, (k, live) -> live.deadline <= now ? null : live);
        final Live live = model.get(key);
        if (found == null && live != null)
        {
            assertEquals(MemoryPolicy.EVICT, policy, () -> "lost " + key + " at " + where);
            model.remove(key);
            lost++;
        }
        else
        {
            assertEquals(live == null ? null : live.value, found, where);
        }
        return found;
    }

    private void check(final AgentPartitions partitions)
    {
        final Map<String, String> scanned = new TreeMap<>();
        map.forEach((key, value) -> assertNull(scanned.put(key, value), where));
        scanned.forEach(this::known);
        List.copyOf(model.keySet()).forEach((key) -> known(key, scanned.get(key)));
        assertEquals(model.size(), scanned.size(), where);
        assertEquals(model.size(), map.size(), where);
        final long evicted = partitions.tally().evicted();
        assertTrue(lost <= evicted, () -> lost + " are gone and " + evicted + " were evicted, " + where);

        final Map<String, String> copied = new TreeMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++)
        {
            copied.putAll(Copies.contentOfCopy(partitions.partition(partition), 1 << 10 << random.nextInt(8)));
        }
        assertEquals(scanned, copied, where);
    }

    private record Live(String value, long deadline)
    {
    }
}
