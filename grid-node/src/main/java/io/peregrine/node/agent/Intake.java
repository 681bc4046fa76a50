package io.peregrine.node.agent;

import io.peregrine.client.codec.FragmentDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.StructureRequestDecoder;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.partition.AgentPartitions;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;

import java.nio.ByteOrder;

/**
 * Takes requests of callers in this process out of the agent's ring and hands them on, with the caller's lane as the
 * sink for the answer. Puts long ones together first. A request that runs into a fault is answered with it, and the
 * next one is none the worse. Owned by the data agent.
 */
final class Intake implements MessageHandler
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int SHORTEST = HEADER + Long.BYTES;
    private static final int LIMIT = 64;
    private static final long MAX_ASSEMBLING = 256L << 20;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FragmentDecoder fragment = new FragmentDecoder();
    private final io.peregrine.client.port.MessageHandler whole = this::onWhole;
    private final NodeParts node;
    private final AgentHandle handle;
    private final AgentPartitions partitions;
    private final StructureDesk structures;
    private final LaneEnds ends;
    private final AgentCounters counters;
    private AgentLane lane;
    private ControlView view;
    private long nowNs;
    private long assembling;
    private Throwable fatal;

    Intake(
        final NodeParts node,
        final AgentHandle handle,
        final AgentPartitions partitions,
        final StructureDesk structures,
        final LaneEnds ends,
        final AgentCounters counters)
    {
        this.node = node;
        this.handle = handle;
        this.partitions = partitions;
        this.structures = structures;
        this.ends = ends;
        this.counters = counters;
    }

    /**
     * @return work done.
     */
    int poll(final long timeNs)
    {
        nowNs = timeNs;
        return handle.requests().read(this, LIMIT);
    }

    /**
     * Take what the control plane decided, if anything.
     *
     * @return work done.
     */
    int pollControl(final long timeNs)
    {
        final ControlView latest = node.gate().view();
        if (latest == view)
        {
            return 0;
        }

        view = latest;
        return partitions.onControl(latest, timeNs);
    }

    /**
     * @return the fault after which the node must not go on, or null.
     */
    Throwable fatal()
    {
        return fatal;
    }

    @Override
    public void onMessage(
        final int msgTypeId, final MutableDirectBuffer buffer, final int index, final int length)
    {
        lane = ends.end(msgTypeId);
        if (lane == null || lane.isMute() || fatal != null)
        {
            counters.repliesDropped++;
            return;
        }

        final boolean hadBacklog = lane.hasBacklog();
        try
        {
            onPiece(buffer, index, length);
        }
        catch (final Throwable fault)
        {
            onFault(fault, buffer, index, length);
        }
        ends.afterRequest(lane, hadBacklog);
    }

    private void onPiece(final DirectBuffer buffer, final int index, final int length)
    {
        if (length < SHORTEST)
        {
            return;
        }

        header.wrap(buffer, index);
        if (header.templateId() != FragmentDecoder.TEMPLATE_ID)
        {
            onWhole(buffer, index, length);
        }
        else if (header.blockLength() >= FragmentDecoder.BLOCK_LENGTH && isWellFormed(buffer, index, length))
        {
            onFragment(buffer, index);
        }
    }

    private boolean isWellFormed(final DirectBuffer buffer, final int index, final int length)
    {
        final int pieceAt = HEADER + header.blockLength() + FragmentDecoder.pieceHeaderLength();
        if (length < pieceAt)
        {
            return false;
        }

        fragment.wrap(buffer, index + HEADER, header.blockLength(), header.version());
        return fragment.pieceLength() == length - pieceAt;
    }

    private void onFragment(final DirectBuffer buffer, final int index)
    {
        final long correlationId = fragment.correlationId();
        final int total = fragment.totalLength();
        final boolean first = fragment.from() == 0;
        if (first)
        {
            assembling(Math.max(0, total));
            if (assembling > MAX_ASSEMBLING)
            {
                assembling(0);
                lane.assembler().reset();
                partitions.replies().refuse(lane, 0, correlationId, Reason.BACK_PRESSURE, false);
                return;
            }
        }
        if (!lane.assembler().onFragment(buffer, index, header, whole))
        {
            assembling(0);
            if (first)
            {
                partitions.replies().refuse(lane, 0, correlationId, Reason.BATCH_TOO_LONG, false);
            }
        }
    }

    private void assembling(final int bytes)
    {
        assembling += bytes - lane.assembling();
        counters.assembling = assembling;
        lane.assembling(bytes);
    }

    private void onWhole(final DirectBuffer buffer, final int index, final int length)
    {
        assembling(0);
        pollControl(nowNs);
        header.wrap(buffer, index);
        if (lane.isChoked())
        {
            final long correlationId = buffer.getLong(index + HEADER, ByteOrder.LITTLE_ENDIAN);
            partitions.replies().refuse(lane, 0, correlationId, Reason.BACK_PRESSURE, false);
        }
        else if (header.templateId() == StructureRequestDecoder.TEMPLATE_ID)
        {
            structures.onRequest(buffer, index, length, header, lane);
        }
        else
        {
            partitions.onRequest(buffer, index, length, lane, nowNs);
        }
    }

    private void onFault(final Throwable fault, final DirectBuffer buffer, final int index, final int length)
    {
        node.errorHandler().onError(fault);
        lane.abort();
        if (partitions.isBroken() || fault instanceof VirtualMachineError)
        {
            fatal = fault;
        }
        if (length >= SHORTEST)
        {
            final long correlationId = buffer.getLong(index + HEADER, ByteOrder.LITTLE_ENDIAN);
            partitions.replies().refuse(lane, 0, correlationId, Reason.INTERNAL, true);
        }
    }
}
