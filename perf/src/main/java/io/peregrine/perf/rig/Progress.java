package io.peregrine.perf.rig;

/**
 * Told how far a measurement is, on the thread that started it.
 */
@FunctionalInterface
public interface Progress
{
    /**
     * Tells nobody.
     */
    Progress NONE = (what, share) ->
    {
    };

    /**
     * Something begins.
     *
     * @param what  is done now.
     * @param share of the whole that is done, 0 to 1.
     */
    void at(String what, double share);
}
