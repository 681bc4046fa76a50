package io.peregrine.node.partition;

import io.peregrine.node.codec.GiveUpDecoder;
import io.peregrine.node.codec.GiveUpEncoder;
import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.MessageHeaderEncoder;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.Replica;
import io.peregrine.node.replication.Leases;
import io.peregrine.node.replication.PeerSink;
import io.peregrine.node.replication.Self;
import org.agrona.DirectBuffer;

import java.util.List;

/**
 * What a decision of the control plane makes of this member's copies. Data agent's thread.
 * <p>
 * Epochs of a partition that nobody saw here may have had primaries that nobody knows of here. So where one was
 * skipped, every member that this one gave a lease to counts as one that led.
 */
final class Roles
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final GiveUpEncoder giveUp = new GiveUpEncoder();
    private final GiveUpDecoder gaveUp = new GiveUpDecoder();
    private final Self self;
    private final PeerPost post;
    private final Leases leases;
    private final Replies replies;

    Roles(final PeerPost post, final Leases leases, final Replies replies)
    {
        this.self = post.self();
        this.post = post;
        this.leases = leases;
        this.replies = replies;
    }

    /**
     * Take what was decided about a partition.
     */
    void decide(final Partition partition, final ControlView view, final long nowNs)
    {
        final Assignment next = view.assignments().get(partition.id());
        final Assignment old = partition.assignment();
        final List<Integer> plan = view.plan().get(partition.id());
        partition.decided(next, plan);
        if (view.members().get(self.memberId()).incarnation() != self.incarnation())
        {
            endLife(partition);
            return;
        }
        if (next.epoch() == old.epoch())
        {
            partition.lead().leastInSync(view.settings().minInSync());
            return;
        }

        final boolean isNextEpoch = next.epoch() == old.epoch() + 1;
        final Replica own = next.replicaOn(self.memberId());
        final boolean isInSync = own != null && own.incarnation() == self.incarnation();
        final boolean leads = isInSync && next.primary() == self.memberId();
        final boolean isLost = next.losses() != old.losses();
        final boolean isNewTerm = !(leads && partition.isLeading() && isNextEpoch && !isLost);
        noteGrants(partition, old, next, isNextEpoch, view);
        if (partition.isLeading() && isNewTerm)
        {
            partition.cease(replies);
            sendGiveUp(partition);
        }
        if (isLost)
        {
            partition.reset();
        }
        if (leads)
        {
            lead(partition, view, isNewTerm, heardTime(partition, old), nowNs);
        }
        else if (isInSync)
        {
            partition.beginToFollow();
        }
        else
        {
            partition.leave();
        }
    }

    /**
     * The control plane knows of another life of this member, or that this one is dead: it has a part in nothing.
     */
    private void endLife(final Partition partition)
    {
        if (partition.isLeading())
        {
            partition.cease(replies);
        }
        partition.leave();
    }

    private void lead(
        final Partition partition,
        final ControlView view,
        final boolean isNewTerm,
        final long heardTime,
        final long nowNs)
    {
        partition.takeLead(
            self.memberId(),
            memberId -> post.agentOf(memberId, partition.id()),
            view.settings().minInSync(),
            isNewTerm,
            heardTime,
            nowNs);
        partition.lead().refreshLease(leases);
        partition.advance();
        partition.serveIfReady(nowNs);
    }

    /**
     * A member says that it gave a partition up.
     */
    void onGiveUp(
        final Partition[] byNumber,
        final DirectBuffer buffer,
        final int offset,
        final MessageHeaderDecoder of,
        final int memberId,
        final long nowNs)
    {
        gaveUp.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final int number = gaveUp.partition();
        final Partition partition = number >= 0 && number < byNumber.length ? byNumber[number] : null;
        if (partition != null)
        {
            partition.waits().onGaveUp(memberId, gaveUp.epoch(), partition.epoch());
            partition.serveIfReady(nowNs);
        }
    }

    private void noteGrants(
        final Partition partition,
        final Assignment old,
        final Assignment next,
        final boolean isNextEpoch,
        final ControlView view)
    {
        if (isNextEpoch)
        {
            noteGrant(partition, old.primary(), next);
            return;
        }

        for (final Member member : view.members())
        {
            noteGrant(partition, member.id(), next);
        }
    }

    private void noteGrant(final Partition partition, final int memberId, final Assignment next)
    {
        if (memberId != self.memberId() && memberId != next.primary() && memberId != Assignment.NO_MEMBER)
        {
            final int agent = post.agentOf(memberId, partition.id());
            partition.waits().add(memberId, leases.grantOverNs(memberId, agent), next.epoch());
        }
    }

    /**
     * What was heard of another life of the old primary is of another clock.
     */
    private long heardTime(final Partition partition, final Assignment old)
    {
        final Replica led = old.replicaOn(old.primary());
        final Member now = led == null || led.memberId() == self.memberId() ? null : post.member(led.memberId());
        final long heardNs = now == null || now.incarnation() != led.incarnation() ?
            Leases.NONE : leases.heardNs(led.memberId(), post.agentOf(led.memberId(), partition.id()));
        return heardNs == Leases.NONE ? 0 : partition.follow().heardTime(heardNs);
    }

    private void sendGiveUp(final Partition partition)
    {
        final Member primary = post.member(partition.assignment().primary());
        final int length = HEADER + GiveUpEncoder.BLOCK_LENGTH;
        if (primary != null && primary.id() != self.memberId() &&
            post.claim(primary.id(), primary.agentOf(partition.id()), PeerSink.Stream.DATA, length))
        {
            giveUp.wrapAndApplyHeader(post.buffer(), post.offset(), header)
                .partition(partition.id())
                .epoch(partition.epoch());
            post.send(primary.incarnation());
        }
    }
}
