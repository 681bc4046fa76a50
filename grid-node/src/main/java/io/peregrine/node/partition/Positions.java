package io.peregrine.node.partition;

import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.MessageHeaderEncoder;
import io.peregrine.node.codec.PositionAnswerDecoder;
import io.peregrine.node.codec.PositionAnswerEncoder;
import io.peregrine.node.codec.PositionRequestDecoder;
import io.peregrine.node.codec.PositionRequestEncoder;
import io.peregrine.node.control.Member;
import io.peregrine.node.replication.Envelope;
import io.peregrine.node.replication.PeerSink;
import io.peregrine.node.replication.ReplicaPosition;
import io.peregrine.node.replication.Replication;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

/**
 * How old reads at copies of this data agent are at most, and the questions to primaries by which that is known.
 * Questions are asked only where somebody reads. Data agent's thread.
 */
final class Positions
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int PAUSES_PER_RESEND = 8;
    private static final int ASKS_PER_BOUND = 4;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final PositionRequestEncoder request = new PositionRequestEncoder();
    private final PositionRequestDecoder asked = new PositionRequestDecoder();
    private final PositionAnswerEncoder answer = new PositionAnswerEncoder();
    private final PositionAnswerDecoder answered = new PositionAnswerDecoder();
    private final Partition[] byNumber;
    private final PeerPost post;
    private final Replication replication;
    private final ReplicaPosition[] positions;
    private final int[] epochs;

    Positions(final Partition[] byNumber, final PeerPost post, final Replication replication)
    {
        this.byNumber = byNumber;
        this.post = post;
        this.replication = replication;
        this.positions = new ReplicaPosition[byNumber.length];
        this.epochs = new int[byNumber.length];
    }

    NanoClock clock()
    {
        return replication.clock();
    }

    /**
     * @return whether the copy of a partition here is one that may be read: in sync, and under the latest epoch known.
     */
    static boolean mayBeRead(final Partition partition)
    {
        return partition.role() == Role.FOLLOWING && !partition.isStale();
    }

    /**
     * @return of what the primary of the present epoch said; asked for a partition that may be read.
     */
    ReplicaPosition of(final Partition partition)
    {
        final int number = partition.id();
        if (positions[number] == null)
        {
            positions[number] = new ReplicaPosition(
                replication.rules(), replication.settings().resendNs() / PAUSES_PER_RESEND);
        }
        if (epochs[number] != partition.epoch())
        {
            epochs[number] = partition.epoch();
            positions[number].reset();
        }

        return positions[number];
    }

    /**
     * Somebody reads the copy: ask its primary, before what is known grows too old.
     *
     * @param boundNs that the reader allows.
     */
    void onRead(final Partition partition, final long boundNs, final long nowNs)
    {
        final ReplicaPosition position = of(partition);
        final Member primary = post.member(partition.assignment().primary());
        final int length = HEADER + PositionRequestEncoder.BLOCK_LENGTH;
        if (primary != null && position.isDue(nowNs) &&
            !position.isFresh(partition.log().applied(), nowNs, boundNs / ASKS_PER_BOUND) &&
            post.claim(primary.id(), primary.agentOf(partition.id()), PeerSink.Stream.DATA, length))
        {
            position.onAsked(nowNs);
            request.wrapAndApplyHeader(post.buffer(), post.offset(), header)
                .askedAt(nowNs)
                .partition(partition.id())
                .epoch(partition.epoch());
            post.send(primary.incarnation());
        }
    }

    /**
     * Answered only by a primary that held its leases after it had looked how far the log is applied: until then nobody
     * else can have acknowledged anything, and what it acknowledged itself it had applied.
     */
    void onRequest(
        final DirectBuffer buffer, final int offset, final MessageHeaderDecoder of, final int memberId)
    {
        asked.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final Partition partition = find(asked.partition());
        final int length = HEADER + PositionAnswerEncoder.BLOCK_LENGTH;
        if (partition == null || !partition.isServing() || partition.isStale() ||
            asked.epoch() != partition.epoch() ||
            !post.claim(memberId, Envelope.agent(buffer, offset), PeerSink.Stream.DATA, length))
        {
            return;
        }

        answer.wrapAndApplyHeader(post.buffer(), post.offset(), header)
            .askedAt(asked.askedAt())
            .committed(partition.log().applied())
            .partition(partition.id())
            .epoch(partition.epoch());
        if (partition.lead().mayAnswer())
        {
            post.send(Envelope.incarnation(buffer, offset));
        }
        else
        {
            post.abort();
        }
    }

    void onAnswer(final DirectBuffer buffer, final int offset, final MessageHeaderDecoder of, final int memberId)
    {
        answered.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final Partition partition = find(answered.partition());
        if (partition != null && mayBeRead(partition) && answered.epoch() == partition.epoch() &&
            memberId == partition.assignment().primary())
        {
            of(partition).onAnswer(answered.askedAt(), answered.committed());
            partition.onCommitted(Math.min(answered.committed(), partition.follow().matched()));
        }
    }

    private Partition find(final int number)
    {
        return number >= 0 && number < byNumber.length ? byNumber[number] : null;
    }
}
