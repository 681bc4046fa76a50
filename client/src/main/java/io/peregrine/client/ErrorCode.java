package io.peregrine.client;

/**
 * What was the matter. The kind of the exception says whether the call took effect; the code says why. The numbers are
 * part of the protocol.
 */
public enum ErrorCode
{
    /**
     * A queue on the way is full.
     */
    BACK_PRESSURE(1),

    /**
     * The memory limit is reached and nothing may be evicted.
     */
    STORE_FULL(2),

    /**
     * No primary serves the partition now.
     */
    NOT_SERVING(3),

    /**
     * The limit of calling threads is reached.
     */
    TOO_MANY_LANES(4),

    /**
     * The limit of structures is reached.
     */
    TOO_MANY_STRUCTURES(5),

    /**
     * The limit of sessions of a partition is reached.
     */
    TOO_MANY_SESSIONS(6),

    /**
     * The limit of unanswered requests is reached.
     */
    TOO_MANY_IN_FLIGHT(7),

    /**
     * No answer came in time.
     */
    TIMEOUT(8),

    /**
     * The calling thread was interrupted.
     */
    INTERRUPTED(9),

    /**
     * The grid or the node was closed.
     */
    CLOSED(10),

    /**
     * The structure does not exist any more.
     */
    DESTROYED(11),

    /**
     * The session ended before the request came.
     */
    SESSION_EXPIRED(12),

    /**
     * The answer is not remembered any more.
     */
    ANSWER_LOST(13),

    /**
     * The key is longer than the limit.
     */
    KEY_TOO_LONG(14),

    /**
     * The value is longer than the limit.
     */
    VALUE_TOO_LONG(15),

    /**
     * The batch has more commands or bytes than the limit.
     */
    BATCH_TOO_LONG(16),

    /**
     * The name is empty, too long or not well-formed.
     */
    NAME_INVALID(17),

    /**
     * A duration is negative or too long.
     */
    EXPIRY_INVALID(18),

    /**
     * The value is not one of 8 bytes.
     */
    NOT_A_NUMBER(19),

    /**
     * The sum does not fit into 64 bits.
     */
    OVERFLOW(20),

    /**
     * The keys of a batch have different routing parts.
     */
    WRONG_ROUTING(21),

    /**
     * A structure of this name has other settings.
     */
    DEFINED_OTHERWISE(22),

    /**
     * A codec threw, or broke its contract.
     */
    CODEC_FAILED(23),

    /**
     * Text or a message that is not well-formed.
     */
    MALFORMED(24),

    /**
     * A fault of the grid itself.
     */
    INTERNAL(25),

    /**
     * The key is encoded to no byte at all.
     */
    KEY_EMPTY(26),

    /**
     * A number is outside its range.
     */
    ARGUMENT_INVALID(27);

    private static final ErrorCode[] BY_NUMBER = new ErrorCode[256];

    static
    {
        for (final ErrorCode code : values())
        {
            BY_NUMBER[code.number] = code;
        }
    }

    private final int number;

    ErrorCode(final int number)
    {
        this.number = number;
    }

    /**
     * The number that stands for this code in messages.
     *
     * @return 1 to 255.
     */
    public int number()
    {
        return number;
    }

    static ErrorCode of(final int number)
    {
        final ErrorCode code = number < 0 || number >= BY_NUMBER.length ? null : BY_NUMBER[number];
        return code == null ? INTERNAL : code;
    }
}
