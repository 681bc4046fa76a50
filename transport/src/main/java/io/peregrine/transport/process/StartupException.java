package io.peregrine.transport.process;

/**
 * The machine or the process is not fit for a node to start, or another one is in its place. The message says what is
 * wrong and how to mend it; whatever was begun has been given back.
 */
public final class StartupException extends RuntimeException
{
    private static final long serialVersionUID = 1;

    /**
     * @param message what is wrong, and the remedy.
     */
    public StartupException(final String message)
    {
        super(message);
    }

    /**
     * @param message what is wrong, and the remedy.
     * @param cause   as it was reported.
     */
    public StartupException(final String message, final Throwable cause)
    {
        super(message, cause);
    }
}
