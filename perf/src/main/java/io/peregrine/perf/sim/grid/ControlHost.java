package io.peregrine.perf.sim.grid;

import io.peregrine.node.control.AbsenceWatch;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.Change;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.ControlRules;
import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Replica;
import io.peregrine.node.control.StructureKind;
import io.peregrine.perf.sim.world.Message;
import io.peregrine.perf.sim.world.Network;
import io.peregrine.perf.sim.world.Receiver;
import io.peregrine.perf.sim.world.Timeline;
import io.peregrine.perf.sim.world.Trace;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Where the control plane decides: the real state, behind a log that takes time, changes its leader and fails.
 */
public final class ControlHost implements Receiver
{
    private static final int SMALL = 64;
    private static final long DECIDE_NS = 500_000;
    private static final int FATES = 4;
    private static final long WATCH_NS = 100_000_000;
    private static final long ASK_AGAIN_NS = 1_000_000_000;

    private final ControlState state;
    private final AbsenceWatch absences;
    private final Timeline timeline;
    private final Trace trace;
    private final Network network;
    private final SplittableRandom random;
    private final int machines;
    private final int[] losses;
    private LossWatcher onLoss = (partition, held, isAccepted) ->
    {
    };
    private final List<Runnable> afterChange = new ArrayList<>();
    private final List<IntConsumer> afterHandOver = new ArrayList<>();
    private long leaderlessUntilNs;
    private long downUntilNs;

    /**
     * Is told of each partition at the moment in which it is decided that what it held is lost.
     */
    @FunctionalInterface
    public interface LossWatcher
    {
        /**
         * @param partition  number of it.
         * @param held       who held it.
         * @param isAccepted whether somebody accepted it; otherwise it is certain.
         */
        void onLoss(int partition, Assignment held, boolean isAccepted);
    }

    /**
     * Ask what is new.
     *
     * @param version     that whoever asks has.
     * @param memberId    of a node that asks, or {@link Assignment#NO_MEMBER}.
     * @param incarnation of it.
     */
    public record Question(long version, int memberId, long incarnation)
    {
        /**
         * @param version that a client has.
         * @return what it asks.
         */
        public static Question ofClient(final long version)
        {
            return new Question(version, Assignment.NO_MEMBER, 0);
        }
    }

    /**
     * The control plane is there.
     */
    public record Nothing()
    {
    }

    /**
     * @param timeline of the run.
     * @param trace    of the run.
     * @param network  of the run.
     * @param plan     of the grid.
     * @param rules    that it decides by.
     */
    public ControlHost(
        final Timeline timeline,
        final Trace trace,
        final Network network,
        final GridPlan plan,
        final ControlRules rules)
    {
        this.timeline = timeline;
        this.trace = trace;
        this.network = network;
        state = new ControlState(rules);
        absences = new AbsenceWatch(plan.absentNs(), ASK_AGAIN_NS);
        machines = plan.machines();
        losses = new int[plan.settings().partitions()];
        random = timeline.newRandom();
        network.put(Places.HOST, this);
        state.apply(new ControlCommand.Found(plan.settings()), 0);
        state.apply(new ControlCommand.Define("map", StructureKind.MAP, 0, 0), 0);
        timeline.after(WATCH_NS, this::watch);
    }

    /**
     * @return what is decided so far, in truth.
     */
    public ControlView view()
    {
        return state.view();
    }

    /**
     * @param watcher of losses.
     */
    public void onLoss(final LossWatcher watcher)
    {
        onLoss = watcher;
    }

    /**
     * @param action that happens when some partition is given another primary or set the next time.
     */
    public void onNextDecision(final Runnable action)
    {
        afterChange.add(action);
    }

    /**
     * @param action that happens when some partition is handed over the next time; is given the member that led it.
     */
    public void onNextHandOver(final IntConsumer action)
    {
        afterHandOver.add(action);
    }

    /**
     * What was to happen with the next decision or hand-over does not.
     */
    public void expectNothing()
    {
        afterChange.clear();
        afterHandOver.clear();
    }

    /**
     * No leader decides for a while; commands get lost, come late, or are decided twice.
     *
     * @param lengthNs of the while.
     */
    public void changeLeader(final long lengthNs)
    {
        leaderlessUntilNs = Math.max(leaderlessUntilNs, timeline.nowNs() + lengthNs);
    }

