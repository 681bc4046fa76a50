package io.peregrine.node.gateway;

import io.peregrine.client.codec.FragmentDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.port.MessageHandler;
import io.peregrine.node.partition.SessionOwners;
import io.peregrine.transport.codec.DenialReason;
import io.peregrine.transport.link.LinkServerHandler;
import io.peregrine.transport.link.LinkTally;
import io.peregrine.transport.link.ServerLink;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.function.BooleanSupplier;

/**
 * What one data agent has for clients of other processes: takes the messages of their links, puts long requests
 * together, hands them on and sends the answers. A client that does not take its answers is not read any more, and
 * given up in the end; what all of them together may hold is limited. On the data agent's thread.
 */
public final class Gateway implements LinkServerHandler
{
    private static final int HEADER = RequestRules.HEADER;
    private static final int INITIAL_NOWHERE = 1024;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FragmentDecoder fragment = new FragmentDecoder();
    private final MessageHandler whole = this::onWhole;
    private final ExpandableArrayBuffer nowhere = new ExpandableArrayBuffer(INITIAL_NOWHERE);
    private final DelayedEnds delayed = new DelayedEnds();
    private final ArrayList<LinkEnd> ends = new ArrayList<>();
    private final GatewayTally tally = new GatewayTally();
    private final Assemblers assemblers;
    private final RequestDesk desk;
    private final GatewayLimits limits;
    private final BooleanSupplier isOpen;
    private final SessionBook book;
    private GatewayNetwork network = GatewayNetwork.NONE;
    private TagEnd current;
    private long nowNs;

    /**
     * A gateway without a network yet.
     *
     * @param desk       where requests are carried out.
     * @param limits     of what is held for clients.
     * @param partitions of the grid.
     * @param isOpen     whether requests are taken now.
     */
    public Gateway(
        final RequestDesk desk, final GatewayLimits limits, final int partitions, final BooleanSupplier isOpen)
    {
        this.desk = desk;
        this.limits = limits;
        this.isOpen = isOpen;
        assemblers = new Assemblers(limits.maxRequestLength());
        book = new SessionBook(partitions);
    }

    /**
     * Say where links come in.
     *
     * @param newNetwork driven and closed from here.
     * @return this.
     */
    public Gateway network(final GatewayNetwork newNetwork)
    {
        network = newNetwork;
        return this;
    }

    /**
     * Take in what came, and send what waits and finds room.
     *
     * @param timeNs of the node's monotonic clock.
     * @return work done.
     */
    public int work(final long timeNs)
    {
        nowNs = timeNs;
        final int work = network.work(timeNs);
        return delayed.size() == 0 ? work : work + delayed.send(timeNs);
    }

    /**
     * Give up what takes too long. Now and then.
     *
     * @param timeNs of the node's monotonic clock.
     */
    public void sweep(final long timeNs)
    {
        nowNs = timeNs;
        final long patienceNs = limits.patienceNs(tally.waiting);
        for (int i = delayed.size() - 1; i >= 0; i--)
        {
            final LinkEnd end = delayed.get(i);
            if (end.isOpen() && end.isStuck(timeNs, patienceNs))
            {
                end.link.end(DenialReason.TOO_SLOW, "answers were not taken for too long; take them faster");
            }
        }
        if (tally.pieces > 0)
        {
            for (int i = ends.size() - 1; i >= 0; i--)
            {
                ends.get(i).dropHalfRequests(timeNs, limits.pieceNs());
            }
        }
    }

    /**
     * Does no answer wait for room? Any thread; of the moment.
     *
     * @return whether all were sent.
     */
    public boolean isDrained()
    {
        return delayed.isEmpty();
    }

    /**
     * Who knows which sessions have clients that are there.
     *
     * @return for the partitions.
     */
    public SessionOwners owners()
    {
        return book;
    }

    /**
     * What was counted so far.
     *
     * @return the same object always.
     */
    public GatewayTally tally()
    {
        return tally;
    }

    /**
     * What was counted of links.
     *
     * @return null where there is no network.
     */
    public LinkTally linkTally()
    {
        return network.tally();
    }

    /**
     * Datagrams and messages that were dropped unread.
     *
     * @return a count.
     */
    public long dropped()
    {
        return network.dropped();
    }

    /**
     * Part from all clients and give everything back.
     */
    public void close()
    {
        network.close();
        network = GatewayNetwork.NONE;
    }

    @Override
    public void onOpen(final ServerLink link)
    {
        final LinkEnd end = new LinkEnd(link, limits.maxTags(), delayed, tally, nowhere, assemblers);
        link.attach(end);
        ends.add(end);
    }

