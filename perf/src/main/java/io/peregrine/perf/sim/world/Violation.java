package io.peregrine.perf.sim.world;

/**
 * Something happened that must never happen.
 */
public final class Violation extends RuntimeException
{
    private static final long serialVersionUID = 1;

    /**
     * @param what must never happen.
     */
    public Violation(final String what)
    {
        super(what);
    }

    /**
     * @param what  must never happen.
     * @param cause of it.
     */
    public Violation(final String what, final Throwable cause)
    {
        super(what, cause);
    }
}
