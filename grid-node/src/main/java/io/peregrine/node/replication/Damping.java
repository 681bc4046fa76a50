package io.peregrine.node.replication;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Replica;
import org.agrona.collections.Int2ObjectHashMap;

import java.util.concurrent.TimeUnit;

/**
 * Keeps a member that falls out of in-sync sets again and again from coming back at once each time, so that a bad link
 * floods neither the control plane nor the network. Falling out of many sets at one time counts once, and only sets
 * count that are led here afterwards: others have other reasons. Where copies are lacking without which nothing can be
 * written, the pause does not grow.
 * <p>
 * Each life of a member is counted for itself: a process that was started again is not one that flaps, and partitions
 * may have a single copy until it is back. How long its start takes counts as pause. That pause grows too, as one that
 * ends soon after each start would stall writes each time, but not far. Data agent's thread.
 */
final class Damping
{
    private static final long SHORTEST_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long MEMORY_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int MAX_DOUBLINGS = 5;
    private static final int MAX_DOUBLINGS_OF_LIVES = 2;

    private final Int2ObjectHashMap<Record> records = new Int2ObjectHashMap<>();
    private final int self;

    /**
     * @param self number of this member.
     */
    Damping(final int self)
    {
        this.self = self;
    }

    /**
     * @param before what was known of a partition.
     * @param view   that is known now.
     * @param number of the partition.
     * @param nowNs  of the node's monotonic clock.
     */
    void onControl(final Assignment before, final ControlView view, final int number, final long nowNs)
    {
        final Assignment now = view.assignments().get(number);
        if (now.primary() != self)
        {
            return;
        }

        for (final Replica replica : before.inSync())
        {
            final int memberId = replica.memberId();
            if (now.replicaOn(memberId) == null && view.plan().get(number).contains(memberId))
            {
                onOut(replica, nowNs);
            }
        }
    }

    /**
     * @param replica that fell out of a set that it belongs in.
     * @param nowNs   of the node's monotonic clock.
     */
    void onOut(final Replica replica, final long nowNs)
    {
        final Record known = records.get(replica.memberId());
        if (known == null || nowNs - known.outNs >= MEMORY_NS)
        {
            records.put(replica.memberId(), new Record(replica.incarnation(), nowNs));
        }
        else if (known.incarnation < replica.incarnation())
        {
            known.incarnation = replica.incarnation();
            known.lives++;
            known.times = 1;
            known.outNs = nowNs;
        }
        else if (known.incarnation == replica.incarnation() && nowNs - known.outNs >= SHORTEST_NS)
        {
            known.times++;
            known.outNs = nowNs;
        }
    }

    /**
     * @param replica that is to come into a set.
     * @param nowNs   of the node's monotonic clock.
     * @return whether it has been out for long enough.
     */
    boolean mayReturn(final Replica replica, final long nowNs)
    {
        final Record known = records.get(replica.memberId());
        return known == null || nowNs - known.outNs >= known.pauseNs(replica.incarnation());
    }

    /**
     * @param replica that is to come into a set without which nothing can be written.
     * @param nowNs   of the node's monotonic clock.
     * @return whether it has been out for the shortest time.
     */
    boolean mayReturnWhereNeeded(final Replica replica, final long nowNs)
    {
        final Record known = records.get(replica.memberId());
        return known == null || nowNs - known.outNs >= SHORTEST_NS;
    }

    /**
     * How often a member fell out of late.
     */
    private static final class Record
    {
        private long incarnation;
        private long outNs;
        private int times = 1;
        private int lives = 1;

        private Record(final long incarnation, final long outNs)
        {
            this.incarnation = incarnation;
            this.outNs = outNs;
        }

        private long pauseNs(final long ofLife)
        {
            final int doublings = ofLife == incarnation ?
                Math.min(times - 1, MAX_DOUBLINGS) : Math.min(lives - 1, MAX_DOUBLINGS_OF_LIVES);
            return Math.min(SHORTEST_NS << doublings, LONGEST_NS);
        }
    }
}
