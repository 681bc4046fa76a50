package io.peregrine.transport.link;

import java.util.function.LongSupplier;

/**
 * When a client's link does what: rests, attempts, says hello, beats, gives up. Driven by arguments; the time is that
 * of a {@link WorkClock}. Single-threaded.
 */
final class ClientLinkRules
{
    /**
     * What is to be done now. What takes effect is told by the other methods.
     */
    enum Step
    {
        /** Nothing now. */
        NOTHING,
        /** Begin an attempt: make the streams. */
        CONNECT,
        /** Send a Hello. */
        HELLO,
        /** Send a Beat. */
        BEAT,
        /** The attempt took too long. */
        TIME_OUT,
        /** Nothing was heard for too long. */
        SILENT
    }

    private enum State
    {
        RESTING, CONNECTING, GREETING, OPEN
    }

    private static final long HELLO_INTERVAL_NS = 500_000_000L;
    private static final int QUIET_BEATS = 2;

    private final long attemptTimeoutNs;
    private final Backoff backoff;
    private final LongSupplier random;
    private State state = State.RESTING;
    private long restEndsNs;
    private long attemptEndsNs;
    private long sentNs;
    private long heardNs;
    private long beatIntervalNs;
    private long silenceLimitNs;

    ClientLinkRules(final long attemptTimeoutNs, final Backoff backoff, final LongSupplier random)
    {
        this.attemptTimeoutNs = attemptTimeoutNs;
        this.backoff = backoff;
        this.random = random;
    }

    /**
     * @param timeNs  now.
     * @param isReady whether the streams carry messages.
     * @return the step to take.
     */
    Step next(final long timeNs, final boolean isReady)
    {
        switch (state)
        {
            case RESTING:
                return timeNs < restEndsNs ? Step.NOTHING : Step.CONNECT;
            case CONNECTING:
                return timeNs >= attemptEndsNs ? Step.TIME_OUT : isReady ? Step.HELLO : Step.NOTHING;
            case GREETING:
                return timeNs >= attemptEndsNs ? Step.TIME_OUT :
                    isReady && timeNs - sentNs >= HELLO_INTERVAL_NS ? Step.HELLO : Step.NOTHING;
            default:
                return timeNs - heardNs >= silenceLimitNs ? Step.SILENT :
                    timeNs - sentNs >= beatIntervalNs ? Step.BEAT : Step.NOTHING;
        }
    }

    boolean isOpen()
    {
        return state == State.OPEN;
    }

    /**
     * @return whether a sign of life is overdue.
     */
    boolean isQuiet(final long timeNs)
    {
        return state == State.OPEN && timeNs - heardNs >= QUIET_BEATS * beatIntervalNs;
    }

    boolean isResting()
    {
        return state == State.RESTING;
    }

    void onConnecting(final long timeNs)
    {
        state = State.CONNECTING;
        attemptEndsNs = timeNs + attemptTimeoutNs;
    }

    void onHelloSent(final long timeNs)
    {
        state = State.GREETING;
        sentNs = timeNs;
    }

    void onBeatSent(final long timeNs)
    {
        sentNs = timeNs;
    }

    /**
     * @return false when no Welcome is waited for.
     */
    boolean onWelcome(final long timeNs, final long newBeatIntervalNs, final long newSilenceLimitNs)
    {
        if (state != State.GREETING)
        {
            return false;
        }

        state = State.OPEN;
        beatIntervalNs = newBeatIntervalNs;
        silenceLimitNs = newSilenceLimitNs;
        heardNs = timeNs;
        sentNs = timeNs;
        backoff.reset();
        return true;
    }

    void onHeard(final long timeNs)
    {
        heardNs = timeNs;
    }

    /**
     * The attempt failed or the connection is lost.
     *
     * @param isFinal whether trying again soon is of no use.
     */
    void onLost(final long timeNs, final boolean isFinal)
    {
        final boolean wasOpen = state == State.OPEN;
        state = State.RESTING;
        restEndsNs = wasOpen && !isFinal ? timeNs : timeNs + backoff.next(random.getAsLong());
    }
}
