package io.peregrine.node.replication;

import io.peregrine.node.codec.BeatAnswerDecoder;
import io.peregrine.node.codec.BeatDecoder;
import io.peregrine.node.codec.Flag;
import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.Replica;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

import java.util.Arrays;

/**
 * All data agents of other nodes that this one has to do with: it beats to those that it shares partitions with, and
 * answers whoever beats. The view of the control plane has to come to this class and to the partitions in one step, as
 * answers say which version this agent goes by. Nothing is allocated but when a view or a new peer comes. Data agent's
 * thread.
 */
public final class PeerPairs implements Leases
{
    private static final PeerPair[] NOBODY = new PeerPair[0];

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BeatDecoder beat = new BeatDecoder();
    private final BeatAnswerDecoder answer = new BeatAnswerDecoder();
    private final Self self;
    private final Rules rules;
    private final ReplicationSettings settings;
    private final ControlPort control;
    private final NanoClock clock;
    private final BeatCodec codec;
    private final LoneLease lone;
    private final Wakefulness wakefulness;
    private PeerPair[][] byMember = new PeerPair[0][];
    private PeerPair[] all = NOBODY;
    private ControlView view;

    /**
     * @param self        of this agent.
     * @param replication of the grid.
     * @param lone        of this member.
     * @param nowNs       of the node's monotonic clock.
     */
    public PeerPairs(final Self self, final Replication replication, final LoneLease lone, final long nowNs)
    {
        this.self = self;
        this.rules = replication.rules();
        this.settings = replication.settings();
        this.control = replication.control();
        this.clock = replication.clock();
        this.codec = new BeatCodec(self, replication.network());
        this.lone = lone;
        this.wakefulness = new Wakefulness(settings, nowNs);
    }

    /**
     * @param newView that the partitions of this agent apply in the same step.
     * @param nowNs   of the node's monotonic clock.
     */
    public void onControl(final ControlView newView, final long nowNs)
    {
        view = newView;
        byMember = Arrays.copyOf(byMember, Math.max(byMember.length, view.members().size()));
        for (final PeerPair pair : all)
        {
            pair.life(view.members().get(pair.memberId()).incarnation(), nowNs);
            pair.held().onApplied(view.version());
        }

        final boolean[] wanted = new boolean[byMember.length * Member.MAX_AGENTS];
        if (isMember())
        {
            final int agents = view.members().get(self.memberId()).agents();
            for (int partition = self.agent(); partition < view.assignments().size(); partition += agents)
            {
                wantThoseOf(partition, wanted, nowNs);
            }
        }
        for (final PeerPair pair : all)
        {
            pair.want(wanted[pair.memberId() * Member.MAX_AGENTS + pair.agent()], nowNs);
        }
    }

    /**
     * The grant is noted by the clock as it is now: the time of the duty cycle may be from before the beat was sent.
     *
     * @param buffer with a Beat to this life of this node, from the life of its sender that is known here.
     * @param offset of its header.
     */
    public void onBeat(final DirectBuffer buffer, final int offset)
    {
        final long nowNs = clock.nanoTime();
        final PeerPair pair = sender(buffer, offset, nowNs);
        if (pair != null)
        {
            beat.wrapAndApplyHeader(buffer, offset, header);
            pair.onBeat(
                beat.sentAt(),
                beat.controlVersion(),
                beat.heardAgo(),
                beat.controlReachableRaw() == Flag.YES.value(),
                view.version(),
                nowNs);
            pair.work(codec, view.version(), control.isReachable(), nowNs);
        }
    }

    /**
     * @param buffer with a BeatAnswer to this life of this node, from the life of its sender that is known here.
     * @param offset of its header.
     * @param nowNs  of the node's monotonic clock.
     */
    public void onBeatAnswer(final DirectBuffer buffer, final int offset, final long nowNs)
    {
        final PeerPair pair = sender(buffer, offset, nowNs);
        if (pair != null)
        {
            answer.wrapAndApplyHeader(buffer, offset, header);
            pair.onAnswer(
                answer.sentAt(),
                answer.controlVersion(),
                answer.room(),
                answer.grantedRaw() == Flag.YES.value(),
                view.version(),
                nowNs);
        }
    }

    /**
     * Send the beats that are due.
     *
     * @param nowNs of the node's monotonic clock.
     * @return how many messages left.
     */
    public int work(final long nowNs)
    {
        wakefulness.onWork(nowNs);
        int work = 0;
        if (view != null)
        {
            final boolean isReachable = control.isReachable();
            for (final PeerPair pair : all)
            {
                work += pair.work(codec, view.version(), isReachable, nowNs);
            }
        }

        return work;
    }

    /**
     * Whoever asks to replace a primary makes sure first that it knows of no lease from here.
     *
     * @param replica of a partition on another node.
     * @param agent   of that node.
     * @param nowNs   of the node's monotonic clock.
     * @return whether it was given no lease for as long as it takes until it knows.
     */
    public boolean isSilent(final Replica replica, final int agent, final long nowNs)
    {
        final PeerPair pair = find(replica.memberId(), agent);
        return pair != null && wakefulness.isAwake(nowNs) && pair.isSilent(replica, nowNs) &&
            (replica.incarnation() == pair.incarnation() || areFormerOver(replica.memberId(), nowNs));
    }

