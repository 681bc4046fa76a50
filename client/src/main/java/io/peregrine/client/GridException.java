package io.peregrine.client;

/**
 * A call to the grid had no ordinary result. The three subclasses say whether it took effect: {@link RefusedException},
 * {@link OutcomeUnknownException}, {@link FailedException}.
 */
public abstract sealed class GridException extends RuntimeException
    permits RefusedException, OutcomeUnknownException, FailedException
{
    private final ErrorCode code;

    GridException(final ErrorCode code, final String message, final Throwable cause)
    {
        super(code + ": " + message, cause);
        this.code = code;
    }

    /**
     * What was the matter.
     *
     * @return never null.
     */
    public final ErrorCode code()
    {
        return code;
    }
}