    /**
     * The control plane answers nobody for a while.
     *
     * @param lengthNs of the while.
     */
    public void fail(final long lengthNs)
    {
        downUntilNs = Math.max(downUntilNs, timeline.nowNs() + lengthNs);
    }

    @Override
    public void onMessage(final Message message)
    {
        message.take();
        if (downUntilNs > timeline.nowNs())
        {
            return;
        }

        if (message.payload() instanceof Question question)
        {
            absences.onHeard(question.memberId(), question.incarnation(), timeline.nowNs());
            answer(message.from(), question.version());
        }
        else
        {
            take((ControlCommand) message.payload());
        }
    }

    /**
     * Decide at once, as an operator would have it.
     *
     * @param command to decide.
     * @return what was decided.
     */
    public ControlResult decide(final ControlCommand command)
    {
        final ControlView before = state.view();
        final ControlResult result = state.apply(command, timeline.nowNs());
        trace.mark(state.view().version());
        trace.line("control", "%s %s -> version %d", result.code(), command, result.version());
        if (state.view().version() != before.version())
        {
            noteLosses(before, command instanceof ControlCommand.AcceptLoss);
            if (command instanceof ControlCommand.ChangePartitions)
            {
                final List<Runnable> now = List.copyOf(afterChange);
                afterChange.clear();
                now.forEach(Runnable::run);
                noteHandOvers(before);
            }
            for (int machine = 0; machine < machines; machine++)
            {
                network.send(Places.HOST, machine, Places.CONTROL_CHANNEL, state.view(), SMALL, 0);
            }
        }
        return result;
    }

    /**
     * Put every copy where it is planned, before there is anything to copy. Where there is, nodes do it.
     *
     * @param hasEntries tells of a partition whether a copy of it has entries.
     */
    public void placeAll(final IntPredicate hasEntries)
    {
        for (int partition = 0; partition < losses.length; partition++)
        {
            final ControlView view = state.view();
            final Assignment now = view.assignments().get(partition);
            final List<Replica> planned = new ArrayList<>();
            for (final int member : view.plan().get(partition))
            {
                planned.add(view.members().get(member).replica());
            }
            if (planned.contains(now.inSync().get(0)) &&
                (now.inSync().containsAll(planned) || !hasEntries.test(partition)))
            {
                decide(new ControlCommand.ChangePartitions(
                    now.inSync().get(0), List.of(new Change(partition, now.epoch(), now.primary(), planned))));
            }
        }
    }

    private void noteHandOvers(final ControlView before)
    {
        for (int partition = 0; partition < losses.length; partition++)
        {
            final int old = before.assignments().get(partition).primary();
            final Assignment now = state.view().assignments().get(partition);
            if (old != now.primary() && now.replicaOn(old) != null)
            {
                final List<IntConsumer> actions = List.copyOf(afterHandOver);
                afterHandOver.clear();
                actions.forEach((action) -> action.accept(old));
            }
        }
    }

    private void noteLosses(final ControlView before, final boolean isAccepted)
    {
        for (int partition = 0; partition < losses.length; partition++)
        {
            final int now = state.view().assignments().get(partition).losses();
            if (now != losses[partition])
            {
                losses[partition] = now;
                trace.line("control", "what partition %d held is lost", partition);
                onLoss.onLoss(partition, before.assignments().get(partition), isAccepted);
            }
        }
    }

    /**
     * Whoever decides replaces who was not heard for long; while there is no leader nobody does.
     */
    private void watch()
    {
        if (Math.max(leaderlessUntilNs, downUntilNs) <= timeline.nowNs())
        {
            absences.work(state.view(), timeline.nowNs()).forEach(this::decide);
        }
        timeline.after(WATCH_NS, this::watch);
    }

    private void answer(final int place, final long version)
    {
        final Object payload = version == state.view().version() ? new Nothing() : state.view();
        network.send(Places.HOST, place, Places.CONTROL_CHANNEL, payload, SMALL, 0);
    }

    private void take(final ControlCommand command)
    {
        final long wait = leaderlessUntilNs - timeline.nowNs();
        if (wait <= 0)
        {
            timeline.after(1 + random.nextLong(DECIDE_NS), () -> decide(command));
            return;
        }

        final int fate = random.nextInt(FATES);
        if (fate > 0)
        {
            timeline.after(wait + random.nextLong(DECIDE_NS), () -> decide(command));
        }
        if (fate == 1)
        {
            timeline.after(wait + random.nextLong(wait), () -> decide(command));
        }
    }
}
