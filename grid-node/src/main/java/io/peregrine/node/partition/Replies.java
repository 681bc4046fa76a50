package io.peregrine.node.partition;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.ClearReplyEncoder;
import io.peregrine.client.codec.MapReplyEncoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RefusalEncoder;
import io.peregrine.client.codec.SizeReplyEncoder;
import io.peregrine.client.codec.Status;
import io.peregrine.client.port.MessageSink;
import org.agrona.DirectBuffer;

/**
 * Encodes the short answers straight into the caller's memory. The sink always has room: whether an answer finds it is
 * settled before its request is carried out. One for all partitions of a data agent.
 */
public final class Replies
{
    static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private static final int MAP_REPLY = HEADER + MapReplyEncoder.BLOCK_LENGTH + MapReplyEncoder.valueHeaderLength();
    private static final int REFUSAL = HEADER + RefusalEncoder.BLOCK_LENGTH + RefusalEncoder.textHeaderLength();

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MapReplyEncoder map = new MapReplyEncoder();
    private final SizeReplyEncoder size = new SizeReplyEncoder();
    private final ClearReplyEncoder clear = new ClearReplyEncoder();
    private final RefusalEncoder refusal = new RefusalEncoder();
    private final Tally tally;

    /**
     * @param tally to count refusals in.
     */
    public Replies(final Tally tally)
    {
        this.tally = tally;
    }

    /**
     * Answer that a request was not carried out, or that nobody knows.
     *
     * @param sink          of the caller.
     * @param partition     that the request was for.
     * @param correlationId of the request.
     * @param reason        why.
     * @param mayHaveDone   whether the request may have been carried out.
     */
    public void refuse(
        final MessageSink sink,
        final int partition,
        final long correlationId,
        final Reason reason,
        final boolean mayHaveDone)
    {
        final AnswerKind kind = mayHaveDone ? AnswerKind.UNKNOWN : Refusals.kindOf(reason);
        final byte[] text = Refusals.textOf(reason);
        final int at = sink.tryClaim(partition, REFUSAL + text.length);
        refusal.wrapAndApplyHeader(sink.buffer(), at, header)
            .correlationId(correlationId)
            .kind(kind)
            .reason(reason)
            .reserved1(0)
            .reserved2(0)
            .putText(text, 0, text.length);
        sink.commit();
        count(kind, reason);
    }

    void map(
        final MessageSink sink,
        final int partition,
        final long correlationId,
        final Status status,
        final long version,
        final long number,
        final Previous previous)
    {
        final int length = previous.isIncluded() ? previous.length() : 0;
        final int at = sink.tryClaim(partition, MAP_REPLY + length);
        map.wrapAndApplyHeader(sink.buffer(), at, header)
            .correlationId(correlationId)
            .version(version)
            .number(number)
            .status(status)
            .reserved1(0)
            .reserved2(0);
        map.flags().clear().present(previous.isPresent()).valueIncluded(previous.isIncluded());
        map.putValue(previous.buffer(), previous.offset(), length);
        sink.commit();
    }

    void size(final MessageSink sink, final int partition, final long correlationId, final long entries)
    {
        final int at = sink.tryClaim(partition, HEADER + SizeReplyEncoder.BLOCK_LENGTH);
        size.wrapAndApplyHeader(sink.buffer(), at, header).correlationId(correlationId).size(entries);
        sink.commit();
    }

    void cleared(final MessageSink sink, final int partition, final long correlationId, final long removed)
    {
        final int at = sink.tryClaim(partition, HEADER + ClearReplyEncoder.BLOCK_LENGTH);
        clear.wrapAndApplyHeader(sink.buffer(), at, header).correlationId(correlationId).removed(removed);
        sink.commit();
    }

    /**
     * Send a message that was encoded elsewhere.
     */
    static void copy(final MessageSink sink, final int partition, final DirectBuffer message, final int length)
    {
        final int at = sink.tryClaim(partition, length);
        sink.buffer().putBytes(at, message, 0, length);
        sink.commit();
    }

    private void count(final AnswerKind kind, final Reason reason)
    {
        tally.answered(reason);
        if (kind == AnswerKind.FAILED)
        {
            tally.failed++;
        }
        else
        {
            tally.refused++;
            tally.storeFull += reason == Reason.STORE_FULL ? 1 : 0;
        }
    }
}
