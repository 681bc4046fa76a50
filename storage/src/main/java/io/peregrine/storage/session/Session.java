package io.peregrine.storage.session;

/**
 * One session: what it has asked for, and where the results kept for it are. Data agent's thread.
 * <p>
 * Results are kept for numbers from {@code floor} to {@code lastRequest}; a number between them may have none, because
 * it was refused and never became an entry, or because its result gave way.
 */
public final class Session
{
    private static final int MIN_SLOTS = 4;

    final long id;
    final long timeout;
    long lastUsed;
    /**
     * When its client was last known to be there; this primary's knowledge, not replicated.
     */
    long heard;
    long lastRequest;
    long floor;
    long seen;

    private int[] slots = new int[MIN_SLOTS];

    Session(final long id, final long timeout, final long time)
    {
        this.id = id;
        this.timeout = timeout;
        lastUsed = time;
    }

    /**
     * Was this request, or a later one, carried out?
     *
     * @param requestNumber of the request.
     * @return true if it must not be carried out.
     */
    public boolean isPast(final long requestNumber)
    {
        return requestNumber <= lastRequest;
    }

    /**
     * Can entries have led to these numbers?
     */
    boolean isSound()
    {
        return timeout > 0 && lastUsed >= 0 && lastRequest >= 0 && lastRequest <= Sessions.MAX_REQUEST_NUMBER &&
            floor >= 0 && floor <= lastRequest && lastRequest - floor < Sessions.MAX_RESULTS;
    }

    boolean mayHave(final long requestNumber)
    {
        return requestNumber > 0 && requestNumber >= floor && requestNumber <= lastRequest;
    }

    long end()
    {
        final long end = Math.max(lastUsed, heard) + timeout;
        return end < timeout ? Long.MAX_VALUE : end;
    }

    /**
     * Where the result of a request is.
     *
     * @return offset of its frame, or {@link ResultStore#NONE}.
     */
    int frameOf(final long requestNumber)
    {
        return requestNumber < floor || requestNumber > lastRequest ? ResultStore.NONE : slots[slot(requestNumber)] - 1;
    }

    void frameOf(final long requestNumber, final int frame)
    {
        slots[slot(requestNumber)] = frame + 1;
    }

    /**
     * Make room for the results of numbers up to this one.
     */
    void window(final long requestNumber)
    {
        final long window = requestNumber - floor + 1;
        if (window > slots.length)
        {
            int length = slots.length;
            while (length < window)
            {
                length <<= 1;
            }
            final int[] wider = new int[length];
            for (long number = floor; number <= lastRequest; number++)
            {
                wider[(int) number & (length - 1)] = slots[slot(number)];
            }
            slots = wider;
        }
    }

    private int slot(final long requestNumber)
    {
        return (int) requestNumber & (slots.length - 1);
    }
}
