package io.peregrine.node.replication;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Replica;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a member that falls out of in-sync sets again and again from coming back at once each time, so that a bad link
 * floods neither the control plane nor the network. Falling out of many sets at one time counts once, and only sets
 * count that are led here afterwards: others have other reasons. Where copies are lacking without which nothing can be
 * written, the pause does not grow. Data agent's thread.
 */
final class Damping
{
    private static final long SHORTEST_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long MEMORY_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int MAX_DOUBLINGS = 5;

    private final int self;
    private long[] outNs = new long[0];
    private int[] times = new int[0];

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
                onOut(memberId, nowNs);
            }
        }
    }

    /**
     * @param memberId that fell out of a set that it belongs in.
     * @param nowNs    of the node's monotonic clock.
     */
    void onOut(final int memberId, final long nowNs)
    {
        if (memberId >= times.length)
        {
            outNs = Arrays.copyOf(outNs, memberId + 1);
            times = Arrays.copyOf(times, memberId + 1);
        }
        if (times[memberId] > 0 && nowNs - outNs[memberId] < SHORTEST_NS)
        {
            return;
        }

        final boolean isForgotten = times[memberId] == 0 || nowNs - outNs[memberId] >= MEMORY_NS;
        times[memberId] = isForgotten ? 1 : times[memberId] + 1;
        outNs[memberId] = nowNs;
    }

    /**
     * @param memberId that is to come into a set.
     * @param nowNs    of the node's monotonic clock.
     * @return whether it has been out for long enough.
     */
    boolean mayReturn(final int memberId, final long nowNs)
    {
        return mayReturn(memberId, MAX_DOUBLINGS, nowNs);
    }

    /**
     * @param memberId that is to come into a set without which nothing can be written.
     * @param nowNs    of the node's monotonic clock.
     * @return whether it has been out for the shortest time.
     */
    boolean mayReturnWhereNeeded(final int memberId, final long nowNs)
    {
        return mayReturn(memberId, 0, nowNs);
    }

    private boolean mayReturn(final int memberId, final int mostDoublings, final long nowNs)
    {
        if (memberId >= times.length || times[memberId] == 0)
        {
            return true;
        }

        final int doublings = Math.min(times[memberId] - 1, mostDoublings);
        return nowNs - outNs[memberId] >= Math.min(SHORTEST_NS << doublings, LONGEST_NS);
    }
}
