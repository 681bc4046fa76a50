package io.peregrine.perf.terminal;

/**
 * Is somebody watching?
 */
public final class Terminal
{
    /**
     * Set by the launcher, which can tell.
     */
    private static final String PROPERTY = "grid.terminal";

    private Terminal()
    {
    }

    /**
     * Are output and errors a terminal?
     *
     * @return true where control characters make sense.
     */
    public static boolean isInteractive()
    {
        return Boolean.getBoolean(PROPERTY);
    }
}
