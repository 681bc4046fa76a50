package io.peregrine.perf.sim.grid;

import io.peregrine.node.control.ControlView;
import io.peregrine.node.partition.AgentMemory;
import io.peregrine.node.partition.AgentPartitions;
import io.peregrine.node.partition.Inspection;
import io.peregrine.perf.sim.world.Message;
import io.peregrine.perf.sim.world.Violation;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayDeque;

/**
 * One data agent in one life of a node: takes what came for it, in the order in which it came.
 */
final class LifeAgent
{
    private static final int TAKEN_AT_ONCE = 16;

    private final UnsafeBuffer wrapper = new UnsafeBuffer(0, 0);
    private final ArrayDeque<Message> inbox = new ArrayDeque<>();
    private final Int2ObjectHashMap<ClientSink> sinks = new Int2ObjectHashMap<>();
    private final Life life;
    private final AgentMemory memory;
    private final AgentPartitions partitions;
    private final SessionDoor sessions;
    private final LinkEnds links;
    private ControlView taken;

    LifeAgent(
        final Life life, final AgentMemory memory, final AgentPartitions partitions, final SessionDoor sessions)
    {
        this.life = life;
        this.memory = memory;
        this.partitions = partitions;
        this.sessions = sessions;
        this.links = new LinkEnds(life, partitions, sessions);
        partitions.sessionOwners(sessions);
    }

    AgentMemory memory()
    {
        return memory;
    }

    AgentPartitions partitions()
    {
        return partitions;
    }

    void onMessage(final Message message)
    {
        inbox.add(message);
    }

    /**
     * @return whether there is more to do at once.
     */
    boolean cycle(final ControlView view)
    {
        final long nowNs = life.clock.nanoTime();
        life.copyClock.begin();
        if (taken == null || view.version() > taken.version())
        {
            taken = view;
            partitions.onControl(view, nowNs);
        }
        for (int i = 0; i < TAKEN_AT_ONCE && !inbox.isEmpty(); i++)
        {
            final Message message = inbox.poll();
            message.take();
            onMessage(message, nowNs);
        }

        sessions.now(nowNs);
        partitions.onReplication(nowNs);
        partitions.onUpkeep(nowNs);
        if (partitions.isBroken())
        {
            throw new Violation(Places.key(life.machine.index()) + " broke in the middle of an entry");
        }

        return !inbox.isEmpty();
    }

    void end()
    {
        Inspection.discard(memory);
    }

    private void onMessage(final Message message, final long nowNs)
    {
        if (message.payload() instanceof Letter letter)
        {
            sessions.now(nowNs);
            final byte[] bytes = sessions.take(letter.bytes(), partitions);
            wrapper.wrap(bytes);
            partitions.onRequest(wrapper, 0, bytes.length, sinkOf(message.from()), nowNs);
        }
        else if (message.payload() instanceof Parcel parcel)
        {
            sessions.now(nowNs);
            links.onParcel(message.from(), parcel, taken, nowNs);
        }
        else
        {
            final byte[] bytes = (byte[]) message.payload();
            wrapper.wrap(bytes);
            partitions.onPeer(wrapper, 0, bytes.length, nowNs);
        }
    }

    private ClientSink sinkOf(final int client)
    {
        return sinks.computeIfAbsent(
            client, (place) -> new ClientSink(place, (to, bytes) -> life.answer(to, bytes, bytes.length)));
    }
}
