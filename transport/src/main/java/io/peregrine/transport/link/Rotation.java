package io.peregrine.transport.link;

import java.util.concurrent.TimeUnit;

/**
 * How many of the resting links to look at in a cycle, so that each has its turn in a while, however long a cycle takes
 * and however many there are. Pure; single-threaded.
 */
final class Rotation
{
    /**
     * In so long each has its turn.
     */
    static final long ROUND_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private long lastNs;
    private long owed;

    /**
     * @param timeNs of the clock of work.
     * @param size   how many links there are.
     * @return how many to look at: one at least where there is one, each once at most.
     */
    int looks(final long timeNs, final int size)
    {
        owed += Math.min(ROUND_NS, timeNs - lastNs) * size;
        lastNs = timeNs;
        final long due = owed / ROUND_NS;
        owed -= due * ROUND_NS;
        return (int) Math.min(size, Math.max(1, due));
    }
}
