package io.peregrine.transport.link;

/**
 * The life of a link at the node's end. Driven by arguments; the time is that of a {@link WorkClock}. Single-threaded.
 */
final class ServerLinkRules
{
    /**
     * In this order.
     */
    enum State
    {
        /** No Hello yet. */
        YOUNG,
        /** Welcome. */
        OPEN,
        /** It ends as soon as the client could be told, or that took too long. */
        ENDING,
        /** Over. */
        ENDED
    }

    static final long FAREWELL_NS = 1_000_000_000L;

    private final long handshakeTimeoutNs;
    private final long silenceLimitNs;
    private State state = State.YOUNG;
    private long sinceNs;

    ServerLinkRules(final long handshakeTimeoutNs, final long silenceLimitNs, final long timeNs)
    {
        this.handshakeTimeoutNs = handshakeTimeoutNs;
        this.silenceLimitNs = silenceLimitNs;
        sinceNs = timeNs;
    }

    State state()
    {
        return state;
    }

    boolean isOpen()
    {
        return state == State.OPEN;
    }

    void onHello(final long timeNs)
    {
        state = State.OPEN;
        sinceNs = timeNs;
    }

    void onHeard(final long timeNs)
    {
        if (state == State.OPEN)
        {
            sinceNs = timeNs;
        }
    }

    void onEnding(final long timeNs)
    {
        state = State.ENDING;
        sinceNs = timeNs;
    }

    void onEnded()
    {
        state = State.ENDED;
    }

    /**
     * @return whether the client was silent for too long.
     */
    boolean isSilent(final long timeNs)
    {
        return state == State.YOUNG && timeNs - sinceNs >= handshakeTimeoutNs ||
            state == State.OPEN && timeNs - sinceNs >= silenceLimitNs;
    }

    /**
     * @return whether it took too long to tell the client that the link ends.
     */
    boolean isFarewellOver(final long timeNs)
    {
        return state == State.ENDING && timeNs - sinceNs >= FAREWELL_NS;
    }
}
