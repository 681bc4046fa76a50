package io.peregrine.perf.sim.world;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Virtual time: events in the order of their times, and of their making where the times are equal.
 */
public final class Timeline
{
    private final PriorityQueue<Event> events = new PriorityQueue<>(256);
    private final SplittableRandom random;
    private long nowNs;
    private long made;

    /**
     * @param seed of everything that is drawn.
     */
    public Timeline(final long seed)
    {
        random = new SplittableRandom(seed);
    }

    /**
     * @return true time in nanoseconds from the beginning.
     */
    public long nowNs()
    {
        return nowNs;
    }

    /**
     * @return another source of random numbers, so that what draws from one does not change what draws from another.
     */
    public SplittableRandom newRandom()
    {
        return random.split();
    }

    /**
     * @param timeNs at which something happens; not before now.
     * @param action that happens.
     */
    public void at(final long timeNs, final Runnable action)
    {
        events.add(new Event(Math.max(timeNs, nowNs), made++, action));
    }

    /**
     * @param delayNs after which something happens.
     * @param action  that happens.
     */
    public void after(final long delayNs, final Runnable action)
    {
        at(nowNs + delayNs, action);
    }

    /**
     * Let the next event happen, if it does so before a time; time stands at its moment then, or at that time.
     *
     * @param endNs time to stop at.
     * @return false when there is none before.
     */
    public boolean step(final long endNs)
    {
        final Event next = events.peek();
        if (next == null || next.timeNs > endNs)
        {
            nowNs = endNs;
            return false;
        }

        events.remove();
        nowNs = next.timeNs;
        next.action.run();
        return true;
    }

    private record Event(long timeNs, long number, Runnable action) implements Comparable<Event>
    {
        @Override
        public int compareTo(final Event other)
        {
            final int byTime = Long.compare(timeNs, other.timeNs);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
