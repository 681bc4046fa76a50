package io.peregrine.perf.sim.fault;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlCode;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.Replica;
import io.peregrine.perf.sim.grid.Life;
import io.peregrine.perf.sim.grid.Machine;
import io.peregrine.perf.sim.grid.Places;
import io.peregrine.perf.sim.grid.SimGrid;
import io.peregrine.perf.sim.world.Network;
import io.peregrine.perf.sim.world.Timeline;
import io.peregrine.perf.sim.world.Violation;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a partition held is lost, and an operator accepts that. Either all its in-sync members die, and he says so of
 * each; or the last of them lives, and only clients reach it: he may not have his way before it has ceased to serve.
 */
public final class LostForGood
{
    private static final long MILLI = 1_000_000;
    private static final long PAUSE_NS = 2_000 * MILLI;
    private static final long ASK_NS = 100 * MILLI;
    private static final long ALONE_NS = 8_000 * MILLI;
    private static final long PATIENCE_NS = 15_000 * MILLI;
    private static final long DELAY_NS = 5 * MILLI;

    private final SimGrid grid;
    private final Timeline timeline;
    private final SplittableRandom random;

    /**
     * @param grid   that suffers it.
     * @param random that it is drawn from.
     */
    public LostForGood(final SimGrid grid, final SplittableRandom random)
    {
        this.grid = grid;
        this.timeline = grid.timeline();
        this.random = random;
    }

    /**
     * Go through all, and leave nothing broken.
     *
     * @return whether a loss was accepted.
     */
    public boolean run()
    {
        final int partition = random.nextInt(grid.plan().settings().partitions());
        if (random.nextBoolean())
        {
            grid.network().weather().delays(MILLI, (int) (DELAY_NS / MILLI));
        }
        final boolean isAccepted = random.nextBoolean() ? allDie(partition) : oneIsLeft(partition);
        grid.network().weather().clear();
        for (final Machine machine : grid.machines())
        {
            pass(random.nextLong(PAUSE_NS / 2));
            machine.start();
        }
        return isAccepted;
    }

    private boolean allDie(final int partition)
    {
        grid.trace().line("storm", "all that have partition %d die", partition);
        crash(grid.assignment(partition).inSync());
        pass(random.nextLong(PAUSE_NS));
        return accept(partition, true);
    }

    private boolean oneIsLeft(final int partition)
    {
        final List<Replica> held = grid.assignment(partition).inSync();
        final Replica last = held.get(random.nextInt(held.size()));
        final Life life = grid.lifeOf(last.memberId(), last.incarnation());
        if (life == null)
        {
            return false;
        }

        grid.trace().line("storm", "all that have partition %d die but %s", partition, last);
        crash(held.stream().filter((replica) -> !replica.equals(last)).toList());
        final long end = timeline.nowNs() + ALONE_NS;
        while (!grid.assignment(partition).inSync().equals(List.of(last)))
        {
            if (timeline.nowNs() > end)
            {
                return false;
            }
            pass(ASK_NS);
        }

        final int own = life.machine().index();
        cut(own, true);
        for (final Machine machine : grid.machines())
        {
            if (random.nextBoolean())
            {
                machine.start();
            }
        }
        startAnotherThan(own);
        pass(random.nextLong(PAUSE_NS));
        final boolean isAccepted = accept(partition, false);
        pass(random.nextLong(PAUSE_NS));
        cut(own, false);
        return isAccepted;
    }

    /**
     * A partition can begin anew only where somebody is there to have it.
     */
    private void startAnotherThan(final int own)
    {
        final List<Machine> others = Arrays.stream(grid.machines()).filter((each) -> each.index() != own).toList();
        if (others.stream().allMatch((machine) -> machine.life() == null))
        {
            others.get(random.nextInt(others.size())).start();
        }
    }

    /**
     * Ask until it is decided.
     *
     * @param isDeclared whether whoever held it is declared dead before.
     */
    private boolean accept(final int partition, final boolean isDeclared)
    {
        final int losses = grid.assignment(partition).losses();
        final long end = timeline.nowNs() + PATIENCE_NS;
        boolean isAccepted = false;
        while (grid.assignment(partition).losses() == losses)
        {
            final Assignment held = grid.assignment(partition);
            if (timeline.nowNs() > end)
            {
                throw new Violation("the loss of what partition " + partition + " held could not be accepted: " + held);
            }
            if (isDeclared)
            {
                crash(held.inSync());
                for (final Replica replica : held.inSync())
                {
                    grid.host().decide(new ControlCommand.DeclareDead(replica.memberId(), replica.incarnation()));
                }
            }
            if (Arrays.stream(grid.machines()).allMatch((machine) -> machine.life() == null))
            {
                grid.machines()[random.nextInt(grid.machines().length)].start();
            }
            isAccepted = grid.host().decide(new ControlCommand.AcceptLoss(partition, held.epoch())).code() ==
                ControlCode.OK;
            pass(ASK_NS);
        }
        return isAccepted;
    }

    private void crash(final List<Replica> replicas)
    {
        for (final Replica replica : replicas)
        {
            final Life life = grid.lifeOf(replica.memberId(), replica.incarnation());
            if (life != null)
            {
                life.machine().crash();
            }
        }
    }

    /**
     * Nobody but clients reaches a machine, or all do again.
     */
    private void cut(final int own, final boolean isCut)
    {
        final Network network = grid.network();
        for (int place = 0; place <= grid.machines().length; place++)
        {
            final int other = place == grid.machines().length ? Places.HOST : place;
            if (other != own && isCut)
            {
                network.cut(own, other, true);
                network.cut(other, own, true);
            }
            else if (other != own)
            {
                network.heal(own, other);
                network.heal(other, own);
            }
        }
    }

    private void pass(final long lengthNs)
    {
        final long end = timeline.nowNs() + lengthNs;
        while (timeline.step(end))
        {
            Thread.onSpinWait();
        }
    }
}
