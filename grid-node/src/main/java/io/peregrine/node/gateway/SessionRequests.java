package io.peregrine.node.gateway;

import io.peregrine.client.codec.CloseSessionReplyEncoder;
import io.peregrine.client.codec.CloseSessionRequestDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.OpenSessionReplyEncoder;
import io.peregrine.client.codec.OpenSessionRequestDecoder;
import io.peregrine.client.codec.Reason;
import org.agrona.DirectBuffer;

/**
 * Opens and closes sessions for clients. On the data agent's thread.
 */
final class SessionRequests
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    private final OpenSessionRequestDecoder open = new OpenSessionRequestDecoder();
    private final CloseSessionRequestDecoder close = new CloseSessionRequestDecoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OpenSessionReplyEncoder opened = new OpenSessionReplyEncoder();
    private final CloseSessionReplyEncoder closed = new CloseSessionReplyEncoder();
    private final SessionBook book;
    private final RequestDesk desk;
    private final long maxTimeoutNs;

    SessionRequests(final SessionBook book, final RequestDesk desk, final long maxTimeoutNs)
    {
        this.book = book;
        this.desk = desk;
        this.maxTimeoutNs = maxTimeoutNs;
    }

    void onOpen(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageHeaderDecoder of,
        final TagEnd tag,
        final long correlationId,
        final long nowNs)
    {
        if (of.blockLength() < OpenSessionRequestDecoder.BLOCK_LENGTH || HEADER + of.blockLength() > length)
        {
            desk.refuse(tag, correlationId, Reason.MALFORMED);
            return;
        }

        open.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final int partition = open.partition();
        final long result = open.timeout() > maxTimeoutNs ?
            -Reason.EXPIRY_INVALID.value() : desk.openSession(partition, open.timeout(), nowNs);
        if (result < 0)
        {
            desk.refuse(tag, correlationId, Reason.get((short) -result));
            return;
        }

        book.opened(partition, result, tag.end());
        final int at = tag.tryClaim(partition, HEADER + OpenSessionReplyEncoder.BLOCK_LENGTH);
        opened.wrapAndApplyHeader(tag.buffer(), at, header).correlationId(correlationId).sessionId(result);
        tag.commit();
    }

    void onClose(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageHeaderDecoder of,
        final TagEnd tag,
        final long correlationId,
        final long nowNs)
    {
        if (of.blockLength() < CloseSessionRequestDecoder.BLOCK_LENGTH || HEADER + of.blockLength() > length)
        {
            desk.refuse(tag, correlationId, Reason.MALFORMED);
            return;
        }

        close.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final int partition = close.partition();
        final long sessionId = close.sessionId();
        if (desk.hasSession(partition, sessionId))
        {
            if (!book.speaks(partition, sessionId, tag.end(), desk))
            {
                tag.end().tally.foreignSessions++;
                desk.refuse(tag, correlationId, Reason.SESSION_EXPIRED);
                return;
            }
            if (!desk.closeSession(partition, sessionId, nowNs))
            {
                desk.refuse(tag, correlationId, Reason.BACK_PRESSURE);
                return;
            }
            book.closed(partition, sessionId);
        }

        final int at = tag.tryClaim(partition, HEADER + CloseSessionReplyEncoder.BLOCK_LENGTH);
        closed.wrapAndApplyHeader(tag.buffer(), at, header).correlationId(correlationId);
        tag.commit();
    }
}
