package io.peregrine.transport;

/**
 * What a driver that is reached from outside holds at most.
 *
 * @param maxStreams    streams that may come in at one time by one stream id, those that are on their way out included.
 * @param agents        stream ids that are listened to.
 * @param maxTermLength bytes of the longest term that may come.
 * @param peers         on what comes from other nodes, beside all that.
 */
public record DriverLimits(int maxStreams, int agents, int maxTermLength, PeerLimits peers)
{
    private static final int COUNTERS_PER_LINK = 16;
    private static final int COUNTER_LENGTH = 128;
    private static final int LEAST = 1024 * 1024;

    /**
     * Limits without other nodes.
     *
     * @param maxStreams    streams that may come in at one time by one stream id, those that are on their way out
     *                      included.
     * @param agents        stream ids that are listened to.
     * @param maxTermLength bytes of the longest term that may come.
     */
    public DriverLimits(final int maxStreams, final int agents, final int maxTermLength)
    {
        this(maxStreams, agents, maxTermLength, PeerLimits.NONE);
    }

    /**
     * @return bytes of the values of as many counters as there may be: no more, as the driver writes to all of its
     *         memory for them, five times as much, when it is made.
     */
    int countersLength()
    {
        final long bytes = ((long) maxStreams * agents + peers.all()) * COUNTERS_PER_LINK * COUNTER_LENGTH;
        return (int) Math.min(1 << 28, Math.max(LEAST, bytes));
    }
}
