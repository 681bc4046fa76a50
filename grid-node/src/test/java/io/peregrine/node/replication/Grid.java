package io.peregrine.node.replication;

import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.RelayDecoder;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.GridSettings;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Members with one agent each that beat and propose, without any data: a copy is caught up when its member has been in
 * touch with the primary, both ways, for a while. Time goes in milliseconds; messages, commands and views take random
 * times, and links and the ways to the control plane can be cut, each direction for itself.
 */
final class Grid
{
    static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    static final ReplicationSettings SETTINGS = ReplicationSettings.defaults();

    final ControlState state = new ControlState();
    final Node[] nodes;
    final boolean[][] cut;
    final boolean[] isControlCut;
    final boolean[] isPaused;
    final boolean[] isSlow;
    int commands;
    long nowNs = 1_000 * MS;
    private final Random random;
    private final List<Command> underWay = new ArrayList<>();

    Grid(final int members, final int partitions, final int replicas, final long seed)
    {
        random = new Random(seed);
        nodes = new Node[members];
        cut = new boolean[members][members];
        isControlCut = new boolean[members];
        isPaused = new boolean[members];
        isSlow = new boolean[members];
        state.apply(
            new ControlCommand.Found(new GridSettings(partitions, replicas, 1, 3, 100, 100, 2_000 * MS)), nowNs);
        for (int i = 0; i < members; i++)
        {
            start(i);
        }
    }

    /**
     * A member begins its first life, or another.
     */
    void start(final int member)
    {
        final ControlView view = state.view();
        final long after = member < view.members().size() ? view.members().get(member).incarnation() : 0;
        state.apply(new ControlCommand.Join("node" + member, "", 1, "", 1, random.nextInt(1 << 30), after), nowNs);
        nodes[member] = new Node(member, state.view().members().get(member).incarnation());
    }

    void run(final long ms)
    {
        for (long i = 0; i < ms; i++)
        {
            nowNs += MS;
            decide();
            for (final Node node : nodes)
            {
                if (!isPaused[node.self.memberId()])
                {
                    node.work();
                }
            }
        }
    }

    void heal()
    {
        for (final boolean[] row : cut)
        {
            Arrays.fill(row, false);
        }
        Arrays.fill(isControlCut, false);
        Arrays.fill(isPaused, false);
        Arrays.fill(isSlow, false);
    }

    /**
     * @return whether the members of each set are those that the plan names, led by its first.
     */
    boolean isAsPlanned()
    {
        for (int i = 0; i < state.view().assignments().size(); i++)
        {
            final Assignment assignment = state.view().assignments().get(i);
            final List<Integer> plan = state.view().plan().get(i);
            if (assignment.primary() != plan.get(0) || assignment.inSync().size() != plan.size() ||
                !plan.stream().allMatch(
                    planned -> assignment.inSync().contains(state.view().members().get(planned).replica())))
            {
                return false;
            }
        }

        return true;
    }

    /**
     * @return members that would serve the partition now.
     */
    List<Integer> serving(final int partition)
    {
        final List<Integer> serving = new ArrayList<>();
        for (final Node node : nodes)
        {
            if (node.facts[partition].maySeem())
            {
                serving.add(node.self.memberId());
            }
        }

        return serving;
    }

    private void decide()
    {
        for (int i = 0; i < underWay.size(); i++)
        {
            if (nowNs - underWay.get(i).atNs() >= 0)
            {
                final Command command = underWay.remove(i--);
                commands += command.what() instanceof ControlCommand.ChangePartitions ? 1 : 0;
                state.apply(command.what(), nowNs);
            }
        }
    }

    private record Command(ControlCommand what, long atNs)
    {
    }

    private record Message(UnsafeBuffer what, int from, long atNs)
    {
    }

    /**
     * One member.
     */
    final class Node implements ControlPort
    {
        final Self self;
        final PeerPairs pairs;
        final LoneLease lone;
        final Proposer proposer;
        final GridFacts[] facts;
        private final List<Message> inbox = new ArrayList<>();
        private final List<ControlCommand> relayed = new ArrayList<>();
        private ControlView view = state.view();

        Node(final int member, final long incarnation)
        {
            self = new Self(member, incarnation, 0);
            lone = new LoneLease(self);
            final Replication replication =
                new Replication(SETTINGS, new Rules(), (to, agent) -> wireTo(to), this, () -> nowNs);
            pairs = new PeerPairs(self, replication, lone, nowNs);
            facts = new GridFacts[view.assignments().size()];
            for (int i = 0; i < facts.length; i++)
            {
                facts[i] = new GridFacts(i, Grid.this, this);
            }
            proposer = new Proposer(
                self,
                replication,
                pairs,
                lone,
                (command, buffer, offset) ->
                {
                    relayed.add(command);
                    buffer.putInt(offset, relayed.size() - 1);
                    return Integer.BYTES;
                },
                facts,
                nowNs);
            take(state.view());
        }

        @Override
        public void submit(final ControlCommand command)
        {
            final int copies = random.nextInt(20);
            for (int i = 0; i < (copies == 0 ? 0 : copies == 1 ? 2 : 1); i++)
            {
                underWay.add(new Command(command, nowNs + (1 + random.nextInt(40)) * MS));
            }
        }

        @Override
        public boolean isReachable()
        {
            return !isControlCut[self.memberId()];
        }

        @Override
        public void learned(final ControlView learned)
        {
            throw new AssertionError("views come otherwise here");
        }

        void work()
        {
            for (int i = 0; i < inbox.size(); i++)
            {
                if (nowNs - inbox.get(i).atNs() >= 0)
                {
                    final Message message = inbox.remove(i--);
                    if (!cut[message.from()][self.memberId()])
                    {
                        receive(message);
                    }
                }
            }
            if (random.nextInt(20) == 0 && view != state.view() && hearsOfDecisions())
            {
                take(state.view());
            }
            pairs.work(nowNs);
            for (final GridFacts fact : facts)
            {
                fact.work();
            }
            proposer.work(nowNs);
        }

        private boolean hearsOfDecisions()
        {
            boolean hears = isReachable();
            for (final Node other : nodes)
            {
                hears |= other.isReachable() && isInTouch(other.self.memberId()) && !isPaused[other.self.memberId()];
            }

            return hears;
        }

        private void receive(final Message message)
        {
            final MessageHeaderDecoder header = new MessageHeaderDecoder();
            header.wrap(message.what(), 0);
            if (header.templateId() == RelayDecoder.TEMPLATE_ID)
            {
                final RelayDecoder relay = new RelayDecoder().wrapAndApplyHeader(message.what(), 0, header);
                final UnsafeBuffer command = new UnsafeBuffer();
                relay.wrapCommand(command);
                if (isReachable())
                {
                    submit(nodes[message.from()].relayed.get(command.getInt(0)));
                }
                return;
            }
            Messages.deliver(message.what(), pairs, nowNs);
        }

        private void take(final ControlView newView)
        {
            view = newView;
            for (final GridFacts fact : facts)
            {
                fact.take(view);
            }
            pairs.onControl(view, nowNs);
            proposer.onControl(view, nowNs);
        }

        boolean isInTouch(final int member)
        {
            return !cut[self.memberId()][member] && !cut[member][self.memberId()] && !isPaused[member];
        }

        private Wire wireTo(final int to)
        {
            return new Wire()
            {
                @Override
                public void commit()
                {
                    super.commit();
                    nodes[to].inbox.add(
                        new Message(poll(), self.memberId(), nowNs + (1 + random.nextInt(5)) * MS));
                }
            };
        }
    }
}
