package io.peregrine.node.partition;

import io.peregrine.node.codec.ChunkDecoder;
import io.peregrine.node.codec.Denial;
import io.peregrine.node.codec.LearnDeniedDecoder;
import io.peregrine.node.codec.LearnRequestDecoder;
import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Replica;
import io.peregrine.node.partition.learning.CopyShare;
import io.peregrine.node.partition.learning.CopyShares;
import io.peregrine.node.partition.learning.Givers;
import io.peregrine.node.partition.learning.Learnings;
import io.peregrine.node.partition.learning.Slots;
import io.peregrine.node.replication.Envelope;
import io.peregrine.node.replication.Replication;
import io.peregrine.node.replication.ReplicationSettings;
import org.agrona.DirectBuffer;

/**
 * The partitions of a data agent as those that learn, and that others learn from. Data agent's thread.
 */
final class LearningDesk
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    private static final Denial[] DENIALS =
        {Denial.NOT_PRIMARY, Denial.BUSY, Denial.BEGIN_AGAIN, Denial.TAKE_LOG};

    private final LearnRequestDecoder request = new LearnRequestDecoder();
    private final ChunkDecoder chunk = new ChunkDecoder();
    private final LearnDeniedDecoder denied = new LearnDeniedDecoder();
    private final Learning[] byNumber;
    private final Learning[] owned;
    private final Learnings learnings;
    private final CopyShare taking;
    private final Slots slots;
    private final Givers givers = new Givers();
    private final AgentMemory memory;
    private final PeerPost post;
    private final Tally tally;

    LearningDesk(
        final int partitions,
        final Partition[] owned,
        final AgentMemory memory,
        final PeerPost post,
        final Replication replication,
        final Tally tally)
    {
        final ReplicationSettings settings = replication.settings();
        this.byNumber = new Learning[partitions];
        this.owned = new Learning[owned.length];
        this.taking = newShare(replication);
        this.learnings = new Learnings(settings.maxLearning(), taking);
        this.memory = memory;
        this.post = post;
        this.tally = tally;
        this.slots = new Slots(settings.maxLearning());
        final CopyShares shares = new CopyShares(taking, newShare(replication));
        final LearningPost learningPost = new LearningPost(post);
        for (int i = 0; i < owned.length; i++)
        {
            final Learning learning = new Learning(owned[i], memory, post, learningPost, slots, shares, settings);
            this.owned[i] = learning;
            byNumber[owned[i].id()] = learning;
            owned[i].learning(learning);
            learnings.add(owned[i].id(), learning.learner());
            givers.add(learning.giver());
        }
    }

    /**
     * After the partitions have taken it.
     */
    void onControl(final ControlView view, final long nowNs)
    {
        for (final Learning learning : owned)
        {
            learning.onDecided();
        }

        learnings.onControl(view, new Replica(post.self().memberId(), post.self().incarnation()), nowNs);
    }

    /**
     * @return work done.
     */
    int work(final long nowNs)
    {
        final int work = learnings.work(nowNs);
        final boolean isLogShort = memory.isLogShort();
        final boolean isLogHeld = !memory.hasLogForOwn();
        if (isLogShort || isLogHeld)
        {
            for (final Learning learning : owned)
            {
                learning.letGo(nowNs, isLogShort);
            }
        }

        return slots.hasSessions() ? work + givers.work(nowNs) : work;
    }

    void onRequest(
        final DirectBuffer buffer,
        final int offset,
        final MessageHeaderDecoder of,
        final int memberId,
        final long nowNs)
    {
        tally.copyMessages++;
        request.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final Learning learning = find(request.partition());
        if (learning != null)
        {
            learning.onRequest(
                memberId,
                Envelope.incarnation(buffer, offset),
                request.attempt(),
                request.index(),
                request.have(),
                nowNs);
        }
    }

    void onChunk(
        final DirectBuffer buffer, final int offset, final int length, final MessageHeaderDecoder of, final long nowNs)
    {
        tally.copyMessages++;
        chunk.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final Learning learning = find(chunk.partition());
        final int start = chunk.limit() + ChunkDecoder.chunkHeaderLength();
        if (learning == null || start > offset + length || chunk.chunkLength() != offset + length - start)
        {
            tally.badPeerMessages++;
            return;
        }

        taking.begin();
        learning.learner().onChunk(
            chunk.attempt(), chunk.index(), buffer, start, offset + length - start, nowNs);
        taking.end(learning.isLackingCopies());
    }

    void onDenied(final DirectBuffer buffer, final int offset, final MessageHeaderDecoder of, final long nowNs)
    {
        denied.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final Learning learning = find(denied.partition());
        final Denial denial = denialOf(denied.denialRaw());
        if (learning != null && denial != null)
        {
            learning.learner().onDenied(denied.attempt(), denial, nowNs);
        }
    }

    private static CopyShare newShare(final Replication replication)
    {
        return new CopyShare(replication.copyClock(), replication.settings().copyPercent());
    }

    private static Denial denialOf(final short raw)
    {
        for (final Denial denial : DENIALS)
        {
            if (denial.value() == raw)
            {
                return denial;
            }
        }

        return null;
    }

    private Learning find(final int number)
    {
        final Learning learning = number >= 0 && number < byNumber.length ? byNumber[number] : null;
        tally.badPeerMessages += learning == null ? 1 : 0;
        return learning;
    }
}
