package io.peregrine.perf.sim.workload;

/**
 * Whoever asks a simulated grid.
 */
public interface Client
{
    /**
     * Ask nothing new.
     */
    void rest();

    /**
     * What it has no answer to is of unknown fate.
     */
    void close();

    /**
     * @return requests that it has no answer to.
     */
    int underWay();
}
