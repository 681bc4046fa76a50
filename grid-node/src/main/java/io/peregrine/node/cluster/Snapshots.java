package io.peregrine.node.cluster;

import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.cluster.client.ClusterException;
import io.peregrine.node.control.wire.HostImage;
import io.peregrine.node.control.wire.HostMessage;
import io.peregrine.node.control.wire.HostReader;
import io.peregrine.node.control.wire.HostWriter;
import io.peregrine.node.control.wire.MalformedException;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The host's snapshots: its image in pieces. The container's thread.
 */
final class Snapshots
{
    private static final int FRAGMENTS = 10;

    private Snapshots()
    {
    }

    static void take(final HostImage image, final ExclusivePublication publication, final IdleStrategy idle)
    {
        final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer();
        final UnsafeBuffer message = new UnsafeBuffer(new byte[Pieces.MOST_MESSAGE]);
        final HostWriter writer = new HostWriter();
        final int total = image.encode(bytes);
        for (int at = 0; at < total; at += Pieces.LENGTH)
        {
            final byte[] piece = new byte[Math.min(Pieces.LENGTH, total - at)];
            bytes.getBytes(at, piece);
            final int length =
                writer.encode(new HostMessage.Piece(image.view().version(), total, at, piece), message, 0);
            offer(publication, message, length, idle);
        }
    }

    /**
     * @throws ClusterException where the snapshot is not whole or not one of ours: the seed does not start with it.
     */
    static HostImage load(final Image snapshot, final IdleStrategy idle)
    {
        final Loader loader = new Loader();
        final FragmentAssembler assembler =
            new FragmentAssembler((buffer, offset, length, header) -> loader.onMessage(buffer, offset, length));
        while (loader.image == null)
        {
            final int fragments = snapshot.poll(assembler, FRAGMENTS);
            if (loader.image == null && fragments == 0 && (snapshot.isEndOfStream() || snapshot.isClosed()))
            {
                throw new ClusterException("a snapshot of the control plane that ends too early");
            }
            idle.idle(fragments);
        }

        return loader.image;
    }

    private static void offer(
        final ExclusivePublication publication, final UnsafeBuffer message, final int length, final IdleStrategy idle)
    {
        idle.reset();
        long result = publication.offer(message, 0, length);
        while (result < 0)
        {
            if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED ||
                result == Publication.NOT_CONNECTED)
            {
                throw new ClusterException("a snapshot of the control plane could not be written: " +
                    Publication.errorString(result));
            }
            idle.idle();
            result = publication.offer(message, 0, length);
        }
    }

    /**
     * Puts an image together.
     */
    private static final class Loader
    {
        private final HostReader reader = new HostReader();
        private final Pieces pieces = new Pieces();
        private HostImage image;

        void onMessage(final DirectBuffer buffer, final int offset, final int length)
        {
            try
            {
                if (image == null && reader.decode(buffer, offset, length) instanceof HostMessage.Piece piece)
                {
                    final byte[] whole = pieces.onPiece(piece);
                    image = whole == null ? null : HostImage.decode(new UnsafeBuffer(whole), whole.length);
                }
            }
            catch (final MalformedException ex)
            {
                throw new ClusterException("a snapshot of the control plane that cannot be read", ex);
            }
        }
    }
}
