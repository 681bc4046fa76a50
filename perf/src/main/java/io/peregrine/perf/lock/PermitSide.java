package io.peregrine.perf.lock;

import io.peregrine.client.Grid;
import io.peregrine.client.GridSemaphore;
import io.peregrine.client.PermitLease;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

import java.util.Arrays;

/**
 * The subject: semaphores that nobody else wants, of which one permit is acquired and released in turn. One operation
 * is the pair.
 */
final class PermitSide implements Scenario
{
    private static final int PERMITS = 4;

    private final Grid grid;

    PermitSide(final Grid grid)
    {
        this.grid = grid;
    }

    @Override
    public String name(final int row)
    {
        return "permit and release";
    }

    @Override
    public Subject[] open(final int thread)
    {
        final GridSemaphore[] semaphores = new GridSemaphore[LockSide.NAMES];
        Arrays.setAll(semaphores, (i) -> grid.semaphore(LockSide.name(thread, i), PERMITS));
        return new Subject[]{(first, count) -> run(semaphores, first, count)};
    }

    private static int run(final GridSemaphore[] semaphores, final long first, final int count)
    {
        int wrong = 0;
        for (int i = 0; i < count; i++)
        {
            final PermitLease lease =
                semaphores[(int) (first + i) & LockSide.NAMES - 1].tryAcquire(1, LockSide.LEASE);
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
