package io.peregrine.perf.sim.world;

/**
 * A place that messages come to.
 */
@FunctionalInterface
public interface Receiver
{
    /**
     * @param message that came.
     */
    void onMessage(Message message);
}
