package io.peregrine.node.peer;

import io.peregrine.node.replication.PeerSink;
import io.peregrine.transport.peer.PeerOut;
import io.peregrine.transport.peer.PeerWay;
import org.agrona.MutableDirectBuffer;

/**
 * The streams to one data agent of another node. Data agent's thread.
 */
final class WayToPeer implements PeerSink
{
    static
    {
        if (PeerOut.BACK_PRESSURED != BACK_PRESSURED || PeerOut.NOT_CONNECTED != NOT_CONNECTED)
        {
            throw new IllegalStateException("the codes of replication and transport differ");
        }
    }

    private final PeerWay way;
    private PeerOut current;

    WayToPeer(final PeerWay way)
    {
        this.way = way;
    }

    PeerWay way()
    {
        return way;
    }

    @Override
    public int tryClaim(final Stream stream, final int length)
    {
        current = way.stream(stream.ordinal());
        return current.tryClaim(length);
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return current.buffer();
    }

    @Override
    public void commit()
    {
        current.commit();
    }

    @Override
    public void abort()
    {
        current.abort();
    }
}
