package io.peregrine.node.partition;

import io.peregrine.client.port.KeyHash;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.Change;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.Replica;
import io.peregrine.node.control.StructureKind;
import io.peregrine.node.replication.ControlPort;
import io.peregrine.node.replication.PeerSink;
import io.peregrine.node.replication.Replication;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.node.replication.Rules;
import io.peregrine.node.replication.Self;
import io.peregrine.storage.memory.MemoryBudget;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Three members with one partition under a hand that drives time, decides for the control plane and may lose messages.
 */
final class Trio implements AutoCloseable
{
    static final long STEP_NS = 5_000_000;

    final ControlState control = new ControlState();
    final AgentPartitions[] members = new AgentPartitions[3];
    final AgentMemory[] memories = new AgentMemory[3];
    final boolean[] isDown = new boolean[3];
    final int map;
    final boolean[] hasControl = new boolean[3];
    final boolean[] missesDecisions = new boolean[3];
    long nowNs = 1_000_000_000L;
    Predicate<Letter> loses = letter -> false;

    private final long memory;
    private final boolean evict;
    private final Queue<Letter> letters = new ArrayDeque<>();
    private final Queue<ControlCommand> commands = new ArrayDeque<>();

    /**
     * A message on its way.
     */
    record Letter(int from, int to, byte[] bytes)
    {
    }

    Trio(final ReplicationSettings settings, final Rules rules)
    {
        this(settings, rules, 64 << 20, false);
    }

    /**
     * @param memory of each member, in bytes.
     * @param evict  whether entries give way when there is no more.
     */
    Trio(final ReplicationSettings settings, final Rules rules, final long memory, final boolean evict)
    {
        this.memory = memory;
        this.evict = evict;
        control.apply(new ControlCommand.Found(
            new GridSettings(1, 3, 1, 16, 4096, 1 << 20, 10_000_000_000L)), nowNs);
        for (int i = 0; i < members.length; i++)
        {
            control.apply(new ControlCommand.Join("m" + i, "", 1, "", 1, i, 0), nowNs);
        }
        map = (int) control.apply(new ControlCommand.Define("map", StructureKind.MAP, 0, 0), nowNs).number();
        for (int i = 0; i < members.length; i++)
        {
            members[i] = newMember(i, settings, rules);
        }
        changeSet(0, 0, 0, 1, 2);
        tell(0, 1, 2);
    }

    /**
     * A member begins another life, with nothing.
     */
    void restart(final int number, final ReplicationSettings settings, final Rules rules)
    {
        members[number].close();
        control.apply(new ControlCommand.Join(
            "m" + number, "", 1, "", 1, 100 + number, replica(number).incarnation()), nowNs);
        members[number] = newMember(number, settings, rules);
    }

    private AgentPartitions newMember(final int number, final ReplicationSettings settings, final Rules rules)
    {
        final Limits limits = new Limits(1, 4096, 1 << 20, 3 << 20, evict);
        final Member member = control.view().members().get(number);
        memories[number] = new AgentMemory(new MemoryBudget(memory), limits.maxEntryLength(), KeyHash::hash);
        return new AgentPartitions(
            new AgentPartitions.Settings(new Self(number, member.incarnation(), 0), limits, new int[]{0}),
            memories[number],
            new Replication(
                settings, rules, (memberId, agent) -> new Way(number, memberId), new Port(number), () -> nowNs));
    }

    Partition partition(final int member)
    {
        return members[member].partition(0);
    }

    /**
     * Decide on a new set, as a member of the old one proposes it.
     */
    void changeSet(final int proposer, final int primary, final int... inSync)
    {
        final ControlView view = control.view();
        final Assignment old = view.assignments().get(0);
        final List<Replica> replicas = IntStream.of(inSync).mapToObj(this::replica).toList();
        final long number = control.apply(
            new ControlCommand.ChangePartitions(
                replica(proposer), List.of(new Change(0, old.epoch(), primary, replicas))), nowNs).number();
        if (number != 1)
        {
            throw new AssertionError("refused: " + Arrays.toString(inSync));
        }
    }

    void tell(final int... toMembers)
    {
        for (final int member : toMembers)
        {
            members[member].onControl(control.view(), nowNs);
        }
    }

    /**
     * Let time pass, deliver what is on its way, and let everybody work.
     */
    void pass(final long durationNs)
    {
        final long endNs = nowNs + durationNs;
        while (nowNs < endNs)
        {
            nowNs += STEP_NS;
            deliver();
            for (int i = 0; i < members.length; i++)
            {
                if (!isDown[i])
                {
                    members[i].onReplication(nowNs);
                }
            }
            deliver();
            decide();
        }
    }

    private void decide()
    {
        while (!commands.isEmpty())
        {
            control.apply(commands.remove(), nowNs);
        }
        for (int i = 0; i < members.length; i++)
        {
            if (hasControl[i] && !missesDecisions[i] && !isDown[i])
            {
                tell(i);
            }
        }
    }

    private void deliver()
    {
        final List<Letter> now = new ArrayList<>(letters);
        letters.clear();
        for (final Letter letter : now)
        {
            if (!isDown[letter.to])
            {
                final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(letter.bytes.length);
                buffer.putBytes(0, letter.bytes);
                members[letter.to].onPeer(buffer, 0, letter.bytes.length, nowNs);
            }
        }
    }

    Replica replica(final int member)
    {
        return new Replica(member, control.view().members().get(member).incarnation());
    }

    @Override
    public void close()
    {
        for (final AgentPartitions member : members)
        {
            member.close();
        }
    }

    /**
     * The way to the control plane, while there is one.
     */
    private final class Port implements ControlPort
    {
        private final int member;

        Port(final int member)
        {
            this.member = member;
        }

        @Override
        public void submit(final ControlCommand command)
        {
            if (isReachable())
            {
                commands.add(command);
            }
        }

        @Override
        public boolean isReachable()
        {
            return hasControl[member];
        }

        @Override
        public void learned(final ControlView view)
        {
            members[member].onControl(view, nowNs);
        }
    }

    /**
     * From one member to another.
     */
    private final class Way implements PeerSink
    {
        private final int from;
        private final int to;
        private ExpandableArrayBuffer buffer;
        private int length;

        Way(final int from, final int to)
        {
            this.from = from;
            this.to = to;
        }

        @Override
        public int tryClaim(final Stream stream, final int claimed)
        {
            buffer = new ExpandableArrayBuffer(claimed);
            length = claimed;
            return isDown[from] ? NOT_CONNECTED : 0;
        }

        @Override
        public MutableDirectBuffer buffer()
        {
            return buffer;
        }

        @Override
        public void commit()
        {
            final byte[] bytes = new byte[length];
            buffer.getBytes(0, bytes);
            final Letter letter = new Letter(from, to, bytes);
            if (!loses.test(letter))
            {
                letters.add(letter);
            }
        }

        @Override
        public void abort()
        {
            buffer = null;
        }
    }
}
