package io.peregrine.node.partition;

import io.peregrine.client.codec.CloseSessionRequestDecoder;
import io.peregrine.client.codec.LockLookDecoder;
import io.peregrine.client.codec.LockRequestDecoder;
import io.peregrine.client.codec.MapReadRequestDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.OpenSessionRequestDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.ScanRequestDecoder;
import io.peregrine.client.codec.SizeRequestDecoder;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.replication.Replication;
import io.peregrine.node.replication.Self;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntArrayList;

import java.nio.ByteOrder;

/**
 * The partitions of one data agent: requests, decisions of the control plane and time come in, answers go out into the
 * sink that came with the request. The whole of it is driven by arguments, by one thread.
 */
public final class AgentPartitions implements AutoCloseable
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int SHORTEST = HEADER + Long.BYTES;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Partition[] byNumber;
    private final Partition[] owned;
    private final AgentMemory memory;
    private final Structures structures = new Structures();
    private final Tally tally;
    private final Replies replies;
    private final Writes writes;
    private final MapReads reads;
    private final Scans scans;
    private final Upkeep upkeep;
    private final SessionDesk sessions;
    private final LockDesk locks;
    private final Replicas replicas;
    private final Outcomes outcomes;
    private ControlView view;
    private long controlVersion = -1;

    /**
     * @param settings    what this agent owns and is bound by.
     * @param memory      of the agent.
     * @param replication with other nodes.
     */
    public AgentPartitions(final Settings settings, final AgentMemory memory, final Replication replication)
    {
        this.memory = memory;
        this.byNumber = new Partition[settings.limits().partitions()];
        this.owned = new Partition[settings.owned().length];
        this.tally = new Tally();
        this.replies = new Replies(tally);
        outcomes = new Outcomes(replies, new BatchReplies());
        final IntArrayList unsent = new IntArrayList();
        for (int i = 0; i < owned.length; i++)
        {
            owned[i] = new Partition(settings.owned()[i], memory, replication, outcomes, unsent, tally);
            byNumber[owned[i].id()] = owned[i];
        }

        final Entries entries = new Entries();
        final Reclaiming reclaiming = new Reclaiming(byNumber);
        final Room room = new Room(entries, memory, byNumber, reclaiming, tally, settings.limits().evict());
        final Desk desk = new Desk(
            structures, entries, outcomes, replies, room, reclaiming, settings.limits(), memory.hasher(), tally);
        this.writes = new Writes(desk);
        this.reads = new MapReads(desk);
        this.scans = new Scans(desk, byNumber);
        this.upkeep = new Upkeep(desk, owned);
        this.sessions = new SessionDesk(desk);
        this.locks = new LockDesk(desk);
        this.replicas = new Replicas(
            byNumber, owned, unsent, settings.self(), replication, replies, entries, memory, tally);
    }

    /**
     * What one agent owns and is bound by.
     *
     * @param self   what this agent is to others.
     * @param limits on requests.
     * @param owned  numbers of the partitions of this agent.
     */
    public record Settings(Self self, Limits limits, int[] owned)
    {
    }

    /**
     * Take what the control plane decided.
     *
     * @param newView of the control plane; one that is not newer than the one before is not taken.
     * @param nowNs   of the node's monotonic clock.
     * @return work done.
     */
    public int onControl(final ControlView newView, final long nowNs)
    {
        if (newView.version() <= controlVersion)
        {
            return 0;
        }

        view = newView;
        replies.controlVersion(view.version());
        structures.update(view, upkeep.dropped());
        replicas.onControl(view, nowNs);

        controlVersion = view.version();
        return 1;
    }

    /**
     * @return version of the control plane's state up to which nothing is left to do here, dropped structures
     *         included.
     */
    public long controlVersionDone()
    {
        return upkeep.isDropDone() ? controlVersion : -1;
    }

    /**
     * Carry out a request.
     *
     * @param buffer with the message.
     * @param offset where its header begins.
     * @param length of header and message.
     * @param sink   for the answer.
     * @param nowNs  of the node's monotonic clock.
     */
    public void onRequest(
        final DirectBuffer buffer, final int offset, final int length, final MessageSink sink, final long nowNs)
    {
        tally.requests++;
        if (length < SHORTEST)
        {
            return;
        }

        header.wrap(buffer, offset);
        final long correlationId = buffer.getLong(offset + HEADER, ByteOrder.LITTLE_ENDIAN);
        final int number = partitionOf(buffer, offset, length);
        final Partition partition = number >= 0 && number < byNumber.length ? byNumber[number] : null;
        if (partition == null || !partition.isServing())
        {
            if (!reads.onReplica(partition, replicas.positions(), buffer, offset, length, header, sink, nowNs))
            {
                onNotServed(number, correlationId, sink);
            }
        }
        else if (view.members().size() > 1 &&
            structures.mayCome(Addresses.structure(header, buffer, offset, length)))
        {
            replies.redirect(sink, number, correlationId, partition.assignment(), false);
        }
        else
        {
            dispatch(partition, buffer, offset, length, sink, nowNs);
        }
    }

    /**
     * Take a message of another node.
     *
     * @param buffer with the message.
     * @param offset where its header begins.
     * @param length of header and message.
     * @param nowNs  of the node's monotonic clock.
     */
    public void onPeer(final DirectBuffer buffer, final int offset, final int length, final long nowNs)
    {
        replicas.onMessage(buffer, offset, length, nowNs);
    }

    /**
     * Send what other copies are to have, and look after those that are led here.
     *
     * @param nowNs of the node's monotonic clock.
     * @return work done.
     */
    public int onReplication(final long nowNs)
    {
        return replicas.work(nowNs);
    }

    /**
     * Say who knows which sessions have clients that are there. Before the first request.
     *
     * @param owners of the sessions.
     */
    public void sessionOwners(final SessionOwners owners)
    {
        upkeep.sessionOwners(owners);
        outcomes.sessionOwners(owners);
    }

    /**
     * Do what is due without being asked.
     *
     * @param nowNs of the node's monotonic clock.
     * @return work done.
     */
    public int onUpkeep(final long nowNs)
    {
        return upkeep.work(nowNs);
    }

    /**
     * @return whether there are partitions that {@link #onUpkeep} has not looked at since its round began.
     */
    public boolean isUpkeepUnderWay()
    {
        return upkeep.isUnderWay();
    }

    /**
     * @param number    of a partition, of this agent or not.
     * @param sessionId of a session.
     * @return whether it is open.
     */
    public boolean hasSession(final int number, final long sessionId)
    {
        final Partition partition = number < 0 || number >= byNumber.length ? null : byNumber[number];
        return partition != null && partition.store().sessions().find(sessionId) != null;
    }

    /**
     * @param number of a partition.
     * @return it, or null when another agent owns it.
     */
    public Partition partition(final int number)
    {
        return byNumber[number];
    }

    /**
     * @return for answers to requests that are not for a partition.
     */
    public Replies replies()
    {
        return replies;
    }

    /**
     * @return what was counted so far.
     */
    public Tally tally()
    {
        return tally;
    }

    /**
     * @return whether a partition broke in the middle of an entry.
     */
    public boolean isBroken()
    {
        for (final Partition partition : owned)
        {
            if (partition.isBroken())
            {
                return true;
            }
        }

        return false;
    }

    /**
     * @return records in all maps.
     */
    public long records()
    {
        long records = 0;
        for (final Partition partition : owned)
        {
            records += partition.store().maps().size();
        }

        return records;
    }

    /**
     * @return sessions that are open.
     */
    public int sessions()
    {
        int sessions = 0;
        for (final Partition partition : owned)
        {
            sessions += partition.store().sessions().size();
        }

        return sessions;
    }

    /**
     * @return bytes of answers kept for requests that may be sent again.
     */
    public long replyCacheBytes()
    {
        long bytes = 0;
        for (final Partition partition : owned)
        {
            bytes += partition.store().sessions().resultBytes();
        }

        return bytes;
    }

    /**
     * Serve nothing any more and give the memory back.
     */
    @Override
    public void close()
    {
        for (final Partition partition : owned)
        {
            partition.cease(replies);
            partition.store().close();
        }

        memory.close();
    }

    private void onNotServed(final int number, final long correlationId, final MessageSink sink)
    {
        final Reason reason = Addresses.refusal(header, number, byNumber.length);
        if (reason == Reason.NOT_SERVING && view != null)
        {
            replies.redirect(sink, number, correlationId, view.assignments().get(number), false);
        }
        else
        {
            replies.refuse(sink, 0, correlationId, reason, false);
        }
    }

    private int partitionOf(final DirectBuffer buffer, final int offset, final int length)
    {
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID || HEADER + header.blockLength() > length)
        {
            return -1;
        }

        final int at = Addresses.partitionOffset(header.templateId(), header.blockLength());
        return at < 0 ? -1 : buffer.getInt(offset + HEADER + at, ByteOrder.LITTLE_ENDIAN);
    }

    private void dispatch(
        final Partition partition,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageSink sink,
        final long nowNs)
    {
        switch (header.templateId())
        {
            case MapReadRequestDecoder.TEMPLATE_ID:
                reads.onRead(partition, buffer, offset, length, header, sink, nowNs);
                break;
            case ScanRequestDecoder.TEMPLATE_ID:
                scans.onRequest(partition, buffer, offset, header, sink, nowNs);
                break;
            case LockRequestDecoder.TEMPLATE_ID, LockLookDecoder.TEMPLATE_ID:
                locks.onRequest(partition, buffer, offset, length, header, sink, nowNs);
                break;
            case OpenSessionRequestDecoder.TEMPLATE_ID:
                sessions.onOpen(partition, buffer, offset, header, sink, nowNs);
                break;
            case CloseSessionRequestDecoder.TEMPLATE_ID:
                sessions.onClose(partition, buffer, offset, header, sink, nowNs);
                break;
            case SizeRequestDecoder.TEMPLATE_ID:
                reads.onSize(partition, buffer, offset, header, sink);
                break;
            default:
                writes.onRequest(partition, buffer, offset, length, header, sink, nowNs);
                break;
        }
    }
}
