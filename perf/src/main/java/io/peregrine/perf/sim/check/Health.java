package io.peregrine.perf.sim.check;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.Replica;
import io.peregrine.node.partition.Inspection;
import io.peregrine.node.partition.Partition;
import io.peregrine.perf.sim.grid.Life;
import io.peregrine.perf.sim.grid.Places;
import io.peregrine.perf.sim.grid.SimGrid;
import io.peregrine.perf.sim.workload.History;
import io.peregrine.perf.sim.workload.Client;
import io.peregrine.perf.sim.workload.Keys;
import io.peregrine.perf.sim.world.Timeline;
import io.peregrine.perf.sim.world.Violation;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Waits, in virtual time and for so long only, until the grid is as it should be.
 */
public final class Health
{
    private static final long SECOND = 1_000_000_000;
    private static final long FOUNDED_NS = 20 * SECOND;
    private static final long WELL_NS = 90 * SECOND;
    private static final long OPERATOR_NS = 45 * SECOND;
    private static final long QUIET_NS = 20 * SECOND;
    private static final long WRITES_NS = 20 * SECOND;
    private static final int WRITES = 5;
    private static final int SETTLED_LOOKS = 100;
    private static final long LOOK_NS = 20_000_000;
    private static final int ANSWERS = 20;

    private final SimGrid grid;
    private final Timeline timeline;
    private final History history;

    /**
     * @param grid    to look at.
     * @param history of its clients.
     */
    public Health(final SimGrid grid, final History history)
    {
        this.grid = grid;
        this.timeline = grid.timeline();
        this.history = history;
    }

    /**
     * Every node is known.
     */
    public void awaitJoined()
    {
        await("joined", FOUNDED_NS, () -> grid.host().view().members().size() == grid.machines().length);
    }

    /**
     * Every partition has its copies and is served for the first time.
     */
    public void awaitFounded()
    {
        await("founded", FOUNDED_NS, this::isWell);
    }

    /**
     * Clients have removed what filled the memory of a node. They cannot where a partition lacks copies without which
     * nothing is written, and the node has no memory for its copy again: that is for an operator to see.
     *
     * @param keys that they remove.
     */
    public void awaitCleared(final Keys keys)
    {
        if (!comesAbout(OPERATOR_NS, () -> !keys.isBulky()) && lacksCopies())
        {
            grid.machines()[grid.plan().shortMachine()].restartWithMoreMemory();
        }
        await("cleared", WELL_NS, () -> !keys.isBulky());
    }

    /**
     * Every partition has its copies and is served.
     */
    public void awaitCopies()
    {
        await("well again", WELL_NS, this::isWell);
    }

    /**
     * After the faults: every partition has its copies, is served, and clients get answers.
     */
    public void awaitWell()
    {
        awaitCopies();
        final long before = history.answered();
        await("answering", QUIET_NS, () -> history.answered() > before + ANSWERS);
    }

    /**
     * All has been well for a while, so that nothing that was asked for before is still to be decided.
     */
    public void awaitSettled()
    {
        final int[] looks = new int[1];
        await("settled", WELL_NS, () ->
        {
            looks[0] = isWell() ? looks[0] + 1 : 0;
            return looks[0] > SETTLED_LOOKS;
        });
    }

    /**
     * A fault is there to stay: clients get answers to writes to every partition all the same.
     */
    public void awaitWrites()
    {
        final long[] before = new long[grid.plan().settings().partitions()];
        Arrays.setAll(before, history::writes);
        await("writing to every partition", WRITES_NS, () ->
        {
            for (int i = 0; i < before.length; i++)
            {
                if (history.writes(i) < before[i] + WRITES)
                {
                    return false;
                }
            }
            return true;
        });
    }

    /**
     * Nobody asks, and every copy has applied what there is.
     *
     * @param clients that rest.
     */
    public void awaitQuiet(final List<Client> clients)
    {
        await("answering all", QUIET_NS, () -> unanswered(clients).isEmpty(), () -> unanswered(clients) + state());
        await("quiet", QUIET_NS, () -> isWell() && areEqual());
    }

