package io.peregrine.node.command.map;

/**
 * A load ended before the end of its file; the message says where and why.
 */
final class LoadStopped extends Exception
{
    private static final long serialVersionUID = 1;

    private final boolean canGoOn;

    /**
     * @param message for the user.
     * @param canGoOn whether it makes sense to go on later.
     */
    LoadStopped(final String message, final boolean canGoOn)
    {
        super(message);
        this.canGoOn = canGoOn;
    }

    boolean canGoOn()
    {
        return canGoOn;
    }
}
