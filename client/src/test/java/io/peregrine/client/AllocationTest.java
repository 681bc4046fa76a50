package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AllocationTest
{
    private static final int OPERATIONS = 20_000;
    private static final int ROUNDS = 200;
    private static final int VALUE_ARRAY = 16 + 104;
    private static final int NOISE = 1000;

    private final Grid grid = Grids.over(new LoopbackPort(), TimeUnit.MINUTES.toNanos(1), 1_000_000_000L);
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[16]);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[100]);

    @Test
    void shouldAllocateNothingWhenAFlyweightMapIsUsed()
    {
        final FlyweightMap map = grid.flyweightMap("m", Routing.BRACES, MapOptions.DEFAULT);
        final MapCommand command = new MapCommand();
        final long[] results = new long[1];
        map.onResult((id, result) -> results[0] += result.version());
        assertTrue(leastBytes(NOISE, () ->
        {
            results[0] += map.get(key, 0, 16, value, 0, 100);
            results[0] += map.put(key, 0, 16, value, 0, 100);
            results[0] += map.add(key, 0, 16, 1);
            results[0] += map.remove(key, 0, 16) ? 1 : 0;
            map.offer(command.put(key, 0, 16, value, 0, 100).ifVersion(4).returnPrevious());
            map.poll();
        }) <= NOISE);
        assertTrue(results[0] > 0);
    }

    @Test
    void shouldAllocateOnlyTheValueWhenATypedMapIsRead()
    {
        final GridMap<String, byte[]> map = grid.map("m", Codecs.STRING, Codecs.BYTES);
        final byte[][] last = new byte[1][];
        assertEquals(VALUE_ARRAY, leastBytes(
            VALUE_ARRAY * OPERATIONS, () -> last[0] = map.get("0123456789abcdef")) / OPERATIONS);
    }

    @Test
    void shouldAllocateNothingWhenATypedMapIsSet()
    {
        final GridMap<String, byte[]> map = grid.map("m", Codecs.STRING, Codecs.BYTES);
        final byte[] bytes = new byte[100];
        assertTrue(leastBytes(NOISE, () -> map.set("0123456789abcdef", bytes)) <= NOISE);
    }

    @Test
    void shouldAllocateNothingForANumberOfABlockAndAnId()
    {
        final long[] clock = new long[1];
        final GridIds ids = new PortIds("trades", new FakeSlots(), () -> GridIds.EPOCH_MS, () -> clock[0] += 1_000);
        final GridSequence sequence = new FakePort(4).grid().sequence("orders", ROUNDS * OPERATIONS);
        final long[] last = new long[2];
        assertTrue(leastBytes(NOISE, () ->
        {
            last[0] = ids.next();
            last[1] = sequence.next();
        }) <= NOISE);
        assertEquals(0, last[1] % OPERATIONS);
        assertTrue(last[0] > 0);
    }

    /**
     * Bytes of the best of several rounds: the first ones are still being compiled. One that is good enough ends it.
     */
    private static long leastBytes(final long enough, final Runnable operation)
    {
        final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long self = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > enough; round++)
        {
            final long before = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < OPERATIONS; i++)
            {
                operation.run();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
        }
        return least;
    }
}
