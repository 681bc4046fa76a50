package io.peregrine.transport.link;

import java.util.concurrent.TimeUnit;

/**
 * When the media driver walks over all its streams. With few of them, in every cycle. With many, so that the walks
 * take an eighth of the time, and often enough for its timers; between two of them only what came is taken, and what is
 * to be sent is sent. Pure; single-threaded.
 */
final class WalkPace
{
    /**
     * Between two walks passes so many times what the last one took.
     */
    static final int REST = 7;

    /**
     * No longer than this passes between two walks.
     */
    static final long MAX_REST_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final int fewStreams;
    private long dueNs;
    private boolean isPaced;

    /**
     * @param fewStreams so many are walked over in every cycle.
     */
    WalkPace(final int fewStreams)
    {
        this.fewStreams = fewStreams;
    }

    /**
     * @return whether a walk waits for its time, so that others have to be asked what to send meanwhile.
     */
    boolean isPaced()
    {
        return isPaced;
    }

    /**
     * @param nowNs of a monotonic clock; not looked at where every cycle walks.
     * @return whether to walk now.
     */
    boolean isDue(final long nowNs)
    {
        return !isPaced || nowNs - dueNs >= 0;
    }

    /**
     * @param streams that were walked over.
     * @return whether that changes how it goes on.
     */
    boolean onStreams(final int streams)
    {
        final boolean wasPaced = isPaced;
        isPaced = streams > fewStreams;
        return isPaced != wasPaced;
    }

    /**
     * @param startNs of the walk.
     * @param endNs   of the walk.
     */
    void onWalk(final long startNs, final long endNs)
    {
        dueNs = endNs + Math.min(MAX_REST_NS, REST * Math.max(0, endNs - startNs));
    }
}
