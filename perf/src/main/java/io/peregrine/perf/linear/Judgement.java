package io.peregrine.perf.linear;

import java.util.List;

/**
 * What was found about a history.
 *
 * @param verdict of it.
 * @param stuck   for a violation, the calls of which none can come next where the best order that was found ends.
 * @param work    how many calls were tried in one place or another.
 */
public record Judgement(Verdict verdict, List<Call> stuck, long work)
{
    /**
     * The kinds of judgement.
     */
    public enum Verdict
    {
        /** There is an order that explains every call. */
        LINEARIZABLE,
        /** There is none. */
        VIOLATED,
        /** The search was given up. */
        UNDECIDED
    }
}
