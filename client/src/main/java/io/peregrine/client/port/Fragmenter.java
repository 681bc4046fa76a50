package io.peregrine.client.port;

import io.peregrine.client.codec.FragmentEncoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import org.agrona.DirectBuffer;

/**
 * Sends a message of any length, in pieces where it is too long for one, as a continuation: {@link #resume} sends what
 * finds room now and remembers where it was. Single-threaded; one message at a time; the bytes of the message must stay
 * as they are until it is done.
 */
public final class Fragmenter
{
    /**
     * Bytes of a piece before its data: header, root block and length.
     */
    static final int OVERHEAD =
        MessageHeaderEncoder.ENCODED_LENGTH + FragmentEncoder.BLOCK_LENGTH + FragmentEncoder.pieceHeaderLength();

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final FragmentEncoder fragment = new FragmentEncoder();
    private DirectBuffer message;
    private int partition;
    private int offset;
    private int length;
    private int sent;
    private long correlationId;

    /**
     * Begin a message. Nothing is sent yet.
     *
     * @param newPartition     that it is for.
     * @param newCorrelationId of it.
     * @param newMessage       buffer with header and message.
     * @param newOffset        where.
     * @param newLength        bytes.
     */
    public void begin(
        final int newPartition,
        final long newCorrelationId,
        final DirectBuffer newMessage,
        final int newOffset,
        final int newLength)
    {
        partition = newPartition;
        correlationId = newCorrelationId;
        message = newMessage;
        offset = newOffset;
        length = newLength;
        sent = 0;
    }

    /**
     * Is there nothing left to send?
     *
     * @return true before the first message, and after each.
     */
    public boolean isDone()
    {
        return message == null;
    }

    /**
     * Has a part of the message been sent, and another not?
     *
     * @return true between the first piece and the last.
     */
    public boolean isHalfSent()
    {
        return message != null && sent > 0;
    }

    /**
     * Give the message up. The receiver drops what it has of it when the next one begins.
     */
    public void cancel()
    {
        message = null;
    }

    /**
     * Send as much as there is room for.
     *
     * @param sink to send by.
     * @return 0 when all is sent, otherwise the negative result of the claim that failed.
     */
    public int resume(final MessageSink sink)
    {
        final int max = sink.maxMessageLength();
        while (message != null)
        {
            final int result = length <= max ?
                sendWhole(sink) : sendPiece(sink, Math.min(length - sent, max - OVERHEAD));
            if (result < 0)
            {
                return result;
            }
        }
        return 0;
    }

    private int sendWhole(final MessageSink sink)
    {
        final int at = sink.tryClaim(partition, length);
        if (at >= 0)
        {
            sink.buffer().putBytes(at, message, offset, length);
            sink.commit();
            message = null;
        }
        return at;
    }

    private int sendPiece(final MessageSink sink, final int pieceLength)
    {
        final int at = sink.tryClaim(partition, OVERHEAD + pieceLength);
        if (at >= 0)
        {
            fragment.wrapAndApplyHeader(sink.buffer(), at, header)
                .correlationId(correlationId)
                .totalLength(length)
                .from(sent)
                .putPiece(message, offset + sent, pieceLength);
            sink.commit();
            sent += pieceLength;
            if (sent == length)
            {
                message = null;
            }
        }
        return at;
    }
}
