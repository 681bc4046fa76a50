package io.peregrine.node.partition;

import io.peregrine.storage.partition.Deadlines;
import org.agrona.collections.IntArrayList;

import java.util.function.LongPredicate;

/**
 * What partitions do without being asked: records and sessions that are due, structures that were dropped, memory to
 * take back. A bounded amount a call, and partitions take turns. One for all partitions of a data agent.
 */
final class Upkeep
{
    private static final int EXPIRE_AT_ONCE = 16;
    private static final int RECLAIM_AT_ONCE = 64;
    private static final int DROP_AT_ONCE = 32;
    private static final int PARTITIONS_AT_ONCE = 16;

    private final Desk desk;
    private final Partition[] owned;
    private final IntArrayList dropped = new IntArrayList();
    private final LongPredicate alive = this::isThere;
    private SessionOwners owners = SessionOwners.NONE;
    private int askedFor;
    private int droppedIn;
    private int turn;

    Upkeep(final Desk desk, final Partition[] owned)
    {
        this.desk = desk;
        this.owned = owned;
    }

    void sessionOwners(final SessionOwners newOwners)
    {
        owners = newOwners;
    }

    private boolean isThere(final long sessionId)
    {
        return owners.isThere(askedFor, sessionId);
    }

    IntArrayList dropped()
    {
        return dropped;
    }

    /**
     * @return whether every partition has dropped every structure that the control plane has.
     */
    boolean isDropDone()
    {
        return dropped.isEmpty();
    }

    /**
     * @return whether the round over all partitions is unfinished.
     */
    boolean isUnderWay()
    {
        return turn != 0;
    }

    /**
     * @param nowNs of the node's monotonic clock.
     * @return work done.
     */
    int work(final long nowNs)
    {
        int work = 0;
        final int end = Math.min(turn + PARTITIONS_AT_ONCE, owned.length);
        while (turn < end)
        {
            work += expire(owned[turn++], nowNs);
        }
        if (turn == owned.length)
        {
            turn = 0;
        }
        if (!dropped.isEmpty())
        {
            work += drop(nowNs);
        }

        return work + desk.reclaiming.step(RECLAIM_AT_ONCE) + desk.room.keepAhead(nowNs);
    }

    private int expire(final Partition partition, final long nowNs)
    {
        final Deadlines deadlines = partition.store().deadlines();
        if (!partition.decidesExpiry(partition.isServing()) || deadlines.next() > partition.time(nowNs) ||
            partition.own.isDueUnderWay(partition.log()))
        {
            return 0;
        }

        final int room = Math.min(Deadlines.maxLength(EXPIRE_AT_ONCE), desk.limits.maxEntryLength());
        int work = append(partition, nowNs, room, false);
        work += append(partition, nowNs, Deadlines.SESSION_LENGTH, true);
        return work;
    }

    private int append(final Partition partition, final long nowNs, final int room, final boolean sessions)
    {
        if (!partition.claim(room))
        {
            return 0;
        }

        final Deadlines deadlines = partition.store().deadlines();
        final long time = partition.time(nowNs);
        final long sequence = partition.stamp(desk.stamp, time).sequence;
        askedFor = partition.id();
        final int length = sessions ?
            deadlines.encodeDueSession(alive, time, sequence, partition.buffer(), partition.offset()) :
            deadlines.encodeDue(EXPIRE_AT_ONCE, room, time, sequence, partition.buffer(), partition.offset());
        if (length == 0)
        {
            partition.abort();
            return 0;
        }

        partition.own.addDue(sequence);
        partition.append(length);
        return 1;
    }

    private int drop(final long nowNs)
    {
        int work = 0;
        final int structureId = dropped.getInt(dropped.size() - 1);
        while (droppedIn < owned.length && work < DROP_AT_ONCE)
        {
            final Partition partition = owned[droppedIn];
            if (partition.isServing() && partition.store().hasStructure(structureId))
            {
                if (!partition.claim(Entries.SHORT_ENTRY))
                {
                    return work;
                }

                partition.append(desk.entries.drop(
                    partition.buffer(),
                    partition.offset(),
                    partition.stamp(desk.stamp, partition.time(nowNs)),
                    structureId));
                desk.reclaiming.mark(partition.id());
                work++;
            }
            droppedIn++;
        }
        if (droppedIn == owned.length)
        {
            dropped.removeAt(dropped.size() - 1);
            droppedIn = 0;
            work++;
        }

        return work;
    }
}
