package io.peregrine.perf.verify.history;

/**
 * What a client was told.
 *
 * @param outcome of its operation.
 * @param isTold  whether it was told what was there before.
 * @param before  that value, null for absent.
 * @param failure why it never works as asked, where the grid said so; else null.
 */
public record Told(Outcome outcome, boolean isTold, Long before, String failure)
{
    /**
     * An outcome without a value.
     *
     * @param outcome of the operation.
     * @return what was told.
     */
    public static Told of(final Outcome outcome)
    {
        return new Told(outcome, false, null, null);
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
        return new Told(outcome, true, before, null);
    }

    /**
     * It did not happen, and the grid said that it never works as asked, for which it has no reason here.
     *
     * @param failure what it said.
     * @return what was told.
     */
    public static Told failed(final String failure)
    {
        return new Told(Outcome.REFUSED, false, null, failure.strip().replaceAll("\\s+", " "));
    }
}
