package io.peregrine.node.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.peregrine.client.FlyweightMap;
import io.peregrine.client.GridClient;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The calling thread's own accounting is exact. The JVM allocates on a thread until it has compiled everything, and the
 * media driver, which the calling thread drives, now and then by its clock: one round without garbage is the proof.
 */
@Timeout(120)
class RemoteNoGarbageTest
{
    private static final int OPERATIONS = 1_000;
    private static final int ROUNDS = 200;
    private static final int KEYS = 100;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[16]);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[100]);
    private final UnsafeBuffer read = new UnsafeBuffer(new byte[100]);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAllocateNothingForFlyweightGetAndPut(final boolean ipc)
    {
        try (Served served = new Served();
            GridClient client = GridClient.connect(served.context(ipc).idleStrategies(YieldingIdleStrategy::new));
            FlyweightMap map = client.grid().flyweightMap("map"))
        {
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && allocated != 0; round++)
            {
                final long overhead = -allocated() + allocated();
                final long before = allocated();
                putAndGet(map, OPERATIONS);
                allocated = allocated() - before - overhead;
            }
            assertEquals(0, allocated, "bytes by the caller");
        }
    }

    private long allocated()
    {
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private void putAndGet(final FlyweightMap map, final int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            key.putLong(0, i % KEYS);
            value.putLong(0, i);
            map.put(key, 0, key.capacity(), value, 0, value.capacity());
            final int length = map.get(key, 0, key.capacity(), read, 0, read.capacity());
            if (length != value.capacity() || read.getLong(0) != i)
            {
                throw new AssertionError("lost " + i);
            }
        }
    }
}
