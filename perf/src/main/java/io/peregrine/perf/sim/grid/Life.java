package io.peregrine.perf.sim.grid;

import io.peregrine.client.port.KeyHash;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.partition.AgentMemory;
import io.peregrine.node.partition.AgentPartitions;
import io.peregrine.node.partition.Inspection;
import io.peregrine.perf.sim.world.DriftingClock;
import io.peregrine.perf.sim.world.Message;
import io.peregrine.perf.sim.world.Violation;
import io.peregrine.storage.memory.MemoryBudget;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayDeque;

/**
 * One life of a node: it asks to join, works in cycles of its data agent, and loses all it has when it ends.
 */
public final class Life
{
    private static final int TAKEN_AT_ONCE = 16;
    private static final int SMALL = 64;
    private static final long REACHABLE_NS = 600_000_000;

    final Machine machine;
    final DriftingClock clock;
    private final SimGrid grid;
    private final long startId;
    private final UnsafeBuffer wrapper = new UnsafeBuffer(0, 0);
    private final ArrayDeque<Message> inbox = new ArrayDeque<>();
    private final Int2ObjectHashMap<ClientSink> sinks = new Int2ObjectHashMap<>();
    private final SessionDoor sessions = new SessionDoor();
    private final MemoryBudget budget;
    private AgentMemory memory;
    private AgentPartitions partitions;
    private ControlView latest;
    private ControlView hinted;
    private Member self;
    private long heardHostNs = Long.MIN_VALUE / 2;
    private boolean isOver;

    Life(final SimGrid grid, final Machine machine, final long startId, final DriftingClock clock)
    {
        this.grid = grid;
        this.machine = machine;
        this.startId = startId;
        this.clock = clock;
        this.budget = new MemoryBudget(grid.plan().memoryOf(machine.index()));
    }

    /**
     * @return member that it is, or null until it has joined.
     */
    public Member self()
    {
        return self;
    }

    /**
     * @return its data plane, or null until it has joined.
     */
    public AgentPartitions partitions()
    {
        return partitions;
    }

    /**
     * @return memory of its data agent.
     */
    public AgentMemory memory()
    {
        return memory;
    }

    /**
     * @return what its memory is bound by.
     */
    public MemoryBudget budget()
    {
        return budget;
    }

    /**
     * @return its clock.
     */
    public DriftingClock clock()
    {
        return clock;
    }

    /**
     * @return the view that it has, or null before the first.
     */
    public ControlView view()
    {
        return latest;
    }

    boolean isReachable()
    {
        return grid.timeline().nowNs() - heardHostNs < REACHABLE_NS;
    }

    void onMessage(final Message message)
    {
        inbox.add(message);
    }

    /**
     * The part of the node that speaks with the control plane.
     */
    void askHost()
    {
        if (self == null && latest != null)
        {
            final String key = Places.key(machine.index());
            final long after = latest.members().stream()
                .filter((member) -> member.key().equals(key)).mapToLong(Member::incarnation).findFirst().orElse(0);
            toHost(new ControlCommand.Join(key, "", 1, "", 1, startId, after));
        }
        toHost(new ControlHost.Question(latest == null ? -1 : latest.version()));
    }

    void toHost(final Object payload)
    {
        grid.network().send(
            machine.index(), Places.HOST, Places.CONTROL_CHANNEL, payload, SMALL, clock.spentNs());
    }

    /**
     * @return whether there is more to do at once.
     */
    boolean cycle()
    {
        final long nowNs = clock.nanoTime();
        if (hinted != null)
        {
            learn(hinted);
            hinted = null;
        }
        for (int i = 0; i < TAKEN_AT_ONCE && !inbox.isEmpty(); i++)
        {
            final Message message = inbox.poll();
            message.take();
            onPayload(message.from(), message.payload(), nowNs);
        }
        if (partitions != null)
        {
            sessions.now(nowNs);
            partitions.onReplication(nowNs);
            partitions.onUpkeep(nowNs);
            if (partitions.isBroken())
            {
                throw new Violation(Places.key(machine.index()) + " broke in the middle of an entry");
            }
        }
        return !inbox.isEmpty();
    }

    /**
     * A peer told of a later state; it is taken up with the next cycle.
     */
    void hint(final ControlView view)
    {
        hinted = hinted == null || view.version() > hinted.version() ? view : hinted;
    }

    private void learn(final ControlView view)
    {
        if (latest == null || view.version() > latest.version())
        {
            latest = view;
            final long nowNs = clock.nanoTime();
            if (self == null)
            {
                begin(view);
            }
            if (partitions != null)
            {
                partitions.onControl(view, nowNs);
            }
        }
    }

    /**
     * The process is gone, and its memory with it.
     */
    void end()
    {
        isOver = true;
        if (memory != null)
        {
            Inspection.discard(memory);
        }
    }

    private void begin(final ControlView view)
    {
        for (final Member member : view.members())
        {
            if (member.startId() == startId && member.key().equals(Places.key(machine.index())))
            {
                self = member;
                memory = new AgentMemory(budget, grid.plan().limits().maxEntryLength(), KeyHash::hash);
                partitions = grid.newPartitions(this, member, memory);
                partitions.sessionOwners(sessions);
                grid.trace().line(Places.key(machine.index()), "joined as %s", member);
            }
        }
    }

    private void onPayload(final int from, final Object payload, final long nowNs)
    {
        if (from == Places.HOST)
        {
            heardHostNs = grid.timeline().nowNs();
            if (payload instanceof ControlView view)
            {
                learn(view);
            }
        }
        else if (from >= Places.FIRST_CLIENT)
        {
            onClient(from, payload, nowNs);
        }
        else if (partitions != null)
        {
            final byte[] bytes = (byte[]) payload;
            wrapper.wrap(bytes);
            partitions.onPeer(wrapper, 0, bytes.length, nowNs);
        }
    }

    private void onClient(final int client, final Object payload, final long nowNs)
    {
        if (payload instanceof ControlHost.Question)
        {
            if (latest != null)
            {
                grid.network().send(machine.index(), client, Places.CLIENT_CHANNEL, latest, SMALL, clock.spentNs());
            }
        }
        else if (partitions != null)
        {
            final byte[] bytes = (byte[]) payload;
            wrapper.wrap(bytes);
            sessions.now(nowNs);
            sessions.onRequest(wrapper);
            partitions.onRequest(wrapper, 0, bytes.length, sinkOf(client), nowNs);
        }
    }

    private ClientSink sinkOf(final int client)
    {
        return sinks.computeIfAbsent(client, (place) -> new ClientSink(place, this::answer));
    }

    private void answer(final int client, final byte[] bytes)
    {
        if (!isOver)
        {
            grid.network().send(
                machine.index(), client, Places.CLIENT_CHANNEL, bytes, bytes.length, clock.spentNs());
        }
    }
}
