package io.peregrine.node.agent;

import io.peregrine.client.port.LocalReads;
import io.peregrine.client.port.RequestLane;
import io.peregrine.client.port.RequestPort;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.status.AtomicCounter;

import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The way to the data agents for callers in the process of the node.
 */
public final class EmbeddedPort implements RequestPort
{
    static final int NOT_DRIVEN_HERE = -1;

    private final Shard[] shards;
    private final AgentHandle[] agents;
    private final NodeGate gate;
    private final Lanes lanes;
    private final Settings settings;

    /**
     * What the port is made with.
     *
     * @param maxKeyLength   bytes of the longest key.
     * @param maxValueLength bytes of the longest value.
     * @param maxInFlight    unanswered requests of a lane.
     * @param idleStrategies for callers that wait.
     * @param driver         drives the node on the calling thread, or says that it is not to.
     * @param ringFull       counts requests that found no room.
     */
    public record Settings(
        int maxKeyLength,
        int maxValueLength,
        int maxInFlight,
        Supplier<IdleStrategy> idleStrategies,
        IntSupplier driver,
        AtomicCounter ringFull)
    {
    }

    EmbeddedPort(
        final Shard[] shards,
        final AgentHandle[] agents,
        final NodeGate gate,
        final Lanes lanes,
        final Settings settings)
    {
        this.shards = shards;
        this.agents = agents;
        this.gate = gate;
        this.lanes = lanes;
        this.settings = settings;
    }

    @Override
    public int partitions()
    {
        return shards.length;
    }

    @Override
    public int maxKeyLength()
    {
        return settings.maxKeyLength();
    }

    @Override
    public int maxValueLength()
    {
        return settings.maxValueLength();
    }

    @Override
    public RequestLane openLane()
    {
        return lanes.open(this);
    }

    @Override
    public LocalReads localReads(final int structureId)
    {
        return new NodeReads(structureId, shards, gate);
    }

    @Override
    public boolean isClosed()
    {
        return gate.isClosed();
    }

    boolean isOpen()
    {
        return gate.isOpen();
    }

    int agents()
    {
        return agents.length;
    }

    ManyToOneRingBuffer requests(final int partition)
    {
        return shards[partition].agent().requests();
    }

    int maxMessageLength()
    {
        return agents[0].requests().maxMsgLength();
    }

    int maxInFlight()
    {
        return settings.maxInFlight();
    }

    IdleStrategy newIdleStrategy()
    {
        return settings.idleStrategies().get();
    }

    void onRingFull()
    {
        settings.ringFull().increment();
    }

    /**
     * @return work done by driving the node on this thread, or {@link #NOT_DRIVEN_HERE}.
     */
    int drive()
    {
        return settings.driver().getAsInt();
    }
}
