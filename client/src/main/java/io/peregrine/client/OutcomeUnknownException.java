package io.peregrine.client;

/**
 * The call may have taken effect, wholly or, where it promises no atomicity, in part.
 * Read before doing it again.
 */
public final class OutcomeUnknownException extends GridException
{
    OutcomeUnknownException(final ErrorCode code, final String message)
    {
        this(code, message, null);
    }

    OutcomeUnknownException(final ErrorCode code, final String message, final Throwable cause)
    {
        super(code, message, cause);
    }
}
