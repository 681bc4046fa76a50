package io.peregrine.perf.linear;

import java.util.List;
import java.util.Locale;

/**
 * One call of a history. It took effect at one moment from {@code invoked} to {@code returned}, both included.
 *
 * @param process  who called; for people who read a judgement.
 * @param invoked  when, on a clock that all processes share.
 * @param returned when the answer came; {@link #NEVER} for a call of unknown fate.
 * @param fate     what the caller knows.
 * @param steps    what it does, on one key each; all conditions are on what is there before the call, and all steps
 *                 take effect or none.
 */
public record Call(int process, long invoked, long returned, Fate fate, List<Step> steps)
{
    private static final double SECOND = 1e9;

    /**
     * When a call returns whose answer did not come.
     */
    public static final long NEVER = Long.MAX_VALUE;

    /**
     * Checks the times.
     */
    public Call
    {
        steps = List.copyOf(steps);
        if (returned < invoked || steps.isEmpty() || fate == Fate.UNKNOWN && returned != NEVER)
        {
            throw new IllegalArgumentException("a call of unknown fate never returns, others do so after they begin, " +
                "and each has a step: " + fate + " from " + invoked + " to " + returned);
        }
    }

    /**
     * A call whose answer came.
     *
     * @param process  who called.
     * @param invoked  when.
     * @param returned when the answer came.
     * @param step     what it did.
     * @return the call.
     */
    public static Call done(final int process, final long invoked, final long returned, final Step step)
    {
        return new Call(process, invoked, returned, Fate.DONE, List.of(step));
    }

    /**
     * A call whose condition did not hold.
     *
     * @param process  who called.
     * @param invoked  when.
     * @param returned when the answer came.
     * @param step     what it did not do.
     * @return the call.
     */
    public static Call notDone(final int process, final long invoked, final long returned, final Step step)
    {
        return new Call(process, invoked, returned, Fate.NOT_DONE, List.of(step));
    }

    /**
     * A call whose answer did not come.
     *
     * @param process who called.
     * @param invoked when.
     * @param step    what it may have done.
     * @return the call.
     */
    public static Call unknown(final int process, final long invoked, final Step step)
    {
        return new Call(process, invoked, NEVER, Fate.UNKNOWN, List.of(step));
    }

    @Override
    public String toString()
    {
        return String.format(
            Locale.ROOT,
            "%s %.6f..%s %s %s",
            process < 0 ? "end" : "c" + process,
            invoked / SECOND,
            returned == NEVER ? "?" : String.format(Locale.ROOT, "%.6f", returned / SECOND),
            fate,
            steps);
    }

    Call returnedBy(final long time)
    {
        return new Call(process, invoked, time, fate == Fate.UNKNOWN ? Fate.DONE : fate, steps);
    }
}
