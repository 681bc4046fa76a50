package io.peregrine.node.command;

/**
 * A command could not do what it was asked for. The message is for the user: what is wrong, and what he can do.
 */
public final class CommandFailure extends RuntimeException
{
    private static final long serialVersionUID = 1;

    /**
     * @param message for the user.
     */
    public CommandFailure(final String message)
    {
        super(message);
    }
}
