package io.peregrine.perf.lock;

import io.peregrine.client.Grid;
import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

import java.time.Duration;
import java.util.Arrays;

/**
 * The subject: locks that nobody else wants, acquired and released in turn. One operation is the pair.
 */
final class LockSide implements Scenario
{
    /**
     * Names that take turns, a power of two.
     */
    static final int NAMES = 256;

    /**
     * No lease ends while it is held.
     */
    static final Duration LEASE = Duration.ofSeconds(30);

    private final Grid grid;

    LockSide(final Grid grid)
    {
        this.grid = grid;
    }

    static String name(final int thread, final int number)
    {
        return "bench-" + thread + "-" + number;
    }

    @Override
    public String name(final int row)
    {
        return "lock and release";
    }

    @Override
    public Subject[] open(final int thread)
    {
        final GridLock[] locks = new GridLock[NAMES];
        Arrays.setAll(locks, (i) -> grid.lock(name(thread, i)));
        return new Subject[]{(first, count) -> run(locks, first, count)};
    }

    private static int run(final GridLock[] locks, final long first, final int count)
    {
        int wrong = 0;
        for (int i = 0; i < count; i++)
        {
            final LockLease lease = locks[(int) (first + i) & NAMES - 1].tryAcquire(LEASE);
            if (lease == null)
            {
                wrong++;
            }
            else
            {
                lease.release();
            }
        }

        return wrong;
    }

    @Override
    public int busyThreads(final int threads)
    {
        return threads + 1;
    }
}
