package io.peregrine.perf.sim.grid;

import io.peregrine.client.port.KeyHash;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.partition.AgentMemory;
import io.peregrine.node.partition.Partition;
import io.peregrine.perf.sim.world.CopyClock;
import io.peregrine.perf.sim.world.DriftingClock;
import io.peregrine.perf.sim.world.Message;
import io.peregrine.storage.memory.MemoryBudget;

import java.util.ArrayDeque;

/**
 * One life of a node: it asks to join, works in cycles of its data agents, and loses all it has when it ends. All its
 * agents are given their turns by one thread.
 */
public final class Life
{
    private static final int TAKEN_AT_ONCE = 16;
    private static final int SMALL = 64;
    private static final long REACHABLE_NS = 600_000_000;

    final Machine machine;
    final DriftingClock clock;
    final CopyClock copyClock;
    private final SimGrid grid;
    private final long startId;
    private final ArrayDeque<Message> inbox = new ArrayDeque<>();
    private final SessionDoor sessions;
    private final MemoryBudget[] budgets;
    private LifeAgent[] agents = new LifeAgent[0];
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
        this.copyClock = new CopyClock(clock, grid.plan().pieceNs());
        this.sessions = new SessionDoor(grid.rules());
        this.budgets = MemoryBudget.shares(machine.memoryBytes(), grid.plan().agentsOf(machine.index()));
    }

    /**
     * @return member that it is, or null until it has joined.
     */
    public Member self()
    {
        return self;
    }

    /**
     * @return that it runs on.
     */
    public Machine machine()
    {
        return machine;
    }

    /**
     * @return whether it has joined, and has copies.
     */
    public boolean hasJoined()
    {
        return agents.length > 0;
    }

    /**
     * @param number of a partition, once it has joined.
     * @return its copy.
     */
    public Partition partition(final int number)
    {
        return agentOf(number).partitions().partition(number);
    }

    /**
     * @param number of a partition, once it has joined.
     * @return memory of the data agent that it belongs to.
     */
    public AgentMemory memoryOf(final int number)
    {
        return agentOf(number).memory();
    }

    /**
     * @return bytes of memory that it has taken.
     */
    public long memoryTaken()
    {
        long taken = 0;
        for (final MemoryBudget budget : budgets)
        {
            taken += budget.reserved();
        }

        return taken;
    }

    /**
     * @return bytes of memory that it may take.
     */
    public long memoryLimit()
    {
        return budgets[0].limit();
    }

    /**
     * @return its clock.
     */
    public DriftingClock clock()
    {
        return clock;
    }

    boolean isReachable()
    {
        return grid.timeline().nowNs() - heardHostNs < REACHABLE_NS;
    }

    void onMessage(final Message message)
    {
        if (message.from() == Places.HOST || message.payload() instanceof ControlHost.Question)
        {
            inbox.add(message);
        }
        else if (!hasJoined())
        {
            message.take();
        }
        else if (message.payload() instanceof Letter letter)
        {
            agentOf(letter.partition()).onMessage(message);
        }
        else if (message.payload() instanceof Parcel parcel)
        {
            agents[parcel.agent() % agents.length].onMessage(message);
        }
        else
        {
            agents[Places.agentTo(message.channel()) % agents.length].onMessage(message);
        }
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
            final int count = grid.plan().agentsOf(machine.index());
            toHost(new ControlCommand.Join(key, key, 1, "", count, startId, after));
        }
        toHost(new ControlHost.Question(
            latest == null ? -1 : latest.version(),
            self == null ? Assignment.NO_MEMBER : self.id(),
            self == null ? 0 : self.incarnation()));
    }

    void toHost(final Object payload)
    {
        grid.network().send(
            machine.index(), Places.HOST, Places.CONTROL_CHANNEL, payload, SMALL, clock.spentNs());
    }

    /**
     * @param nowNs true time.
     * @return whether there is more to do at once.
     */
    boolean cycle(final long nowNs)
    {
        if (hinted != null)
        {
            learn(hinted);
            hinted = null;
        }
        for (int i = 0; i < TAKEN_AT_ONCE && !inbox.isEmpty(); i++)
        {
            final Message message = inbox.poll();
            message.take();
            onPayload(message.from(), message.payload());
        }

        boolean more = !inbox.isEmpty();
        for (int i = 0; i < agents.length; i++)
        {
            more |= !machine.isWedged(i, nowNs) && agents[i].cycle(latest);
        }
        return more;
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
            if (self == null)
            {
                begin(view);
            }
        }
    }

    /**
     * The process is gone, and its memory with it.
     */
    void end()
    {
        isOver = true;
        for (final LifeAgent agent : agents)
        {
            agent.end();
        }
    }

    private void begin(final ControlView view)
    {
        for (final Member member : view.members())
        {
            if (member.startId() == startId && member.key().equals(Places.key(machine.index())))
            {
                self = member;
                agents = new LifeAgent[member.agents()];
                for (int i = 0; i < agents.length; i++)
                {
                    final AgentMemory memory = new AgentMemory(
                        budgets[i], grid.plan().limits().maxEntryLength(), KeyHash::hash, grid.rules().store());
                    agents[i] = new LifeAgent(this, memory, grid.newPartitions(this, member, i, memory), sessions);
                }
                grid.trace().line(Places.key(machine.index()), "joined as %s", member);
            }
        }
    }

    private LifeAgent agentOf(final int partition)
    {
        return agents[partition % agents.length];
    }

    private void onPayload(final int from, final Object payload)
    {
        if (from == Places.HOST)
        {
            heardHostNs = grid.timeline().nowNs();
            if (payload instanceof ControlView view)
            {
                learn(view);
            }
        }
        else if (latest != null)
        {
            grid.network().send(machine.index(), from, Places.CLIENT_CHANNEL, latest, SMALL, clock.spentNs());
        }
    }

    void answer(final int client, final Object payload, final int length)
    {
        if (!isOver)
        {
            grid.network().send(
                machine.index(), client, Places.CLIENT_CHANNEL, payload, length, clock.spentNs());
        }
    }
}
