package io.peregrine.perf.verify.report;

import io.peregrine.perf.verify.history.Attempt;

import java.util.Comparator;
import java.util.List;

/**
 * The fences of what was asked of one lock or semaphore. Pure.
 */
final class Fences
{
    private Fences()
    {
    }

    /**
     * @param attempt that was given one, or came with one.
     */
    static long of(final Attempt attempt)
    {
        return attempt.operation().isAcquiring() ? attempt.told().before() : attempt.operation().value();
    }

    /**
     * Find what was asked after another had returned with a higher fence.
     *
     * @param before    others, in any order.
     * @param after     that are looked at, in the order in which they were invoked.
     * @param isStrict  whether an equal fence is as bad.
     * @param otherwise what is wrong then.
     * @param wrong     gets that.
     */
    static void check(
        final List<Attempt> before,
        final List<Attempt> after,
        final boolean isStrict,
        final String otherwise,
        final List<String> wrong)
    {
        final List<Attempt> ended =
            before.stream().sorted(Comparator.comparingLong(Attempt::returnedNs)).toList();
        Attempt highest = null;
        int next = 0;
        for (final Attempt attempt : after)
        {
            while (next < ended.size() && ended.get(next).returnedNs() < attempt.invokedNs())
            {
                final Attempt other = ended.get(next++);
                highest = highest == null || of(other) > of(highest) ? other : highest;
            }
            if (highest != null && (of(highest) > of(attempt) || isStrict && of(highest) == of(attempt)))
            {
                wrong.add(otherwise + ": " + attempt + " after " + highest);
            }
        }
    }
}