    /**
     * Copies hold the same.
     */
    public void checkEqual()
    {
        for (int i = 0; i < grid.plan().settings().partitions(); i++)
        {
            long digest = 0;
            boolean isFirst = true;
            for (final Replica replica : grid.assignment(i).inSync())
            {
                final long other = Inspection.digest(copy(replica, i));
                if (!isFirst && digest != other)
                {
                    throw new Violation("copies of partition " + i + " differ when all is over");
                }
                isFirst = false;
                digest = other;
            }
        }
    }

    private static List<String> unanswered(final List<Client> clients)
    {
        return IntStream.range(0, clients.size())
            .filter((i) -> clients.get(i).underWay() != 0).mapToObj((i) -> "c" + i).toList();
    }

    private void await(final String what, final long limitNs, final BooleanSupplier condition)
    {
        await(what, limitNs, condition, this::state);
    }

    private void await(
        final String what, final long limitNs, final BooleanSupplier condition, final Supplier<String> state)
    {
        grid.trace().line("await", "%s", what);
        if (!comesAbout(limitNs, condition))
        {
            throw new Violation("the grid is not " + what + " in " + limitNs / SECOND + " s: " + state.get());
        }
    }

    private boolean comesAbout(final long limitNs, final BooleanSupplier condition)
    {
        final long end = timeline.nowNs() + limitNs;
        while (!condition.getAsBoolean())
        {
            if (timeline.nowNs() >= end)
            {
                return false;
            }
            final long next = Math.min(end, timeline.nowNs() + LOOK_NS);
            while (timeline.step(next))
            {
                Thread.onSpinWait();
            }
        }
        return true;
    }

    /**
     * @return whether some partition has fewer copies in sync than have to be before anything is written.
     */
    private boolean lacksCopies()
    {
        final int least = grid.host().view().settings().minInSync();
        return grid.host().view().assignments().stream().anyMatch((each) -> each.inSync().size() < least);
    }

    private boolean isWell()
    {
        for (int i = 0; i < grid.plan().settings().partitions(); i++)
        {
            if (!isWell(grid.assignment(i), i))
            {
                return false;
            }
        }
        return true;
    }

    private boolean isWell(final Assignment assignment, final int partition)
    {
        final int wanted = Math.min(grid.host().view().settings().replicas(), grid.plan().machines());
        if (assignment.inSync().size() != wanted)
        {
            return false;
        }

        for (final Replica replica : assignment.inSync())
        {
            final Partition copy = copy(replica, partition);
            if (copy == null || replica.memberId() == assignment.primary() && !Inspection.isServing(copy))
            {
                return false;
            }
        }
        return true;
    }

    private boolean areEqual()
    {
        for (int i = 0; i < grid.plan().settings().partitions(); i++)
        {
            long applied = -1;
            for (final Replica replica : grid.assignment(i).inSync())
            {
                final Partition copy = copy(replica, i);
                if (Inspection.applied(copy) != Inspection.last(copy) ||
                    applied >= 0 && applied != Inspection.applied(copy))
                {
                    return false;
                }
                applied = Inspection.applied(copy);
            }
        }
        return true;
    }

    private Partition copy(final Replica replica, final int partition)
    {
        final Life life = grid.lifeOf(replica.memberId(), replica.incarnation());
        return life == null ? null : life.partition(partition);
    }

    private String state()
    {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < grid.plan().settings().partitions(); i++)
        {
            if (!isWell(grid.assignment(i), i))
            {
                text.append("\n    partition ").append(i).append(' ').append(grid.assignment(i));
                for (final Replica replica : grid.assignment(i).inSync())
                {
                    final Life life = grid.lifeOf(replica.memberId(), replica.incarnation());
                    text.append("\n        ").append(replica).append(' ').append(life == null ? "gone" :
                        Places.key(Places.of(life.self())) + ' ' +
                        Inspection.describe(life.partition(i), life.clock().now()));
                }
            }
        }
        return text.toString();
    }
}
