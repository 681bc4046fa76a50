package io.peregrine.node.remote;

import com.sun.management.ThreadMXBean;
import io.peregrine.client.FlyweightMap;
import io.peregrine.client.GridClient;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * A caller that measures what its thread allocates while it gets and puts by flyweights. The thread's own accounting is
 * exact. The JVM allocates on a thread until it has compiled everything: one round without garbage is the proof.
 */
public final class GarbageChild
{
    private static final int OPERATIONS = 1_000;
    private static final int ROUNDS = 200;
    /**
     * After so many that were no better the compiler has done what it will.
     */
    private static final int NO_BETTER_ROUNDS = 60;
    private static final int KEYS = 100;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[16]);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[100]);
    private final UnsafeBuffer read = new UnsafeBuffer(new byte[100]);

    private GarbageChild()
    {
    }

    /**
     * Says how many bytes the best round allocated.
     *
     * @param args address, live directory.
     */
    public static void main(final String[] args)
    {
        try (GridClient client = GridClient.connect(
            Children.context(args[0], args[1]).idleStrategies(YieldingIdleStrategy::new)))
        {
            System.out.println(result(bestRound(client)));
        }
    }

    /**
     * @return what it says.
     */
    static String result(final long bytes)
    {
        return "bytes of a thousand puts and gets: " + bytes;
    }

    /**
     * @return bytes that this thread allocated in the round in which it allocated least.
     */
    static long bestRound(final GridClient client)
    {
        try (FlyweightMap map = client.grid().flyweightMap("map"))
        {
            final GarbageChild child = new GarbageChild();
            long least = Long.MAX_VALUE;
            int bestRound = 0;
            for (int round = 0; round < ROUNDS && round - bestRound < NO_BETTER_ROUNDS && least != 0; round++)
            {
                final long overhead = -child.allocated() + child.allocated();
                final long before = child.allocated();
                child.putAndGet(map);
                final long bytes = child.allocated() - before - overhead;
                if (bytes < least)
                {
                    least = bytes;
                    bestRound = round;
                }
            }
            return least;
        }
    }

    private long allocated()
    {
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private void putAndGet(final FlyweightMap map)
    {
        for (int i = 0; i < OPERATIONS; i++)
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