    @Override
    public void onClosed(final ServerLink link)
    {
        final LinkEnd end = (LinkEnd) link.attachment();
        end.onGone();
        ends.remove(end);
    }

    @Override
    public boolean onMessage(
        final ServerLink link, final int tag, final DirectBuffer buffer, final int offset, final int length)
    {
        final LinkEnd end = (LinkEnd) link.attachment();
        if (end.backlog().isLong())
        {
            return false;
        }

        current = length < HEADER ? null : end.tag(tag);
        if (current == null || !RequestRules.isAnswerable(header.wrap(buffer, offset), length))
        {
            tally.badMessages++;
            link.end(DenialReason.MALFORMED, "a message came that is none of the client's schema, or has no tag");
        }
        else if (header.templateId() == FragmentDecoder.TEMPLATE_ID)
        {
            onFragment(buffer, offset, length);
        }
        else
        {
            onWhole(buffer, offset, length);
        }

        return true;
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length)
    {
        if (!RequestRules.isPiece(fragment, header, buffer, offset, length))
        {
            tally.droppedPieces++;
            return;
        }

        final long correlationId = fragment.correlationId();
        final boolean isFirst = fragment.from() == 0;
        final int total = fragment.totalLength();
        if (isFirst)
        {
            current.half(0, nowNs);
            if (total > 0 && total <= limits.maxRequestLength() && !hasRoomFor(total))
            {
                current.letGo();
                current.onRequest();
                refuse(correlationId, Reason.TOO_MANY_IN_FLIGHT);
                return;
            }
            current.half(Math.max(0, Math.min(total, limits.maxRequestLength())), nowNs);
        }
        current.onPiece(nowNs);
        if (!current.assembler().onFragment(buffer, offset, header, whole))
        {
            tally.droppedPieces++;
            current.half(0, nowNs);
            if (isFirst)
            {
                current.onRequest();
                refuse(correlationId, Reason.BATCH_TOO_LONG);
            }
        }
        if (!current.isHalf())
        {
            current.letGo();
        }
    }

    private boolean hasRoomFor(final int bytes)
    {
        final LinkEnd end = current.end();
        return tally.pieces + bytes <= limits.maxPieces() && end.pieces + bytes <= limits.maxPiecesOfLink() &&
            end.halfRequests < GatewayLimits.MAX_HALF_REQUESTS;
    }

    private void onWhole(final DirectBuffer buffer, final int offset, final int length)
    {
        tally.requests++;
        if (current.isHalf())
        {
            current.half(0, nowNs);
        }
        if (length < RequestRules.SHORTEST)
        {
            tally.badMessages++;
            return;
        }

        final int inFlight = current.onRequest();
        header.wrap(buffer, offset);
        final long correlationId = buffer.getLong(offset + HEADER, ByteOrder.LITTLE_ENDIAN);
        if (!isOpen.getAsBoolean())
        {
            refuse(correlationId, Reason.CLOSED);
        }
        else if (inFlight > limits.maxInFlight() ||
            !limits.isRoomForAnswers(tally.waiting, !current.end().backlog().isEmpty()))
        {
            refuse(correlationId, Reason.TOO_MANY_IN_FLIGHT);
        }
        else if (!RequestRules.isAnswerable(header, length))
        {
            refuse(correlationId, Reason.MALFORMED);
        }
        else
        {
            onRequest(buffer, offset, length, correlationId);
        }
    }

    private void onRequest(final DirectBuffer buffer, final int offset, final int length, final long correlationId)
    {
        if (RequestRules.sessionTimeout(header, buffer, offset, length) > limits.maxSessionNs())
        {
            refuse(correlationId, Reason.EXPIRY_INVALID);
        }
        else if (isOwnSession(buffer, offset, length))
        {
            desk.onRequest(buffer, offset, length, current, nowNs);
        }
        else
        {
            tally.foreignSessions++;
            refuse(correlationId, Reason.SESSION_EXPIRED);
        }
    }

    private boolean isOwnSession(final DirectBuffer buffer, final int offset, final int length)
    {
        final int at = RequestRules.sessionOffset(header, length);
        final long sessionId = at < 0 ? 0 : buffer.getLong(offset + at, ByteOrder.LITTLE_ENDIAN);
        return sessionId == 0 ? !RequestRules.needsSession(header, buffer, offset, length) :
            book.speaks(RequestRules.partition(header, buffer, offset), sessionId, current.end(), desk);
    }

    private void refuse(final long correlationId, final Reason reason)
    {
        tally.refused++;
        desk.refuse(current, correlationId, reason);
    }
}
