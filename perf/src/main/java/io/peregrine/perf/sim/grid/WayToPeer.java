package io.peregrine.perf.sim.grid;

import io.peregrine.node.replication.PeerSink;
import io.peregrine.perf.sim.world.DriftingClock;
import io.peregrine.perf.sim.world.Network;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The streams from a data agent to one of another node.
 */
final class WayToPeer implements PeerSink
{
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final Network network;
    private final DriftingClock clock;
    private final int from;
    private final int to;
    private final int agent;
    private final int toAgent;
    private Stream stream = Stream.DATA;
    private int length;

    WayToPeer(
        final Network network,
        final DriftingClock clock,
        final int from,
        final int agent,
        final int to,
        final int toAgent)
    {
        this.network = network;
        this.clock = clock;
        this.from = from;
        this.to = to;
        this.agent = agent;
        this.toAgent = toAgent;
    }

    @Override
    public int tryClaim(final Stream by, final int claimed)
    {
        final int room = network.room(from, to, Places.peerChannel(agent, toAgent, by), claimed);
        if (room != Network.SENT)
        {
            return room == Network.BACK_PRESSURED ? BACK_PRESSURED : NOT_CONNECTED;
        }

        buffer.checkLimit(claimed);
        stream = by;
        length = claimed;
        return 0;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    @Override
    public void commit()
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        network.send(from, to, Places.peerChannel(agent, toAgent, stream), bytes, length, clock.spentNs());
    }

    @Override
    public void abort()
    {
        length = 0;
    }
}
