package io.peregrine.node.command.dump;

/**
 * A file is not what it should be; the message says where and what. Nothing of the entry was used.
 */
public final class BadEntryException extends Exception
{
    private static final long serialVersionUID = 1;

    private final boolean isEnd;

    /**
     * @param message with the place.
     * @param isEnd   whether what comes behind cannot be read either.
     */
    BadEntryException(final String message, final boolean isEnd)
    {
        super(message);
        this.isEnd = isEnd;
    }

    /**
     * @return whether what comes behind cannot be read either.
     */
    public boolean isEnd()
    {
        return isEnd;
    }
}
