package io.peregrine.client;

/**
 * The call did not take effect, and never will as it was asked.
 */
public final class FailedException extends GridException
{
    FailedException(final ErrorCode code, final String message)
    {
        this(code, message, null);
    }

    FailedException(final ErrorCode code, final String message, final Throwable cause)
    {
        super(code, message, cause);
    }
}
