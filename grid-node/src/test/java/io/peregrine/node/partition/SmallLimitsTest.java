package io.peregrine.node.partition;

import io.peregrine.node.partition.Requests.Op;
import io.peregrine.storage.partition.Deadlines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Where keys and values are short, so are the longest entry and the log.
 */
class SmallLimitsTest
{
    private static final long SECOND = 1_000_000_000L;
    private static final int ENTRIES = 100;

    private Limits limits;
    private Bench bench;
    private int map;

    @AfterEach
    void close()
    {
        bench.close();
    }

    private void open(final int maxKeyLength, final int maxValueLength)
    {
        final int maxRequestLength = 2 * maxValueLength + maxKeyLength + 1024;
        limits = new Limits(Bench.PARTITIONS, maxKeyLength, maxValueLength, maxRequestLength, false);
        bench = new Bench(16 << 20, limits);
        map = bench.define("map", 0, 0);
    }

    private void put(final String key)
    {
        assertTrue(
            bench.deliver(bench.requests.command(0, new Op(map, key).put(new byte[0]).ttl(SECOND))),
            () -> "" + bench.reason());
    }

    private void assertExpires(final String key)
    {
        for (int i = 0; i < ENTRIES; i++)
        {
            put(i + key.substring(3));
        }
        bench.nowNs += 2 * SECOND;
        bench.settle();

        assertEquals(ENTRIES, bench.partitions.tally().expired());
        assertEquals(0, bench.size(0, map));
    }

    @Test
    void shouldExpireByThemselvesWithShortValues()
    {
        open(4096, 1024);
        assertExpires("k".repeat(4096));
    }

    @Test
    void shouldExpireByThemselvesWithTheShortestKeysAndValues()
    {
        open(16, 0);
        assertExpires("k".repeat(16));
    }

    @Test
    void shouldWriteAnExpiredKeyAgain()
    {
        open(16, 64);
        assertTrue(limits.maxEntryLength() < Deadlines.maxLength(1));
        put("key");
        bench.nowNs += 2 * SECOND;
        put("key");

        assertEquals(1, bench.partitions.tally().expired());
        assertEquals(1, bench.size(0, map));
    }

    @Test
    void shouldEndASessionThatIsNotUsed()
    {
        open(16, 64);
        assertTrue(bench.openSession(0, SECOND) != 0);
        assertEquals(1, bench.partitions.sessions());
        bench.nowNs += 2 * SECOND;
        bench.settle();

        assertEquals(0, bench.partitions.sessions());
    }
}
