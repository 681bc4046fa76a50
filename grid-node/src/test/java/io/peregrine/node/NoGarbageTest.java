package io.peregrine.node;

import com.sun.management.ThreadMXBean;
import io.peregrine.client.FlyweightMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What a thread has allocated is read by the JVM's own accounting, which is exact for the thread that reads its own and
 * close to it for another: so the other's is compared with the number of operations. The JVM allocates on a thread
 * until it has compiled everything: one round without garbage is the proof.
 */
@Timeout(120)
class NoGarbageTest
{
    private static final int OPERATIONS = 5_000;
    private static final int ROUNDS = 200;
    private static final int KEYS = 1000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[16]);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[100]);
    private final UnsafeBuffer read = new UnsafeBuffer(new byte[100]);

    @Test
    void shouldAllocateNothingForFlyweightGetAndPut()
    {
        final AtomicReference<Thread> agent = new AtomicReference<>();
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INLINE)
            .idleStrategies(YieldingIdleStrategy::new)
            .threadFactory(work ->
            {
                agent.set(new Thread(work));
                return agent.get();
            })); FlyweightMap map = node.grid().flyweightMap("map"))
        {
            final long self = Thread.currentThread().getId();
            long byCaller = Long.MAX_VALUE;
            long byAgent = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && (byCaller != 0 || byAgent > OPERATIONS / 10); round++)
            {
                final long overhead = allocatedBetweenTwoReadings(self);
                final long agentBefore = threads.getThreadAllocatedBytes(agent.get().getId());
                final long before = threads.getThreadAllocatedBytes(self);
                putAndGet(map, OPERATIONS);
                byCaller = threads.getThreadAllocatedBytes(self) - before - overhead;
                byAgent = threads.getThreadAllocatedBytes(agent.get().getId()) - agentBefore;
            }
            assertEquals(0, byCaller, "bytes by the caller");
            assertTrue(byAgent <= OPERATIONS / 10, byAgent + " bytes by the agent");
        }
    }

    private long allocatedBetweenTwoReadings(final long thread)
    {
        final long first = threads.getThreadAllocatedBytes(thread);
        return threads.getThreadAllocatedBytes(thread) - first;
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
