package io.peregrine.perf.sim.check;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.Replica;
import io.peregrine.node.partition.Inspection;
import io.peregrine.node.partition.Partition;
import io.peregrine.perf.sim.grid.Life;
import io.peregrine.perf.sim.grid.Machine;
import io.peregrine.perf.sim.grid.Places;
import io.peregrine.perf.sim.grid.SimGrid;
import io.peregrine.perf.sim.world.Violation;
import io.peregrine.storage.log.Sequences;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Looks at the copies of every node after each of its cycles, and at the content of all copies now and then.
 */
public final class Invariants implements SimGrid.Watcher
{
    private static final int CONTENT_EVERY = 400;

    private final SimGrid grid;
    private final Committed[] committed;
    private final Map<Life, CopyWatch[]> watches = new IdentityHashMap<>();
    private final NodeWatch nodes;
    private long cycles;

    /**
     * @param grid to look at.
     */
    public Invariants(final SimGrid grid)
    {
        this.grid = grid;
        nodes = new NodeWatch(grid.plan());
        committed = new Committed[grid.plan().settings().partitions()];
        for (int i = 0; i < committed.length; i++)
        {
            committed[i] = new Committed(i);
        }
    }

    /**
     * @return whether the memory of a node has been full.
     */
    public boolean isMemoryFull()
    {
        return nodes.isMemoryFull();
    }

    /**
     * @return how often a copy was not gone on with in a cycle, as the time that may go into copies was used up; 0
     *         where pieces take none.
     */
    public int pauses()
    {
        return nodes.pauses();
    }

    /**
     * @param partition  of which it is decided that what it held is lost.
     * @param held       who held it: none of them lives, or, where the loss was accepted, none of them serves.
     * @param isAccepted whether somebody accepted the loss.
     */
    public void onLoss(final int partition, final Assignment held, final boolean isAccepted)
    {
        for (final Replica replica : held.inSync())
        {
            final Life life = grid.lifeOf(replica.memberId(), replica.incarnation());
            if (life != null && (!isAccepted || !life.machine().isInCycle() && isServing(life, partition)))
            {
                throw new Violation("what partition " + partition + " held is given up as lost, and " + replica +
                    (isAccepted ? " serves it" : " has it"));
            }
        }
        committed[partition].lost((int) grid.assignment(partition).epoch());
    }

    @Override
    public void afterCycle(final Machine machine)
    {
        final Life life = machine.life();
        if (!life.hasJoined())
        {
            return;
        }

        final CopyWatch[] copies = watches.computeIfAbsent(life, this::newWatches);
        for (int i = 0; i < copies.length; i++)
        {
            final long before = committed[i].highest();
            if (copies[i].look(life, i) || committed[i].highest() != before)
            {
                checkInSync(i);
            }
            if (isServing(life, i))
            {
                checkAlone(machine, i);
                checkShown(life, i);
            }
        }
        nodes.look(machine, life);
        if (++cycles % CONTENT_EVERY == 0)
        {
            checkContents();
        }
    }

    /**
     * Copies that have applied the same hold the same.
     */
    public void checkContents()
    {
        for (final Machine machine : grid.machines())
        {
            final Life life = machine.life();
            if (life != null && life.hasJoined())
            {
                for (int i = 0; i < committed.length; i++)
                {
                    final Partition partition = life.partition(i);
                    if (Inspection.isWhole(partition))
                    {
                        committed[i].applied(
                            Places.key(machine.index()), Inspection.applied(partition), Inspection.digest(partition));
                    }
                }
            }
        }
    }

    private CopyWatch[] newWatches(final Life life)
    {
        final CopyWatch[] copies = new CopyWatch[committed.length];
        for (int i = 0; i < copies.length; i++)
        {
            copies[i] = new CopyWatch(
                committed[i], Places.key(Places.of(life.self())) + " partition " + i);
        }
        return copies;
    }

    /**
     * Every member of the set that was decided has every entry that anybody knows to be committed.
     */
    private void checkInSync(final int partition)
    {
        final Assignment assignment = grid.assignment(partition);
        for (final Replica replica : assignment.inSync())
        {
            final Life life = grid.lifeOf(replica.memberId(), replica.incarnation());
            if (life != null)
            {
                final long last = Inspection.last(life.partition(partition));
                if (Sequences.counter(last) < Sequences.counter(committed[partition].highest()))
                {
                    throw new Violation(Places.key(Places.of(life.self())) + " is in sync in partition " + partition +
                        " and lacks entries: it has " + Sequences.toString(last) + ", committed is " +
                        Sequences.toString(committed[partition].highest()));
                }
            }
        }
    }

    private void checkAlone(final Machine machine, final int partition)
    {
        for (final Machine other : grid.machines())
        {
            if (other != machine && other.life() != null && !other.isInCycle() && !machine.isInCycle() &&
                isServing(other.life(), partition))
            {
                throw new Violation(Places.key(machine.index()) + " and " + Places.key(other.index()) +
                    " both serve partition " + partition);
            }
        }
    }

    /**
     * A primary under a lease that holds shows all that any copy of its set shows.
     */
    private void checkShown(final Life life, final int partition)
    {
        final Assignment assignment = grid.assignment(partition);
        final Partition own = life.partition(partition);
        if (!assignment.inSync().contains(life.self().replica()) || life.self().id() != assignment.primary() ||
            assignment.epoch() != Inspection.epoch(own))
        {
            return;
        }

        for (final Replica replica : assignment.inSync())
        {
            final Life other = grid.lifeOf(replica.memberId(), replica.incarnation());
            if (other != null && other != life && Inspection.isWhole(other.partition(partition)) &&
                Inspection.applied(other.partition(partition)) > Inspection.applied(own))
            {
                throw new Violation(Places.key(Places.of(other.self())) + " shows entries of partition " + partition +
                    " up to " + Sequences.toString(Inspection.applied(other.partition(partition))) +
                    ", and its primary only up to " + Sequences.toString(Inspection.applied(own)));
            }
        }
    }

    private boolean isServing(final Life life, final int partition)
    {
        return life.hasJoined() &&
            Inspection.serves(life.partition(partition), life.clock().now());
    }
}
