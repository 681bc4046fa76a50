package io.peregrine.perf.sim.line;

import io.peregrine.client.codec.LockKind;
import io.peregrine.perf.sim.world.Timeline;
import io.peregrine.perf.sim.world.Violation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is promised of locks, semaphores and fences, looked at from outside: fences rise, no more permits are given than
 * there are beside those that others hold for sure, nobody loses any before their time, who waits is served in order,
 * no fenced write is taken after one with a higher fence, and each is carried out once: it takes the next of numbers
 * that nobody else is given. A lock has one permit. What falls into a loss of the
 * partition is not judged, but that fences rise.
 */
public final class HoldWatch
{
    private static final int DRIFT_SHARE = 64;
    private static final int LOCKS = 2;
    private static final int[] PERMITS = {3, 5};

    private final Timeline timeline;
    private final List<LinePlace> locks = new ArrayList<>();
    private final List<LinePlace> semaphores = new ArrayList<>();
    private final Map<LinePlace, Heard> heard = new HashMap<>();
    private final List<Hold> holds = new ArrayList<>();
    private final int[] losses;
    private long given;
    private long waited;
    private long writes;
    private long stale;

    /**
     * What somebody was told of one lock or semaphore.
     */
    private static final class Heard
    {
        private final LineOrder order = new LineOrder();
        private final long[] written;
        private final long[] asked;
        private final List<BitSet> numbers = new ArrayList<>();
        private long highest;

        Heard(final int partitions)
        {
            written = new long[partitions];
            asked = new long[partitions];
            for (int i = 0; i < partitions; i++)
            {
                numbers.add(new BitSet());
            }
        }

        private void onLoss(final int partition)
        {
            written[partition] = 0;
            numbers.get(partition).clear();
        }
    }

    /**
     * A lock or some permits as one holder knows them.
     */
    static final class Hold
    {
        final LinePlace place;
        final String who;
        final int permits;
        long fence;
        long endNs;
        private int losses;

        Hold(final LinePlace place, final String who, final int permits)
        {
            this.place = place;
            this.who = who;
            this.permits = permits;
        }
    }

    /**
     * What the grid says of one who is given something.
     *
     * @param permits that it asked for.
     * @param ticket  with which it waited; its fence where it did not.
     * @param fence   of it.
     */
    record Given(int permits, long ticket, long fence)
    {
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
    public HoldWatch(final Timeline timeline, final int partitions)
    {
        this.timeline = timeline;
        for (int i = 0; i < LOCKS; i++)
        {
            locks.add(LinePlace.of(LockKind.LOCK, "lock" + i, 1, partitions));
        }
        for (int i = 0; i < PERMITS.length; i++)
        {
            semaphores.add(LinePlace.of(LockKind.SEMAPHORE, "pool" + i, PERMITS[i], partitions));
        }
        locks.forEach((place) -> heard.put(place, new Heard(partitions)));
        semaphores.forEach((place) -> heard.put(place, new Heard(partitions)));
        losses = new int[partitions];
    }

    /**
     * @return all of them that are used.
     */
    List<LinePlace> places(final LockKind kind)
    {
        return kind == LockKind.LOCK ? locks : semaphores;
    }

    /**
     * @return locks and permits that were given, and how often.
     */
    public long given()
    {
        return given;
    }

    /**
     * @return how often somebody was given one for which he had waited.
     */
    public long waited()
    {
        return waited;
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
        holds.removeIf((hold) -> hold.place.partition() == partition);
        heard.values().forEach((each) -> each.onLoss(partition));
    }

    /**
     * A command is about to be asked.
     */
    Before before(final LinePlace place)
    {
        return new Before(heard.get(place).highest, losses[place.partition()], timeline.nowNs());
    }

    /**
     * A fenced write is about to be asked.
     */
    Before writing(final LinePlace lock, final int partition)
    {
        heard.get(lock).asked[partition]++;
        return new Before(heard.get(lock).written[partition], losses[partition], timeline.nowNs());
    }

    /**
     * A lock or permits were given.
     *
     * @param told  by the grid.
     * @param since what was known when the holder began to ask.
     * @param asked from when on the lease is counted.
     * @return what the holder knows; null if nobody can say, as the partition was lost meanwhile.
     */
    Hold given(
        final LinePlace place,
        final String who,
        final Given told,
        final long leaseNs,
        final Before since,
        final long asked)
    {
        final long fence = told.fence();
        require(fence > since.fence(), "%s is given to %s with fence %d, after %d", place, who, fence, since.fence());
        hear(place, fence);
        if (since.losses() != losses[place.partition()])
        {
            return null;
        }
        heard.get(place).order.served(place, told.ticket(), fence);
        given++;
        waited += told.ticket() == fence ? 0 : 1;
        final Hold hold = new Hold(place, who, told.permits());
        hold.fence = fence;
        hold.endNs = end(asked, leaseNs);
        hold.losses = losses[place.partition()];
        holds.removeIf((other) -> !isHeld(other));
        if (isHeld(hold))
        {
            requireRoom(hold);
        }
        holds.add(hold);
        return hold;
    }

    private void hear(final LinePlace place, final long fence)
    {
        final Heard of = heard.get(place);
        of.highest = Math.max(of.highest, fence);
    }

    private void requireRoom(final Hold hold)
    {
        int held = hold.permits;
        for (final Hold other : holds)
        {
            held += other.place == hold.place ? other.permits : 0;
            require(held <= hold.place.total(), "%s is given to %s, and %s holds it for %d ns more: %d of %d",
                hold.place, hold.who, other.who, other.endNs - timeline.nowNs(), held, hold.place.total());
        }
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
            "%s is renewed by %s with fence %d, after %d", hold.place, hold.who, fence, hold.fence);
        hear(hold.place, fence);
        hold.fence = fence;
        hold.endNs = end(before.askedNs(), leaseNs);
    }

    /**
     * The holder is told that it holds no longer.
     */
    void lost(final Hold hold)
    {
        require(!isHeld(hold), "%s is lost to %s %d ns before its time", hold.place, hold.who,
            hold.endNs - timeline.nowNs());
        end(hold);
    }

    /**
     * The holder has asked to let go: from now on nothing is sure.
     */
    void end(final Hold hold)
    {
        holds.remove(hold);
    }

    /**
     * @param number that the write was given.
     */
    void written(
        final LinePlace lock, final int partition, final long fence, final long number, final Before before)
    {
        if (before.losses() == losses[partition])
        {
            require(fence >= before.fence(), "a write of %s to partition %d is taken with fence %d, after %d", lock,
                partition, fence, before.fence());
            final Heard of = heard.get(lock);
            of.written[partition] = Math.max(of.written[partition], fence);
            final BitSet numbers = of.numbers.get(partition);
            require(number > 0 && number <= of.asked[partition] && !numbers.get((int) number),
                "%s is given number %d of partition %d, which was given before, or %d in all were asked for",
                lock, number, partition, of.asked[partition]);
            numbers.set((int) number);
            writes++;
        }
    }

    void refused(final Hold hold)
    {
        require(!isHeld(hold), "a write of %s, who holds %s, is refused for its fence", hold.who, hold.place);
        stale++;
    }

    private boolean isHeld(final Hold hold)
    {
        return hold.losses == losses[hold.place.partition()] && hold.endNs > timeline.nowNs();
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
