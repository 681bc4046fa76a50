package io.peregrine.storage.session;

import org.agrona.DirectBuffer;

/**
 * The sessions of one partition. Data agent's thread.
 */
public final class Sessions
{
    /**
     * The most sessions of a partition; asked by the primary before it appends an OpenSession entry.
     */
    public static final int MAX_SESSIONS = 2048;
    /**
     * The most results kept for one session: the window of requests that a client may have unanswered.
     */
    public static final int MAX_RESULTS = 1024;
    /**
     * The most bytes of results kept for all sessions of a partition; the oldest give way.
     */
    public static final int MAX_RESULT_BYTES = 256 * 1024;
    /**
     * The longest result that is kept. A retry of a request with a longer one is answered FORGOTTEN.
     */
    public static final int MAX_RESULT_LENGTH = 64 * 1024;

    /**
     * What the primary does with a request.
     */
    public enum Verdict
    {
        /**
         * Next in its session: check it, append it.
         */
        NEW,
        /**
         * Carried out before: answer with {@link #resultBuffer()} from {@link #resultOffset()}.
         */
        REPEATED,
        /**
         * Carried out or overtaken before, and the first result is gone: the outcome is unknown.
         */
        FORGOTTEN,
        /**
         * A lower number is missing: refused, its client sends that one first.
         */
        OUT_OF_ORDER,
        /**
         * No such session: it has expired.
         */
        NO_SESSION
    }

    /**
     * Decide about a request, on the state applied so far. Not replicated: asked on the primary only, before the
     * request becomes an entry. A request answered NEW counts as seen, so that the next number is in order even if this
     * one is refused for another reason and never becomes an entry.
     *
     * @param sessionId        of the request.
     * @param requestNumber    from 1.
     * @param lowestUnanswered the lowest number that the client has no answer to.
     * @return the verdict.
     */
    public Verdict classify(final long sessionId, final long requestNumber, final long lowestUnanswered)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Sessions open.
     *
     * @return count.
     */
    public int size()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Where the first result of a REPEATED request is.
     *
     * @return buffer, good until the next entry is applied.
     */
    public DirectBuffer resultBuffer()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Where the first result of the last REPEATED request begins.
     *
     * @return offset of a Result message.
     */
    public int resultOffset()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * How long it is.
     *
     * @return bytes.
     */
    public int resultLength()
    {
        throw new UnsupportedOperationException();
    }
}
