package io.peregrine.perf.grid;

import io.peregrine.perf.rig.Samples;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * An open loop that goes on until it is ended: operations are due at a steady rate, and each is timed from when it was
 * due. All times are kept, so that any stretch of the run can be looked at later. Threads of its own, one for each
 * lane, which sleep until something is due, so that they take no core from the nodes.
 */
final class SteadyLoad implements AutoCloseable
{
    private final Lane[] lanes;
    private final long startNs = System.nanoTime();
    private volatile boolean isEnded;

    /**
     * @param side    of which operations are taken, of its rows in turns.
     * @param threads that drive it.
     * @param rate    operations a second, over all threads.
     */
    SteadyLoad(final Scenario side, final int threads, final double rate)
    {
        if (!(rate > 0))
        {
            throw new IllegalStateException("there is no load at " + rate + " operations a second");
        }
        lanes = new Lane[threads];
        for (int i = 0; i < threads; i++)
        {
            lanes[i] = new Lane(side, i, threads, 1e9 * threads / rate);
            lanes[i].thread.start();
        }
    }

    /**
     * End it, and wait until the last operation is done.
     *
     * @throws IllegalStateException when an operation failed.
     */
    @Override
    public void close()
    {
        isEnded = true;
        for (final Lane lane : lanes)
        {
            boolean isInterrupted = false;
            while (lane.thread.isAlive())
            {
                try
                {
                    lane.thread.join();
                }
                catch (final InterruptedException ex)
                {
                    isInterrupted = true;
                }
            }
            if (isInterrupted)
            {
                Thread.currentThread().interrupt();
            }
            if (lane.failure != null)
            {
                throw new IllegalStateException("the load failed: " + lane.failure, lane.failure);
            }
        }
    }

    /**
     * @return answers that were wrong or missing, once it is closed.
     */
    long wrong()
    {
        return Arrays.stream(lanes).mapToLong((lane) -> lane.wrong).sum();
    }

    /**
     * @param fromNs beginning of the stretch.
     * @param toNs   its end.
     * @return times of the operations that were due in it, once it is closed.
     */
    Samples between(final long fromNs, final long toNs)
    {
        final Samples samples = new Samples();
        for (final Lane lane : lanes)
        {
            for (int i = 0; i < lane.count; i++)
            {
                final long dueNs = lane.due(i);
                if (dueNs - fromNs >= 0 && dueNs - toNs < 0)
                {
                    samples.add(lane.tookNs[i]);
                }
            }
        }

        return samples;
    }

    /**
     * What one thread does. Read by others after it has ended.
     */
    private final class Lane
    {
        private static final int FIRST = 1 << 16;

        private final Scenario side;
        private final int index;
        private final double offset;
        private final double intervalNs;
        private final Thread thread;
        private long[] tookNs = new long[FIRST];
        private int count;
        private long wrong;
        private volatile Throwable failure;

        private Lane(final Scenario side, final int index, final int threads, final double intervalNs)
        {
            this.side = side;
            this.index = index;
            this.intervalNs = intervalNs;
            offset = intervalNs * index / threads;
            thread = new Thread(this::run, "load-" + index);
            thread.setDaemon(true);
        }

        private long due(final int number)
        {
            return startNs + (long) (offset + number * intervalNs);
        }

        private void run()
        {
            try
            {
                final Subject[] rows = side.open(index);
                drive(rows);
                for (final Subject row : rows)
                {
                    row.close();
                }
            }
            catch (final Throwable ex)
            {
                failure = ex;
            }
        }

        private void drive(final Subject[] rows)
        {
            while (!isEnded)
            {
                final long dueNs = due(count);
                for (long left = dueNs - System.nanoTime(); left > 0; left = dueNs - System.nanoTime())
                {
                    LockSupport.parkNanos(left);
                }

                wrong += rows[count % rows.length].run(count / rows.length, 1);
                if (count == tookNs.length)
                {
                    tookNs = Arrays.copyOf(tookNs, count * 2);
                }
                tookNs[count++] = System.nanoTime() - dueNs;
            }
        }
    }
}
