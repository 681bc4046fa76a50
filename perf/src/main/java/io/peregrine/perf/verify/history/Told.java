package io.peregrine.perf.verify.history;

/**
 * What a client was told.
 *
 * @param outcome of its operation.
 * @param isTold  whether it was told what was there before.
 * @param before  that value, null for absent.
 */
public record Told(Outcome outcome, boolean isTold, Long before)
{
    /**
     * An outcome without a value.
     *
     * @param outcome of the operation.
     * @return what was told.
     */
    public static Told of(final Outcome outcome)
    {
        return new Told(outcome, false, null);
    }

    /**
     * An outcome, and what was there before the operation.
     *
     * @param outcome of the operation.
     * @param before  the value, null for absent.
     * @return what was told.
     */
    public static Told before(final Outcome outcome, final Long before)
    {
        return new Told(outcome, true, before);
    }
}
