package io.peregrine.perf.verify.report;

import io.peregrine.perf.linear.Call;
import io.peregrine.perf.linear.Step;
import io.peregrine.perf.verify.history.Attempt;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Entries that the grid itself reported as lost. For the judge they were removed at some moment of a span of time.
 *
 * @param partition that was lost, -1 for all.
 * @param fromNs    when it was there for the last time.
 * @param untilNs   when it served again, without its entries; {@link Call#NEVER} where it does not.
 */
public record Loss(int partition, long fromNs, long untilNs)
{
    /**
     * Every partition.
     */
    public static final int ALL = -1;

    /**
     * No process of the history.
     */
    private static final int NOBODY = -1;

    /**
     * The loss as calls, one for each key.
     *
     * @param attempts   of the history.
     * @param partitions of the grid.
     * @return the calls.
     */
    public List<Call> calls(final List<Attempt> attempts, final Partitions partitions)
    {
        final Set<String> keys = new TreeSet<>();
        for (final Attempt attempt : attempts)
        {
            final String key = attempt.operation().key();
            if (partition == ALL || partitions.of(key) == partition)
            {
                keys.add(key);
            }
        }

        return keys.stream().map((key) -> untilNs == Call.NEVER ?
            Call.unknown(NOBODY, fromNs, Step.remove(key)) :
            Call.done(NOBODY, fromNs, untilNs, Step.remove(key))).toList();
    }
}
