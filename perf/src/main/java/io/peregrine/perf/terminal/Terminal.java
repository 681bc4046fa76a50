package io.peregrine.perf.terminal;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Is somebody watching?
 */
public final class Terminal
{
    /**
     * Set by the launcher, which can tell.
     */
    private static final String PROPERTY = "grid.terminal";
    /**
     * Kept, so that its level is.
     */
    private static final Logger LOGGER = Logger.getLogger("io.peregrine");

    private Terminal()
    {
    }

    /**
     * Show warnings of the grid only, for commands that say themselves what they do.
     */
    public static void quiet()
    {
        LOGGER.setLevel(Level.WARNING);
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
