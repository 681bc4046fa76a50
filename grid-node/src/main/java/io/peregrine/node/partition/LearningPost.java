package io.peregrine.node.partition;

import io.peregrine.node.codec.ChunkEncoder;
import io.peregrine.node.codec.Denial;
import io.peregrine.node.codec.LearnDeniedEncoder;
import io.peregrine.node.codec.LearnRequestEncoder;
import io.peregrine.node.codec.MessageHeaderEncoder;
import io.peregrine.node.control.Member;
import io.peregrine.node.replication.PeerSink;
import org.agrona.DirectBuffer;

/**
 * Sends what learners and those that they learn from say to each other. Data agent's thread.
 */
final class LearningPost
{
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LearnRequestEncoder request = new LearnRequestEncoder();
    private final ChunkEncoder chunk = new ChunkEncoder();
    private final LearnDeniedEncoder denied = new LearnDeniedEncoder();
    private final PeerPost post;

    LearningPost(final PeerPost post)
    {
        this.post = post;
    }

    /**
     * In order with the acknowledgements of the same copy.
     */
    void ask(final Partition partition, final int attempt, final int index, final long have)
    {
        final Member primary = post.member(partition.assignment().primary());
        final int length = HEADER + LearnRequestEncoder.BLOCK_LENGTH;
        if (primary != null &&
            post.claim(primary.id(), primary.agentOf(partition.id()), PeerSink.Stream.DATA, length))
        {
            request.wrapAndApplyHeader(post.buffer(), post.offset(), header)
                .have(have)
                .partition(partition.id())
                .epoch(partition.epoch())
                .attempt(attempt)
                .index(index);
            post.send(primary.incarnation());
        }
    }

    /**
     * @return false if there is no room for it now.
     */
    boolean chunk(
        final Partition partition,
        final int memberId,
        final int attempt,
        final int index,
        final DirectBuffer buffer,
        final int bytes)
    {
        final Member learner = post.member(memberId);
        final int length = HEADER + ChunkEncoder.BLOCK_LENGTH + ChunkEncoder.chunkHeaderLength() + bytes;
        if (learner == null ||
            !post.claim(memberId, learner.agentOf(partition.id()), PeerSink.Stream.BULK, length))
        {
            return false;
        }

        chunk.wrapAndApplyHeader(post.buffer(), post.offset(), header)
            .partition(partition.id())
            .epoch(partition.epoch())
            .attempt(attempt)
            .index(index)
            .putChunk(buffer, 0, bytes);
        post.send(learner.incarnation());
        return true;
    }

    void denied(final Partition partition, final int memberId, final int attempt, final Denial denial)
    {
        final Member learner = post.member(memberId);
        final int length = HEADER + LearnDeniedEncoder.BLOCK_LENGTH;
        if (learner != null &&
            post.claim(memberId, learner.agentOf(partition.id()), PeerSink.Stream.DATA, length))
        {
            denied.wrapAndApplyHeader(post.buffer(), post.offset(), header)
                .partition(partition.id())
                .attempt(attempt)
                .denial(denial)
                .reserved1((short) 0)
                .reserved2(0)
                .reserved3(0);
            post.send(learner.incarnation());
        }
    }
}