    private boolean areFormerOver(final int memberId, final long nowNs)
    {
        for (final PeerPair pair : all)
        {
            if (pair.memberId() == memberId && !pair.given().isFormerOver(nowNs))
            {
                return false;
            }
        }

        return true;
    }

    /**
     * @param nowNs of the node's monotonic clock.
     * @return whether this agent has been at work long enough to blame others for what it has not heard.
     */
    boolean isAwake(final long nowNs)
    {
        return wakefulness.isAwake(nowNs);
    }

    /**
     * @param replica of a partition that this member leads, on another node.
     * @param agent   of that node.
     * @param nowNs   of the node's monotonic clock.
     * @return whether it cannot stay in the set: it lives another life, is silent, or gives no lease.
     */
    public boolean isFailing(final Replica replica, final int agent, final long nowNs)
    {
        final PeerPair pair = find(replica.memberId(), agent);
        return pair != null && wakefulness.isAwake(nowNs) && pair.isFailing(replica, nowNs);
    }

    /**
     * @param memberId     of another node.
     * @param agent        of it.
     * @param isReplacing  whether this agent has asked to replace it somewhere and does not know how that ended: it is
     *                     given no lease.
     */
    public void replacing(final int memberId, final int agent, final boolean isReplacing)
    {
        final PeerPair pair = find(memberId, agent);
        if (pair != null)
        {
            pair.given().withhold(isReplacing);
        }
    }

    @Override
    public long leaseUntilNs(final int memberId, final int agent)
    {
        final PeerPair pair = find(memberId, agent);
        return pair == null ? NONE : pair.held().untilNs();
    }

    /**
     * What former lives of the member were given counts whichever agent it was given to: a node may come back with
     * another number of them.
     */
    @Override
    public long grantOverNs(final int memberId, final int agent)
    {
        final PeerPair pair = find(memberId, agent);
        long lastNs = pair == null ? NONE : pair.given().lastGrantNs();
        for (final PeerPair each : all)
        {
            lastNs = each.memberId() == memberId ? Math.max(lastNs, each.given().formerGrantNs()) : lastNs;
        }

        return lastNs == NONE ? NONE : lastNs + settings.graceNs();
    }

    @Override
    public long heardNs(final int memberId, final int agent)
    {
        final PeerPair pair = find(memberId, agent);
        return pair == null ? NONE : pair.heardSentNs();
    }

    @Override
    public long loneUntilNs()
    {
        return lone.untilNs();
    }

    /**
     * @param pages that are free here, less those kept for entries on their way: what every peer is told next.
     */
    public void giveRoom(final long pages)
    {
        for (final PeerPair pair : all)
        {
            pair.giveRoom(pages);
        }
    }

    @Override
    public long room(final int memberId, final int agent)
    {
        final PeerPair pair = find(memberId, agent);
        return pair == null ? FOR_EVER : pair.room();
    }

    /**
     * @return all peers there ever were.
     */
    PeerPair[] all()
    {
        return all;
    }

    private boolean isMember()
    {
        return self.memberId() < view.members().size() &&
            view.members().get(self.memberId()).incarnation() == self.incarnation();
    }

    private void wantThoseOf(final int partition, final boolean[] wanted, final long nowNs)
    {
        final Assignment assignment = view.assignments().get(partition);
        if (assignment.replicaOn(self.memberId()) == null && !view.plan().get(partition).contains(self.memberId()))
        {
            return;
        }

        for (final Replica replica : assignment.inSync())
        {
            want(replica.memberId(), partition, wanted, nowNs);
        }
        for (final int planned : view.plan().get(partition))
        {
            want(planned, partition, wanted, nowNs);
        }
    }

    private void want(final int memberId, final int partition, final boolean[] wanted, final long nowNs)
    {
        if (memberId != self.memberId())
        {
            final int agent = view.members().get(memberId).agentOf(partition);
            pair(memberId, agent, nowNs);
            wanted[memberId * Member.MAX_AGENTS + agent] = true;
        }
    }

    /**
     * @return null when it is nobody that the view knows, or another life of it.
     */
    private PeerPair sender(final DirectBuffer buffer, final int offset, final long nowNs)
    {
        final int memberId = Envelope.member(buffer, offset);
        final int agent = Envelope.agent(buffer, offset);
        if (view == null || memberId < 0 || memberId >= view.members().size() || memberId == self.memberId() ||
            agent >= view.members().get(memberId).agents())
        {
            return null;
        }

        final PeerPair pair = pair(memberId, agent, nowNs);
        return pair.incarnation() == Envelope.incarnation(buffer, offset) &&
            self.incarnation() == Envelope.toIncarnation(buffer, offset) ? pair : null;
    }

    private PeerPair find(final int memberId, final int agent)
    {
        return memberId < byMember.length && byMember[memberId] != null && agent < byMember[memberId].length ?
            byMember[memberId][agent] : null;
    }

    private PeerPair pair(final int memberId, final int agent, final long nowNs)
    {
        PeerPair pair = find(memberId, agent);
        if (pair == null)
        {
            if (byMember[memberId] == null)
            {
                byMember[memberId] = new PeerPair[Member.MAX_AGENTS];
            }
            pair = new PeerPair(memberId, agent, view.members().get(memberId).incarnation(), rules, settings, nowNs);
            byMember[memberId][agent] = pair;
            all = Arrays.copyOf(all, all.length + 1);
            all[all.length - 1] = pair;
        }

        return pair;
    }
}
