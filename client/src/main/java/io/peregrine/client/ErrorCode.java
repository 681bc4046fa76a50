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
    BACK_PRESSURE(1, "a queue on the way is full"),

    /**
     * The memory limit is reached and nothing may be evicted.
     */
    STORE_FULL(2, "the memory limit is reached and nothing may be evicted"),

    /**
     * No primary serves the partition now.
     */
    NOT_SERVING(3, "no primary serves the partition now"),

    /**
     * The limit of calling threads is reached.
     */
    TOO_MANY_LANES(4, "the limit of calling threads is reached"),

    /**
     * The limit of structures is reached.
     */
    TOO_MANY_STRUCTURES(5, "the limit of structures is reached"),

    /**
     * The limit of sessions of a partition is reached.
     */
    TOO_MANY_SESSIONS(6, "the limit of sessions of a partition is reached"),

    /**
     * The limit of unanswered requests is reached.
     */
    TOO_MANY_IN_FLIGHT(7, "the limit of unanswered requests is reached"),

    /**
     * No answer came in time.
     */
    TIMEOUT(8, "no answer came in time"),

    /**
     * The calling thread was interrupted.
     */
    INTERRUPTED(9, "the calling thread was interrupted"),

    /**
     * The grid or the node was closed.
     */
    CLOSED(10, "the grid or the node was closed"),

    /**
     * The structure does not exist any more.
     */
    DESTROYED(11, "the structure does not exist any more"),

    /**
     * The session ended before the request came.
     */
    SESSION_EXPIRED(12, "the session ended before the request came"),

    /**
     * The answer is not remembered any more.
     */
    ANSWER_LOST(13, "the answer is not remembered any more"),

    /**
     * The key is longer than the limit.
     */
    KEY_TOO_LONG(14, "the key is longer than the limit"),

    /**
     * The value is longer than the limit.
     */
    VALUE_TOO_LONG(15, "the value is longer than the limit"),

    /**
     * The batch has more commands or bytes than the limit.
     */
    BATCH_TOO_LONG(16, "the batch has more commands or bytes than the limit"),

    /**
     * The name is empty, too long or not well-formed.
     */
    NAME_INVALID(17, "the name is empty, too long or not well-formed"),

    /**
     * A duration is negative or too long.
     */
    EXPIRY_INVALID(18, "a duration is negative or too long"),

    /**
     * The value is not one of 8 bytes.
     */
    NOT_A_NUMBER(19, "the value is not one of 8 bytes"),

    /**
     * The sum does not fit into 64 bits.
     */
    OVERFLOW(20, "the sum does not fit into 64 bits"),

    /**
     * The keys of a batch have different routing parts.
     */
    WRONG_ROUTING(21, "the keys of a batch have different routing parts"),

    /**
     * A structure of this name has other settings.
     */
    DEFINED_OTHERWISE(22, "a structure of this name has other settings"),

    /**
     * A codec threw, or broke its contract.
     */
    CODEC_FAILED(23, "a codec threw, or broke its contract"),

    /**
     * Text or a message that is not well-formed.
     */
    MALFORMED(24, "text or a message that is not well-formed"),

    /**
     * A fault of the grid itself.
     */
    INTERNAL(25, "a fault of the grid itself"),

    /**
     * The key is encoded to no byte at all.
     */
    KEY_EMPTY(26, "the key is encoded to no byte at all"),

    /**
     * A number is outside its range.
     */
    ARGUMENT_INVALID(27, "a number is outside its range"),

    /**
     * No node could be reached.
     */
    NOT_CONNECTED(28, "no node could be reached"),

    /**
     * The node does not know this kind of request.
     */
    UNSUPPORTED(29, "the node does not know this kind of request"),

    /**
     * Who asked does not hold the lock.
     */
    NOT_HOLDER(30, "who asked does not hold the lock"),

    /**
     * As many wait in line as may.
     */
    QUEUE_FULL(31, "as many wait for the lock as may"),

    /**
     * A write carried a fence that is lower than what its partition has seen of the lock, or may have seen.
     */
    STALE_FENCE(32, "a higher fence of the lock was seen"),

    /**
     * No slot for ids is to be had.
     */
    NO_SLOT(33, "no slot for ids is to be had"),

    /**
     * A semaphore or a latch was named with another number before.
     */
    TOTAL_DIFFERS(34, "it was named with another number before");

    private static final ErrorCode[] BY_NUMBER = new ErrorCode[256];

    static
    {
        for (final ErrorCode code : values())
        {
            BY_NUMBER[code.number] = code;
        }
    }

    private final int number;
    private final String what;

    ErrorCode(final int number, final String what)
    {
        this.number = number;
        this.what = what;
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

    /**
     * What it means, for a person.
     *
     * @return a clause.
     */
    public String what()
    {
        return what;
    }

    static ErrorCode of(final int number)
    {
        final ErrorCode code = number < 0 || number >= BY_NUMBER.length ? null : BY_NUMBER[number];
        return code == null ? INTERNAL : code;
    }
}
