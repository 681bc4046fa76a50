package io.peregrine.perf.sim.check;

import io.peregrine.node.partition.Inspection;
import io.peregrine.node.partition.Partition;
import io.peregrine.perf.sim.grid.Life;
import io.peregrine.perf.sim.world.Violation;
import io.peregrine.storage.log.Sequences;

/**
 * Watches one copy of one partition in one life of a node: numbers never go back, and entries are those that every
 * other copy has.
 */
final class CopyWatch
{
    private final Committed committed;
    private final String who;
    private int epoch;
    private long last;
    private long known;
    private long applied;
    private int losses;

    /**
     * @param committed what is committed in the partition.
     * @param who       it is about.
     */
    CopyWatch(final Committed committed, final String who)
    {
        this.committed = committed;
        this.who = who;
    }

    /**
     * @return what the copy last knew to be committed.
     */
    long known()
    {
        return known;
    }

    /**
     * The node has worked.
     *
     * @return whether it has dropped its copy.
     */
    boolean look(final Life life, final int number)
    {
        final Partition partition = life.partition(number);
        final int newEpoch = Inspection.epoch(partition);
        final long newLast = Inspection.last(partition);
        final long newKnown = Inspection.committed(partition);
        final long newApplied = Inspection.applied(partition);
        final int newLosses = Inspection.losses(partition);
        // One that is lost may begin anew in the cycle in which its node drops what it had.
        final boolean isDropped =
            !Inspection.isWhole(partition) || newLast == 0 && last != 0 || newLosses != losses;
        if (isDropped)
        {
            epoch = 0;
            last = 0;
            known = 0;
            applied = 0;
        }
        require(newEpoch >= epoch, "epoch", epoch, newEpoch);
        require(newKnown >= known, "committed", known, newKnown);
        require(newApplied >= applied, "applied", applied, newApplied);
        require(newKnown >= newApplied, "committed below applied", newApplied, newKnown);
        require(newLast >= newKnown, "last below committed", newKnown, newLast);
        if (newLast != last || newEpoch != epoch)
        {
            final long from = newLast >= last && newEpoch == epoch ? last : Math.min(known, newLast);
            Inspection.entries(partition, life.memoryOf(number), from, (sequence, checksum) ->
                committed.entry(who, sequence, checksum));
        }

        losses = newLosses;
        epoch = newEpoch;
        last = newLast;
        applied = newApplied;
        if (newKnown > known)
        {
            committed.upTo(newKnown);
            known = newKnown;
        }
        return isDropped;
    }

    private void require(final boolean holds, final String what, final long before, final long now)
    {
        if (!holds)
        {
            throw new Violation(who + ": " + what + ": " + Sequences.toString(before) + " then " +
                Sequences.toString(now));
        }
    }
}
