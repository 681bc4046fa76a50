package io.peregrine.perf.sim.workload;

import io.peregrine.perf.sim.world.Timeline;
import io.peregrine.perf.sim.world.Violation;

import java.util.ArrayList;
import java.util.List;

/**
 * What is promised of locks and fences, looked at from outside: fences rise, nobody is given a lock that another holds
 * for sure, nobody loses one before its time, and no fenced write is taken after one with a higher fence. What falls
 * into a loss of the partition is not judged, but that fences rise.
 */
public final class LockWatch
{
    /**
     * Locks that are used.
     */
    static final int LOCKS = 2;

    private static final int DRIFT_SHARE = 64;

    private final Timeline timeline;
    private final LockPlace[] locks = new LockPlace[LOCKS];
    private final long[] highest = new long[LOCKS];
    private final long[][] written;
    private final List<Hold> holds = new ArrayList<>();
    private final int[] losses;
    private long given;
    private long writes;
    private long stale;

    /**
     * A lock as one holder knows it.
     */
    static final class Hold
    {
        final LockPlace lock;
        final String who;
        long fence;
        long endNs;
        private int losses;

        Hold(final LockPlace lock, final String who)
        {
            this.lock = lock;
            this.who = who;
        }
    }

    /**
     * What was known when something was asked.
     *
     * @param fence   the highest that was heard of until then.
     * @param losses  of the partition until then.
     * @param askedNs then.
     */
    record Before(long fence, int losses, long askedNs)
    {
    }

    /**
     * @param timeline   of the run.
     * @param partitions of the grid.
     */
    public LockWatch(final Timeline timeline, final int partitions)
    {
        this.timeline = timeline;
        for (int i = 0; i < LOCKS; i++)
        {
            locks[i] = LockPlace.of(i, partitions);
        }
        written = new long[LOCKS][partitions];
        losses = new int[partitions];
    }

    LockPlace lock(final int index)
    {
        return locks[index];
    }

    /**
     * @return holds that were given.
     */
    public long given()
    {
        return given;
    }

    /**
     * @return fenced writes that were taken.
     */
    public long writes()
    {
        return writes;
    }

    /**
     * @return fenced writes that were refused for their fence.
     */
    public long stale()
    {
        return stale;
    }

    /**
     * @param partition of which it is decided that what it held is lost.
     */
    public void onLoss(final int partition)
    {
        losses[partition]++;
        holds.removeIf((hold) -> hold.lock.partition() == partition);
        for (final long[] ofLock : written)
        {
            ofLock[partition] = 0;
        }
    }

    /**
     * A command on a lock is about to be asked.
     */
    Before before(final LockPlace lock)
    {
        return new Before(highest[lock.index()], losses[lock.partition()], timeline.nowNs());
    }

    /**
     * A fenced write is about to be asked.
     */
    Before before(final LockPlace lock, final int partition)
    {
        return new Before(written[lock.index()][partition], losses[partition], timeline.nowNs());
    }

    /**
     * A lock was given by a command.
     *
     * @param asked when the command was; the lock may have been given long before.
     * @param since what was known when the holder began to ask for the lock.
     * @return what the holder knows; null if nobody can say, as the partition was lost meanwhile.
     */
    Hold given(
        final LockPlace lock,
        final String who,
        final long fence,
        final long leaseNs,
        final Before since,
        final long asked)
    {
        require(fence > since.fence(), "%s is given to %s with fence %d, after %d", lock, who, fence, since.fence());
        highest[lock.index()] = Math.max(highest[lock.index()], fence);
        if (since.losses() != losses[lock.partition()])
        {
            return null;
        }
        given++;
        final Hold hold = new Hold(lock, who);
        hold.fence = fence;
        hold.endNs = end(asked, leaseNs);
        hold.losses = losses[lock.partition()];
        holds.removeIf((other) -> !isHeld(other));
        if (isHeld(hold))
        {
            for (final Hold other : holds)
            {
                require(other.lock != lock, "%s is given to %s, and %s holds it for %d ns more", lock, who,
                    other.who, other.endNs - timeline.nowNs());
            }
        }
        holds.add(hold);
        return hold;
    }

    /**
     * The holder asks for another lease: from now on it is sure of the shorter one.
     */
    void renewing(final Hold hold, final long leaseNs)
    {
        hold.endNs = Math.min(hold.endNs, end(timeline.nowNs(), leaseNs));
    }

    void renewed(final Hold hold, final long fence, final boolean isFresh, final long leaseNs, final Before before)
    {
        require(isFresh ? fence > before.fence() : fence == hold.fence,
            "%s is renewed by %s with fence %d, after %d", hold.lock, hold.who, fence, hold.fence);
        highest[hold.lock.index()] = Math.max(highest[hold.lock.index()], fence);
        hold.fence = fence;
        hold.endNs = end(before.askedNs(), leaseNs);
    }

    /**
     * The holder is told that it holds the lock no longer.
     */
    void lost(final Hold hold)
    {
        require(!isHeld(hold), "%s is lost to %s %d ns before its time", hold.lock, hold.who,
            hold.endNs - timeline.nowNs());
        end(hold);
    }

    /**
     * The holder has asked to let go.
     */
    void end(final Hold hold)
    {
        hold.endNs = timeline.nowNs();
        holds.remove(hold);
    }

    void written(final LockPlace lock, final int partition, final long fence, final Before before)
    {
        if (before.losses() == losses[partition])
        {
            require(fence >= before.fence(), "a write of %s to partition %d is taken with fence %d, after %d", lock,
                partition, fence, before.fence());
            written[lock.index()][partition] = Math.max(written[lock.index()][partition], fence);
            writes++;
        }
    }

    void refused(final Hold hold)
    {
        require(!isHeld(hold), "a write of %s, who holds %s, is refused for its fence", hold.who, hold.lock);
        stale++;
    }

    private boolean isHeld(final Hold hold)
    {
        return hold.losses == losses[hold.lock.partition()] && hold.endNs > timeline.nowNs();
    }

    private static long end(final long askedNs, final long leaseNs)
    {
        return askedNs + leaseNs - leaseNs / DRIFT_SHARE;
    }

    private static void require(final boolean holds, final String text, final Object... of)
    {
        if (!holds)
        {
            throw new Violation(String.format(text, of));
        }
    }
}
