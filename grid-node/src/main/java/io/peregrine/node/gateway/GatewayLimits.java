package io.peregrine.node.gateway;

/**
 * What the gateway of one data agent holds for clients at most.
 *
 * @param maxTags          tags that one link may use.
 * @param maxInFlight      requests of one tag that may be unanswered.
 * @param maxRequestLength bytes of the longest request, pieces put together.
 * @param maxPieces        bytes of requests of all links of which only a part has come.
 * @param maxWaiting       bytes of answers to all links that found no room; requests of links with such answers are
 *                         refused beyond it, and those of all beyond twice as much.
 * @param maxSessionNs     the longest time that a session may live without use.
 * @param slowNs           how long a client may take no answer while one waits for it.
 * @param pieceNs          how long a client may take from one piece of a request to the next.
 */
public record GatewayLimits(
    int maxTags,
    int maxInFlight,
    int maxRequestLength,
    long maxPieces,
    long maxWaiting,
    long maxSessionNs,
    long slowNs,
    long pieceNs)
{
    /**
     * Tags that one link may use.
     */
    public static final int TAGS = 1024;

    /**
     * Requests of one link of which only a part has come: one for each tag that is in the middle of one.
     */
    static final int MAX_HALF_REQUESTS = 64;

    private static final long PIECES = 256L << 20;
    private static final long WAITING = 256L << 20;
    private static final long HEAP_SHARE = 8;
    private static final long PRESSED_NS = 200_000_000L;
    private static final long SLOW_NS = 5_000_000_000L;
    private static final long PIECE_NS = 10_000_000_000L;
    private static final long SESSION_NS = 3_600_000_000_000L;

    /**
     * The limits of one of a node's agents. What is held for clients is on the Java heap: all agents together take an
     * eighth of it at most for pieces, and an eighth for answers, where that is less than the documented limits.
     *
     * @param maxInFlight      requests of one tag that may be unanswered.
     * @param maxRequestLength bytes of the longest request.
     * @param heap             bytes of the longest Java heap for each agent.
     * @return with everything else as it is documented.
     */
    public static GatewayLimits of(final int maxInFlight, final int maxRequestLength, final long heap)
    {
        final long share = heap / HEAP_SHARE;
        return new GatewayLimits(
            TAGS,
            maxInFlight,
            maxRequestLength,
            Math.max(maxRequestLength, Math.min(PIECES, share)),
            Math.min(WAITING, share / 2),
            SESSION_NS,
            SLOW_NS,
            PIECE_NS);
    }

    /**
     * How long a client may take no answer: much shorter once half of all room is taken, so that those who take none
     * do not stand in the way of the others.
     *
     * @param waiting bytes of answers to all links.
     * @return nanoseconds.
     */
    long patienceNs(final long waiting)
    {
        return waiting > maxWaiting / 2 ? Math.min(slowNs, PRESSED_NS) : slowNs;
    }

    /**
     * May a request be carried out, with so much waiting?
     *
     * @param waiting    bytes of answers to all links.
     * @param isDelaying whether answers to the same link are among them.
     */
    boolean isRoomForAnswers(final long waiting, final boolean isDelaying)
    {
        return waiting <= (isDelaying ? maxWaiting : 2 * maxWaiting);
    }

    /**
     * @return bytes of half requests of one link, so that no client takes all that there is.
     */
    long maxPiecesOfLink()
    {
        return Math.max(maxRequestLength, maxPieces / 8);
    }
}
