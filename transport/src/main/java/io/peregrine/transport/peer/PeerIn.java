package io.peregrine.transport.peer;

import io.aeron.Image;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;

/**
 * A stream that comes from another node, or from anybody: puts long messages together, no longer than allowed, and
 * drops what does not fit together. Data agent's thread.
 */
final class PeerIn
{
    /**
     * As long messages are rare, what one took is given back when it was longer than this, in bytes.
     */
    private static final int MOST_KEPT = 256 * 1024;

    final Image image;

    private final FragmentHandler fragmentHandler = this::onFragment;
    private final int maxMessage;
    private final long maxAssembling;
    private final PeerHandler handler;
    private final PeerTally tally;
    private ExpandableDirectByteBuffer whole;
    private int wholeLength;
    private int takenLength;

    PeerIn(final Image image, final PeerSettings settings, final PeerHandler handler, final PeerTally tally)
    {
        this.image = image;
        this.maxMessage = settings.maxMessage();
        this.maxAssembling = settings.maxAssembling();
        this.handler = handler;
        this.tally = tally;
    }

    int poll(final int limit)
    {
        return image.poll(fragmentHandler, limit);
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        final int flags = header.flags() & FrameDescriptor.UNFRAGMENTED;
        if (flags == FrameDescriptor.UNFRAGMENTED)
        {
            drop();
            tally.received++;
            handler.onMessage(buffer, offset, length);
            return;
        }
        if ((flags & FrameDescriptor.BEGIN_FRAG_FLAG) != 0)
        {
            begin(header.reservedValue());
        }
        if (wholeLength == 0 || length > wholeLength - takenLength)
        {
            tally.piecesDropped++;
            expect(0);
            return;
        }

        whole.putBytes(takenLength, buffer, offset, length);
        takenLength += length;
        if ((flags & FrameDescriptor.END_FRAG_FLAG) != 0)
        {
            end();
        }
    }

    private void begin(final long length)
    {
        drop();
        takenLength = 0;
        final boolean hasRoom = length > 0 && length <= maxMessage && tally.assembling + length <= maxAssembling;
        expect(hasRoom ? (int) length : 0);
        if (whole == null || wholeLength <= MOST_KEPT && whole.capacity() > MOST_KEPT)
        {
            whole = new ExpandableDirectByteBuffer(MOST_KEPT);
        }
    }

    private void end()
    {
        final int length = wholeLength;
        expect(0);
        if (takenLength == length)
        {
            tally.received++;
            handler.onMessage(whole, 0, length);
        }
        else
        {
            tally.piecesDropped++;
        }
    }

    /**
     * What was begun does not go on.
     */
    void drop()
    {
        if (wholeLength != 0)
        {
            tally.piecesDropped++;
            expect(0);
        }
    }

    private void expect(final int length)
    {
        tally.assembling += length - wholeLength;
        wholeLength = length;
    }
}
