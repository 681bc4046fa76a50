package io.peregrine.node.partition;

import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.replication.Envelope;
import io.peregrine.node.replication.PeerNetwork;
import io.peregrine.node.replication.PeerSink;
import io.peregrine.node.replication.Self;
import org.agrona.MutableDirectBuffer;

/**
 * Where messages to other nodes are put. Data agent's thread.
 */
final class PeerPost
{
    private final Self self;
    private final PeerNetwork network;
    private ControlView view;
    private PeerSink sink;
    private int at;

    PeerPost(final Self self, final PeerNetwork network)
    {
        this.self = self;
        this.network = network;
    }

    Self self()
    {
        return self;
    }

    void view(final ControlView newView)
    {
        view = newView;
    }

    /**
     * @return the member in its present life, as far as is known here, or null.
     */
    Member member(final int memberId)
    {
        return view == null || memberId < 0 || memberId >= view.members().size() ?
            null : view.members().get(memberId);
    }

    int agentOf(final int memberId, final int partition)
    {
        final Member member = member(memberId);
        return member == null ? 0 : member.agentOf(partition);
    }

    /**
     * Claim room for a message; {@link #send} or {@link #abort} has to follow when there is.
     *
     * @return false when there is none now, or no way.
     */
    boolean claim(final int memberId, final int agent, final PeerSink.Stream stream, final int length)
    {
        sink = network.sinkTo(memberId, agent);
        at = sink == null ? PeerSink.NOT_CONNECTED : sink.tryClaim(stream, length);
        return at >= 0;
    }

    MutableDirectBuffer buffer()
    {
        return sink.buffer();
    }

    /**
     * @return where the message begins.
     */
    int offset()
    {
        return at;
    }

    /**
     * @param toIncarnation life of the receiver that is meant.
     */
    void send(final long toIncarnation)
    {
        Envelope.write(sink.buffer(), at, self, toIncarnation);
        sink.commit();
    }

    void abort()
    {
        sink.abort();
    }
}
