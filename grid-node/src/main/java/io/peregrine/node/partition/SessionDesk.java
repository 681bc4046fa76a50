package io.peregrine.node.partition;

import io.peregrine.client.codec.CloseSessionRequestDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.OpenSessionRequestDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.port.MessageSink;
import io.peregrine.storage.session.Sessions;
import org.agrona.DirectBuffer;

/**
 * Opens and closes sessions; answered once the entry that does so is applied. One for all partitions of a data agent.
 */
final class SessionDesk
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    private final OpenSessionRequestDecoder open = new OpenSessionRequestDecoder();
    private final CloseSessionRequestDecoder close = new CloseSessionRequestDecoder();
    private final Desk desk;

    SessionDesk(final Desk desk)
    {
        this.desk = desk;
    }

    /**
     * Those whose entries are in the log and not applied count as open: apply never looks at the limit.
     */
    void onOpen(
        final Partition partition,
        final DirectBuffer buffer,
        final int offset,
        final MessageHeaderDecoder of,
        final MessageSink sink,
        final long nowNs)
    {
        open.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final long timeoutNs = open.timeout();
        final long correlationId = open.correlationId();
        if (timeoutNs <= 0 || timeoutNs > Limits.MAX_DURATION_NS)
        {
            desk.refuse(sink, partition, correlationId, Reason.EXPIRY_INVALID);
        }
        else if (partition.store().sessions().size() + partition.opening() >= Sessions.MAX_SESSIONS)
        {
            desk.refuse(sink, partition, correlationId, Reason.TOO_MANY_SESSIONS);
        }
        else if (!partition.hasRoom() || !partition.claim(Entries.SHORT_ENTRY))
        {
            desk.refuse(sink, partition, correlationId, Reason.BACK_PRESSURE);
        }
        else
        {
            final Stamp stamp = partition.stamp(desk.stamp, partition.time(nowNs));
            final int length = desk.entries.openSession(partition.buffer(), partition.offset(), stamp, timeoutNs);
            partition.append(length, correlationId, sink, 0);
        }
    }

    /**
     * A session that is not there is closed already.
     */
    void onClose(
        final Partition partition,
        final DirectBuffer buffer,
        final int offset,
        final MessageHeaderDecoder of,
        final MessageSink sink,
        final long nowNs)
    {
        close.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final long sessionId = close.sessionId();
        final long correlationId = close.correlationId();
        if (partition.store().sessions().find(sessionId) == null)
        {
            desk.replies.closed(sink, partition.id(), correlationId);
        }
        else if (!partition.hasRoom() || !partition.claim(Entries.SHORT_ENTRY))
        {
            desk.refuse(sink, partition, correlationId, Reason.BACK_PRESSURE);
        }
        else
        {
            final Stamp stamp = partition.stamp(desk.stamp, partition.time(nowNs));
            final int length = desk.entries.closeSession(partition.buffer(), partition.offset(), stamp, sessionId);
            partition.append(length, correlationId, sink, 0);
        }
    }
}
