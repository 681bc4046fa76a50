package io.peregrine.node.peer;

import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.MemberStatus;
import io.peregrine.node.control.Replica;
import io.peregrine.node.replication.PeerNetwork;
import io.peregrine.node.replication.PeerSink;
import io.peregrine.transport.peer.PeerHandler;
import io.peregrine.transport.peer.PeerStreams;
import io.peregrine.transport.peer.PeerTally;
import org.agrona.DirectBuffer;

import java.util.Arrays;
import java.util.function.Function;

/**
 * The ways of one data agent to those of all other members. Streams to a data agent are opened when something is to be
 * sent there for the first time, as most pairs share no partition, and closed when its member is gone, or has begun
 * another life; those to one that is not heard of any more are closed too, and opened again when something is to be
 * sent. Data agent's thread.
 */
public final class Peers implements PeerNetwork, PeerHandler, AutoCloseable
{
    private final PeerStreams streams;
    private final Runnable flush;
    private final Replica self;
    private Peer[] byMember = {};
    private PeerHandler inlet;

    /**
     * @param self    this node in its life.
     * @param streams makes the streams, which bring what comes to the handler that it is given; closed here.
     * @param flush   lets what was sent leave at once.
     */
    public Peers(final Replica self, final Function<PeerHandler, PeerStreams> streams, final Runnable flush)
    {
        this.self = self;
        this.flush = flush;
        this.streams = streams.apply(this);
    }

    /**
     * @param newInlet takes what other nodes, or anybody, sent. Before the first {@link #work}.
     */
    public void inlet(final PeerHandler newInlet)
    {
        inlet = newInlet;
    }

    /**
     * Take what the control plane decided.
     *
     * @param view of it.
     * @return whether this node is a member in this life of it.
     */
    public boolean onControl(final ControlView view)
    {
        if (byMember.length < view.members().size())
        {
            byMember = Arrays.copyOf(byMember, view.members().size());
        }
        for (final Member member : view.members())
        {
            final Peer known = byMember[member.id()];
            final boolean isThere = isThere(member);
            if (known != null && (!isThere || !known.isOf(member)))
            {
                known.close();
                byMember[member.id()] = null;
            }
            if (isThere && byMember[member.id()] == null)
            {
                byMember[member.id()] = new Peer(member);
            }
        }

        final Member here = view.members().get(self.memberId());
        return here.incarnation() == self.incarnation() && here.startId() != Member.NO_START;
    }

    @Override
    public PeerSink sinkTo(final int memberId, final int agent)
    {
        final Peer peer = memberId < 0 || memberId >= byMember.length ? null : byMember[memberId];
        return peer == null ? null : peer.way(agent);
    }

    /**
     * Take in what came, and go on with what could not leave.
     *
     * @param nowNs of the node's monotonic clock.
     * @return work done.
     */
    public int work(final long nowNs)
    {
        return streams.work(nowNs);
    }

    /**
     * Let what was sent leave now rather than with the next cycle.
     */
    public void flush()
    {
        flush.run();
    }

    /**
     * What was counted so far.
     *
     * @return the same object always.
     */
    public PeerTally tally()
    {
        return streams.tally();
    }

    @Override
    public void onMessage(final DirectBuffer buffer, final int offset, final int length)
    {
        inlet.onMessage(buffer, offset, length);
    }

    @Override
    public void close()
    {
        streams.close();
    }

    private boolean isThere(final Member member)
    {
        return member.id() != self.memberId() && !member.address().isEmpty() && member.startId() != Member.NO_START;
    }

    /**
     * Another member in one of its lives.
     */
    private final class Peer
    {
        private final String address;
        private final long incarnation;
        private final boolean isAbsent;
        private final WayToPeer[] ways;

        private Peer(final Member member)
        {
            address = member.address();
            incarnation = member.incarnation();
            isAbsent = member.status() == MemberStatus.ABSENT;
            ways = new WayToPeer[member.agents()];
        }

        private boolean isOf(final Member member)
        {
            return incarnation == member.incarnation() && address.equals(member.address()) &&
                isAbsent == (member.status() == MemberStatus.ABSENT);
        }

        private WayToPeer way(final int agent)
        {
            if (agent < 0 || agent >= ways.length)
            {
                return null;
            }
            if (ways[agent] == null)
            {
                ways[agent] = new WayToPeer(streams.open(address, agent));
            }

            return ways[agent];
        }

        private void close()
        {
            for (final WayToPeer way : ways)
            {
                if (way != null)
                {
                    streams.close(way.way());
                }
            }
        }
    }
}
