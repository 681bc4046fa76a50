package io.peregrine.node.agent;

import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.OrderRequestDecoder;
import io.peregrine.client.codec.PartitionsRequestDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.StatusRequestDecoder;
import io.peregrine.client.codec.StructureRequestDecoder;
import io.peregrine.client.codec.TableRequestDecoder;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.gateway.RequestDesk;
import io.peregrine.node.gateway.TableDesk;
import io.peregrine.node.partition.AgentPartitions;
import io.peregrine.node.peer.Peers;
import io.peregrine.transport.peer.PeerHandler;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * Hands whole requests to those who carry them out, wherever they came from. A request that runs into a fault is
 * answered with it, and the next one is none the worse. Owned by the data agent.
 */
final class Dispatch implements RequestDesk, PeerHandler
{
    static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    /**
     * Bytes of the shortest message that can be answered.
     */
    static final int SHORTEST = HEADER + Long.BYTES;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NodeParts node;
    private final AgentPartitions partitions;
    private final StructureDesk structures;
    private final StatusDesk status;
    private final TableDesk table;
    private final PartitionsDesk listing;
    private final OrderDesk orders;
    private final Peers peers;
    private final Views views;
    private ControlView view;
    private Throwable fatal;
    private long nowNs;

    Dispatch(
        final NodeParts node,
        final AgentPartitions partitions,
        final Peers peers,
        final StructureDesk structures,
        final StatusDesk status,
        final PartitionsDesk listing,
        final OrderDesk orders)
    {
        this.node = node;
        this.views = new Views(node.gate().control());
        this.peers = peers;
        this.partitions = partitions;
        this.structures = structures;
        this.status = status;
        this.listing = listing;
        this.orders = orders;
        table = new TableDesk(partitions.replies());
    }

    /**
     * Take what the control plane decided, if anything.
     *
     * @return work done.
     */
    int pollControl(final long timeNs)
    {
        int work = 0;
        for (ControlView next = views.next(view); next != null; next = views.next(view))
        {
            work += take(next, timeNs);
        }

        return work;
    }

    private int take(final ControlView next, final long timeNs)
    {
        view = next;
        if (peers != null && !peers.onControl(next))
        {
            fatal = new IllegalStateException("the grid has ended this node's life in it, as it was declared dead " +
                "or another node of this name joined: what it held is elsewhere; start it anew");
        }
        return partitions.onControl(next, timeNs);
    }

    /**
     * @param timeNs of the node's monotonic clock, for the messages of other nodes that come next.
     */
    void nowNs(final long timeNs)
    {
        nowNs = timeNs;
    }

    @Override
    public void onMessage(final DirectBuffer buffer, final int offset, final int length)
    {
        try
        {
            partitions.onPeer(buffer, offset, length, nowNs);
        }
        catch (final Throwable fault)
        {
            note(fault);
        }
    }

    /**
     * @return the fault after which the node must not go on, or null.
     */
    Throwable fatal()
    {
        return fatal;
    }

    @Override
    public void onRequest(
        final DirectBuffer buffer, final int offset, final int length, final MessageSink sink, final long nowNs)
    {
        try
        {
            pollControl(nowNs);
            header.wrap(buffer, offset);
            switch (header.schemaId() == MessageHeaderDecoder.SCHEMA_ID ? header.templateId() : 0)
            {
                case StructureRequestDecoder.TEMPLATE_ID:
                    structures.onRequest(buffer, offset, length, header, sink);
                    break;
                case StatusRequestDecoder.TEMPLATE_ID:
                    status.onRequest(buffer, offset, length, header, sink, nowNs);
                    break;
                case PartitionsRequestDecoder.TEMPLATE_ID:
                    listing.onRequest(buffer, offset, length, header, sink, view);
                    break;
                case OrderRequestDecoder.TEMPLATE_ID:
                    orders.onRequest(buffer, offset, length, header, sink);
                    break;
                case TableRequestDecoder.TEMPLATE_ID:
                    table.onRequest(buffer, offset, length, header, sink, view);
                    break;
                default:
                    partitions.onRequest(buffer, offset, length, sink, nowNs);
                    break;
            }
        }
        catch (final Throwable fault)
        {
            onFault(fault, buffer, offset, length, sink);
        }
    }

    @Override
    public void refuse(final MessageSink sink, final long correlationId, final Reason reason)
    {
        partitions.replies().refuse(sink, 0, correlationId, reason, false);
    }

    @Override
    public boolean hasSession(final int number, final long sessionId)
    {
        return partitions.hasSession(number, sessionId);
    }

    void onFault(
        final Throwable fault,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageSink sink)
    {
        sink.abort();
        note(fault);
        if (length >= SHORTEST)
        {
            final long correlationId = buffer.getLong(offset + HEADER, ByteOrder.LITTLE_ENDIAN);
            partitions.replies().refuse(sink, 0, correlationId, Reason.INTERNAL, true);
        }
    }

    private void note(final Throwable fault)
    {
        node.errorHandler().onError(fault);
        if (partitions.isBroken() || fault instanceof VirtualMachineError)
        {
            fatal = fault;
        }
    }
}
