package io.peregrine.node.partition.learning;

/**
 * When a learner that was turned away may ask again: each time after twice as long, up to a limit; after a long time
 * where memory was short.
 */
final class Backoff
{
    private static final int MAX_DOUBLINGS = 6;
    private static final int WITHOUT_MEMORY = 400;

    private final long unitNs;
    private int doublings;
    private boolean isMemoryShort;
    private long fromNs;
    private long pauseNs;

    /**
     * @param unitNs the first pause; the longest is 64 of it, and 400 where memory was short.
     */
    Backoff(final long unitNs)
    {
        this.unitNs = unitNs;
    }

    /**
     * All is well.
     */
    void reset()
    {
        doublings = 0;
        isMemoryShort = false;
    }

    /**
     * The next pause is the long one.
     */
    void onNoMemory()
    {
        isMemoryShort = true;
    }

    /**
     * Turned away.
     */
    void next(final long nowNs)
    {
        fromNs = nowNs;
        pauseNs = unitNs * (isMemoryShort ? WITHOUT_MEMORY : 1L << doublings);
        isMemoryShort = false;
        doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
    }

    /**
     * May ask at once.
     */
    void none(final long nowNs)
    {
        fromNs = nowNs;
        pauseNs = 0;
    }

    boolean isOver(final long nowNs)
    {
        return nowNs - fromNs >= pauseNs;
    }
}
