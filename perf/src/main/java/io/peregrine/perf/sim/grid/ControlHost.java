package io.peregrine.perf.sim.grid;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.Change;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.GridSettings;
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

/**
 * Where the control plane decides: the real state, behind a log that takes time, changes its leader and fails.
 */
public final class ControlHost implements Receiver
{
    private static final int SMALL = 64;
    private static final long DECIDE_NS = 500_000;
    private static final int FATES = 4;

    private final ControlState state = new ControlState();
    private final Timeline timeline;
    private final Trace trace;
    private final Network network;
    private final SplittableRandom random;
    private final int machines;
    private final int[] losses;
    private IntConsumer onLoss = (partition) ->
    {
    };
    private long leaderlessUntilNs;
    private long downUntilNs;

    /**
     * Ask what is new.
     *
     * @param version that whoever asks has.
     */
    public record Question(long version)
    {
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
     * @param settings of the grid.
     * @param machines that nodes run on.
     */
    public ControlHost(
        final Timeline timeline,
        final Trace trace,
        final Network network,
        final GridSettings settings,
        final int machines)
    {
        this.timeline = timeline;
        this.trace = trace;
        this.network = network;
        this.machines = machines;
        losses = new int[settings.partitions()];
        random = timeline.newRandom();
        network.put(Places.HOST, this);
        state.apply(new ControlCommand.Found(settings), 0);
        state.apply(new ControlCommand.Define("map", StructureKind.MAP, 0, 0), 0);
    }

    /**
     * @return what is decided so far, in truth.
     */
    public ControlView view()
    {
        return state.view();
    }

    /**
     * @param consumer told of each partition at the moment in which it is decided that what it held is lost.
     */
    public void onLoss(final IntConsumer consumer)
    {
        onLoss = consumer;
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
        final long before = state.view().version();
        final ControlResult result = state.apply(command, timeline.nowNs());
        trace.mark(state.view().version());
        trace.line("control", "%s %s -> version %d", result.code(), command, result.version());
        if (state.view().version() != before)
        {
            noteLosses();
            for (int machine = 0; machine < machines; machine++)
            {
                network.send(Places.HOST, machine, Places.CONTROL_CHANNEL, state.view(), SMALL, 0);
            }
        }
        return result;
    }

    /**
     * Put every copy where it is planned, before there is anything to copy.
     */
    public void placeAll()
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
            if (planned.contains(now.inSync().get(0)))
            {
                decide(new ControlCommand.ChangePartitions(
                    now.inSync().get(0), List.of(new Change(partition, now.epoch(), now.primary(), planned))));
            }
        }
    }

    private void noteLosses()
    {
        for (int partition = 0; partition < losses.length; partition++)
        {
            final int now = state.view().assignments().get(partition).losses();
            if (now != losses[partition])
            {
                losses[partition] = now;
                trace.line("control", "what partition %d held is lost", partition);
                onLoss.accept(partition);
            }
        }
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
