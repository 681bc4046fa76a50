package io.peregrine.client;

/**
 * What became of one command among several.
 *
 * @param outcome of it.
 * @param version of the entry that it left, or, when its condition did not hold, of the one that is there; 0 if none.
 * @param present whether there was an entry before.
 * @param number  the sum that an addition left.
 * @param error   what was the matter, or null when it was applied or its condition did not hold.
 */
public record KeyResult(Outcome outcome, long version, boolean present, long number, GridException error)
{
    /**
     * Was it carried out?
     *
     * @return true if so.
     */
    public boolean applied()
    {
        return outcome == Outcome.APPLIED;
    }

    static KeyResult of(final MapResult result)
    {
        return new KeyResult(result.outcome(), result.version(), result.present(), result.number(), result.error());
    }

    static KeyResult of(final GridException error)
    {
        final Outcome outcome = error instanceof RefusedException ? Outcome.REFUSED :
            error instanceof FailedException ? Outcome.FAILED : Outcome.UNKNOWN;
        return new KeyResult(outcome, 0, false, 0, error);
    }
}
