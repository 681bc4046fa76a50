package io.peregrine.transport.monitor;

/**
 * A file that cannot be read as that of a node.
 */
public final class NotANodeFileException extends RuntimeException
{
    private static final long serialVersionUID = 1;

    NotANodeFileException(final String message)
    {
        super(message);
    }
}
