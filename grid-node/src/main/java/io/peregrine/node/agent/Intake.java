package io.peregrine.node.agent;

import io.peregrine.client.codec.FragmentDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;

import java.nio.ByteOrder;

/**
 * Takes requests of callers in this process out of the agent's ring and hands them on, with the caller's lane as the
 * sink for the answer. Puts long ones together first. Owned by the data agent.
 */
final class Intake implements MessageHandler
{
    private static final int HEADER = Dispatch.HEADER;
    private static final int LIMIT = 64;
    private static final long MAX_ASSEMBLING = 256L << 20;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FragmentDecoder fragment = new FragmentDecoder();
    private final io.peregrine.client.port.MessageHandler whole = this::onWhole;
    private final AgentHandle handle;
    private final Dispatch dispatch;
    private final LaneEnds ends;
    private final AgentCounters counters;
    private AgentLane lane;
    private long nowNs;
    private long assembling;

    Intake(final AgentHandle handle, final Dispatch dispatch, final LaneEnds ends, final AgentCounters counters)
    {
        this.handle = handle;
        this.dispatch = dispatch;
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

    @Override
    public void onMessage(
        final int msgTypeId, final MutableDirectBuffer buffer, final int index, final int length)
    {
        lane = ends.end(msgTypeId);
        if (lane == null || lane.isMute() || dispatch.fatal() != null)
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
            dispatch.onFault(fault, buffer, index, length, lane);
        }
        ends.afterRequest(lane, hadBacklog);
    }

    private void onPiece(final DirectBuffer buffer, final int index, final int length)
    {
        if (length < Dispatch.SHORTEST)
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
                dispatch.refuse(lane, correlationId, Reason.BACK_PRESSURE);
                return;
            }
        }
        if (!lane.assembler().onFragment(buffer, index, header, whole))
        {
            assembling(0);
            if (first)
            {
                dispatch.refuse(lane, correlationId, Reason.BATCH_TOO_LONG);
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
        if (lane.isChoked())
        {
            final long correlationId = buffer.getLong(index + HEADER, ByteOrder.LITTLE_ENDIAN);
            dispatch.refuse(lane, correlationId, Reason.BACK_PRESSURE);
        }
        else
        {
            dispatch.onRequest(buffer, index, length, lane, nowNs);
        }
    }
}
