package io.peregrine.client;

/**
 * The call did not take effect, and the same call may work later.
 */
public final class RefusedException extends GridException
{
    RefusedException(final ErrorCode code, final String message)
    {
        this(code, message, null);
    }

    RefusedException(final ErrorCode code, final String message, final Throwable cause)
    {
        super(code, message, cause);
    }
}
