package io.peregrine.perf.sim;

/**
 * How the simulation of one seed went.
 *
 * @param seed      of it.
 * @param violation what happened that must never happen, or null.
 * @param virtualNs time that passed in it.
 * @param answered  requests that were answered.
 * @param unknown   writes of which no client knows whether they happened.
 * @param decided   whether the judge of the histories came to an end.
 * @param digest    of the trace.
 * @param reached   what came about in it.
 */
public record SimulationResult(
    long seed,
    String violation,
    long virtualNs,
    long answered,
    long unknown,
    boolean decided,
    long digest,
    Reached reached)
{
    /**
     * @return whether nothing happened that must never happen.
     */
    public boolean isGood()
    {
        return violation == null;
    }
}
