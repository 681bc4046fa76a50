package io.peregrine.perf.verify.run;

import io.peregrine.perf.linear.Call;
import io.peregrine.perf.verify.fault.GridView;
import io.peregrine.perf.verify.report.Loss;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the latest that any node knows of the grid, and the losses that it reported. Pure; single-threaded.
 */
final class Watch
{
    /**
     * A node may have shown for so long what it did not know to be over.
     */
    private static final long LAG_NS = TimeUnit.SECONDS.toNanos(15);

    private final List<Loss> losses = new ArrayList<>();
    private ViewLine latest;

    void onView(final ViewLine view)
    {
        final ViewLine before = latest;
        latest = view.laterOf(latest);
        if (before == null || latest == before)
        {
            return;
        }
        for (int i = 0; i < before.losses().size(); i++)
        {
            // What was lost twice before anybody was asked was empty twice.
            for (int j = before.losses().get(i); j < latest.losses().get(i); j++)
            {
                losses.add(new Loss(i, before.grid().takenNs() - LAG_NS, latest.grid().takenNs()));
            }
        }
    }

    /**
     * @param nowNs of the clock.
     * @return what faults may go by.
     */
    GridView grid(final long nowNs)
    {
        return latest == null ? GridView.unknown(nowNs) : latest.grid();
    }

    /**
     * @return of the grid, 0 where that is not known.
     */
    int partitions()
    {
        return latest == null ? 0 : latest.losses().size();
    }

    /**
     * @param copies  of each partition that there are to be.
     * @param sinceNs what was looked at before says nothing, as a node that is gone may have said it.
     */
    boolean isWhole(final int copies, final long sinceNs)
    {
        return latest != null && latest.grid().takenNs() - sinceNs > 0 && latest.isWhole(copies);
    }

    /**
     * @return in the order in which they were seen; none ends at {@link Call#NEVER}.
     */
    List<Loss> losses()
    {
        return List.copyOf(losses);
    }
}
