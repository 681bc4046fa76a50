package io.peregrine.node.partition;

import io.peregrine.node.codec.Denial;
import io.peregrine.node.control.Replica;
import io.peregrine.node.partition.learning.CopyShares;
import io.peregrine.node.partition.learning.GiverHost;
import io.peregrine.node.partition.learning.Learner;
import io.peregrine.node.partition.learning.LearnerHost;
import io.peregrine.node.partition.learning.Slots;
import io.peregrine.node.partition.learning.SnapshotGiver;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.node.replication.Rules;
import io.peregrine.storage.log.PartitionLog;
import io.peregrine.storage.partition.PartitionStore;
import org.agrona.DirectBuffer;

/**
 * One partition as one that learns, or that others learn from. Data agent's thread.
 */
final class Learning implements GiverHost, LearnerHost
{
    private final Partition partition;
    private final AgentMemory memory;
    private final PeerPost members;
    private final LearningPost post;
    private final CopyShares shares;
    private final SnapshotGiver giver;
    private final Learner learner;
    private final long ackTimeoutNs;
    private long nowNs;

    Learning(
        final Partition partition,
        final AgentMemory memory,
        final PeerPost members,
        final LearningPost post,
        final Slots slots,
        final CopyShares shares,
        final ReplicationSettings settings)
    {
        this.partition = partition;
        this.memory = memory;
        this.members = members;
        this.post = post;
        this.shares = shares;
        this.giver = new SnapshotGiver(this, slots, shares.giving(), settings);
        this.learner = new Learner(this, settings);
        this.ackTimeoutNs = settings.ackTimeoutNs();
    }

    SnapshotGiver giver()
    {
        return giver;
    }

    Learner learner()
    {
        return learner;
    }

    /**
     * @return whether a snapshot waits, taken or given, as the agent has no time for it now.
     */
    boolean isPausing(final long timeNs)
    {
        return learner.isUnderWay() && !shares.taking().isFree(timeNs) || giver.isPausing();
    }

    int partition()
    {
        return partition.id();
    }

    /**
     * What was decided is taken: who is in the set learns no longer.
     */
    void onDecided()
    {
        if (partition.isLeading())
        {
            for (final Replica replica : partition.assignment().inSync())
            {
                giver.onJoined(replica.memberId());
            }
        }
    }

    void onRequest(
        final int memberId,
        final long incarnation,
        final int attempt,
        final int index,
        final long have,
        final long timeNs)
    {
        nowNs = timeNs;
        giver.onRequest(memberId, incarnation, attempt, index, have, timeNs);
    }

    /**
     * The log is short of room, or takes no entries of partitions that are led here: who holds it up begins again.
     *
     * @param isLogShort whether it has little room left; otherwise only those begin again that do not come on, as they
     *                   have no memory for more.
     */
    void letGo(final long timeNs, final boolean isLogShort)
    {
        if (partition.isLeading())
        {
            for (final Follower follower : partition.lead().followers().all())
            {
                if (follower.standing == Rules.Standing.LEARNER && follower.matched < partition.log().applied() &&
                    (isLogShort || timeNs - follower.progressNs >= ackTimeoutNs))
                {
                    giver.drop(follower.memberId());
                }
            }
        }
    }

    @Override
    public boolean isLackingCopies()
    {
        return partition.assignment().inSync().size() < partition.plan().size();
    }

    @Override
    public PartitionStore store()
    {
        return partition.store();
    }

    @Override
    public boolean reachesBack(final long sequence)
    {
        final PartitionLog log = partition.log();
        return sequence >= log.trimmed() && sequence <= log.committed() &&
            partition.entries().highest(log, sequence) == sequence;
    }

    @Override
    public void follow(final int memberId, final int attempt, final long sequence)
    {
        final Replica replica = new Replica(memberId, members.member(memberId).incarnation());
        final Followers followers = partition.lead().followers();
        followers.removeLearner(memberId);
        followers.addLearner(replica, members.agentOf(memberId, partition.id()), sequence, attempt, nowNs);
        partition.onUnsent();
    }

    @Override
    public void unfollow(final int memberId)
    {
        partition.lead().followers().removeLearner(memberId);
    }

    @Override
    public boolean mayBeInSync(final int memberId)
    {
        final Follower follower = partition.lead().followers().find(memberId);
        return partition.assignment().replicaOn(memberId) != null ||
            follower != null && follower.standing != Rules.Standing.LEARNER;
    }

    @Override
    public boolean sendChunk(
        final int memberId, final int attempt, final int index, final DirectBuffer buffer, final int length)
    {
        return post.chunk(partition, memberId, attempt, index, buffer, length);
    }

    @Override
    public void sendDenied(final int memberId, final int attempt, final Denial denial)
    {
        post.denied(partition, memberId, attempt, denial);
    }

    @Override
    public long have()
    {
        return learner.isLoading() ? SnapshotGiver.NOTHING_WHOLE : partition.log().committed();
    }

    @Override
    public PartitionStore newStore()
    {
        return memory.newStore(partition.id());
    }

    @Override
    public boolean hasRoomFor(final int bytes)
    {
        return memory.hasRoomForCopy(bytes);
    }

    @Override
    public void beginCopy(final PartitionStore store, final long sequence)
    {
        partition.beginCopy(store, sequence);
    }

    @Override
    public void dropCopy()
    {
        if (partition.log().last() != 0 || partition.store().sequence() != 0)
        {
            partition.clear();
        }
    }

    @Override
    public void ask(final int attempt, final int index, final long have)
    {
        post.ask(partition, attempt, index, have);
    }
}
