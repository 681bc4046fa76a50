package io.peregrine.client.port;

import io.peregrine.client.codec.FragmentDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Puts the pieces of long messages of one sender together. Single-threaded. Holds memory for one message only while
 * that is incomplete, or is not longer than {@link #KEEP}.
 */
public final class Assembler
{
    /**
     * The largest buffer in bytes that is kept for the next message.
     */
    public static final int KEEP = 64 * 1024;

    /**
     * The longest answer in bytes that anybody may send: a page of a scan with a single long entry is below it.
     */
    public static final int LONGEST_ANSWER = 64 * 1024 * 1024;

    private final FragmentDecoder fragment = new FragmentDecoder();
    private final int maxLength;
    private ExpandableArrayBuffer message;
    private int received;
    private int totalLength;
    private long correlationId;

    /**
     * Nothing received yet.
     *
     * @param maxLength the longest message to take, in bytes.
     */
    public Assembler(final int maxLength)
    {
        this.maxLength = maxLength;
    }

    /**
     * The room that a message needs whose variable parts have these lengths in all.
     *
     * @param variableLength bytes of keys, values and other variable parts, of a request or answer for one entry.
     * @return an upper bound.
     */
    public static int lengthFor(final int variableLength)
    {
        return variableLength + 256;
    }

    /**
     * Take a piece, and hand the message on when it is complete. A piece out of order, or of a message that is too long
     * or has no sense, drops the message that it belongs to.
     *
     * @param buffer  with a Fragment.
     * @param offset  where its header begins.
     * @param header  wrapped over it.
     * @param handler of the complete message.
     * @return false if the piece and its message were dropped.
     */
    public boolean onFragment(
        final DirectBuffer buffer,
        final int offset,
        final MessageHeaderDecoder header,
        final MessageHandler handler)
    {
        fragment.wrap(
            buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH, header.blockLength(), header.version());
        if (fragment.from() == 0)
        {
            begin();
        }
        final int length = fragment.pieceLength();
        if (!fits(length))
        {
            reset();
            return false;
        }
        fragment.getPiece(message, received, length);
        received += length;
        if (received == totalLength)
        {
            complete(handler);
        }
        return true;
    }

    /**
     * Forget an incomplete message.
     */
    public void reset()
    {
        received = 0;
        totalLength = 0;
        if (message != null && message.capacity() > KEEP)
        {
            message = null;
        }
    }

    private void begin()
    {
        received = 0;
        totalLength = fragment.totalLength();
        correlationId = fragment.correlationId();
        if (totalLength > maxLength)
        {
            totalLength = 0;
        }
        else if (totalLength > 0 && (message == null || message.capacity() < totalLength))
        {
            message = new ExpandableArrayBuffer(totalLength);
        }
    }

    private boolean fits(final int length)
    {
        return length > 0 &&
            fragment.correlationId() == correlationId &&
            fragment.from() == received &&
            fragment.totalLength() == totalLength &&
            length <= totalLength - received;
    }

    private void complete(final MessageHandler handler)
    {
        final int length = received;
        received = 0;
        totalLength = 0;
        try
        {
            handler.onMessage(message, 0, length);
        }
        finally
        {
            reset();
        }
    }
}
