package io.peregrine.node.partition;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.ClearReplyEncoder;
import io.peregrine.client.codec.CloseSessionReplyEncoder;
import io.peregrine.client.codec.LockReplyEncoder;
import io.peregrine.client.codec.LockStatus;
import io.peregrine.client.codec.MapReplyEncoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.OpenSessionReplyEncoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RedirectEncoder;
import io.peregrine.client.codec.RefusalEncoder;
import io.peregrine.client.codec.ResultFlagsEncoder;
import io.peregrine.client.codec.SizeReplyEncoder;
import io.peregrine.client.codec.Status;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.control.Assignment;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.nio.ByteOrder;

/**
 * Encodes the short answers straight into the caller's memory. The sink always has room: whether an answer finds it is
 * settled before its request is carried out. One for all partitions of a data agent.
 */
public final class Replies
{
    static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private static final int MAP_REPLY = HEADER + MapReplyEncoder.BLOCK_LENGTH + MapReplyEncoder.valueHeaderLength();
    private static final int REFUSAL = HEADER + RefusalEncoder.BLOCK_LENGTH + RefusalEncoder.textHeaderLength();

    private static final long MAP_HEADER = MapReplyEncoder.BLOCK_LENGTH |
        (long) MapReplyEncoder.TEMPLATE_ID << 16 |
        (long) MapReplyEncoder.SCHEMA_ID << 32 |
        (long) MapReplyEncoder.SCHEMA_VERSION << 48;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SizeReplyEncoder size = new SizeReplyEncoder();
    private final ClearReplyEncoder clear = new ClearReplyEncoder();
    private final RefusalEncoder refusal = new RefusalEncoder();
    private final OpenSessionReplyEncoder opened = new OpenSessionReplyEncoder();
    private final CloseSessionReplyEncoder closed = new CloseSessionReplyEncoder();
    private final LockReplyEncoder lock = new LockReplyEncoder();
    private final RedirectEncoder redirect = new RedirectEncoder();
    private final Tally tally;
    private long controlVersion;

    /**
     * @param tally to count refusals in.
     */
    public Replies(final Tally tally)
    {
        this.tally = tally;
    }

    /**
     * @param version of the control plane's state that is known here.
     */
    void controlVersion(final long version)
    {
        controlVersion = version;
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
        refuse(sink, partition, correlationId, reason, mayHaveDone, Refusals.textOf(reason));
    }

    /**
     * @param text ASCII for a person.
     */
    void refuse(
        final MessageSink sink,
        final int partition,
        final long correlationId,
        final Reason reason,
        final boolean mayHaveDone,
        final byte[] text)
    {
        final AnswerKind kind = mayHaveDone ? AnswerKind.UNKNOWN : Refusals.kindOf(reason);
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

    /**
     * Answer that a request is to be sent again, with the same number, to whoever leads its partition; those who do not
     * understand that are told that it is not served here.
     *
     * @param sink          of the caller.
     * @param partition     that the request is for.
     * @param correlationId of the request.
     * @param leader        who leads it, as far as is known here.
     * @param mayBeInLog    whether an entry of the request may be in the log: only with a number in a session.
     */
    void redirect(
        final MessageSink sink,
        final int partition,
        final long correlationId,
        final Assignment leader,
        final boolean mayBeInLog)
    {
        if (!sink.takesRedirects())
        {
            refuse(sink, partition, correlationId, Reason.NOT_SERVING, mayBeInLog);
            return;
        }

        final int at = sink.tryClaim(partition, HEADER + RedirectEncoder.BLOCK_LENGTH);
        redirect.wrapAndApplyHeader(sink.buffer(), at, header)
            .correlationId(correlationId)
            .tableVersion(controlVersion)
            .partition(partition)
            .epoch((int) leader.epoch())
            .primary(leader.primary())
            .kind(mayBeInLog ? AnswerKind.UNKNOWN : AnswerKind.REFUSED)
            .reserved1((short) 0)
            .reserved2(0);
        sink.commit();
        count(AnswerKind.REFUSED, Reason.NOT_SERVING);
    }

    void opened(final MessageSink sink, final int partition, final long correlationId, final long sessionId)
    {
        final int at = sink.tryClaim(partition, HEADER + OpenSessionReplyEncoder.BLOCK_LENGTH);
        opened.wrapAndApplyHeader(sink.buffer(), at, header).correlationId(correlationId).sessionId(sessionId);
        sink.commit();
    }

    void closed(final MessageSink sink, final int partition, final long correlationId)
    {
        final int at = sink.tryClaim(partition, HEADER + CloseSessionReplyEncoder.BLOCK_LENGTH);
        closed.wrapAndApplyHeader(sink.buffer(), at, header).correlationId(correlationId);
        sink.commit();
    }

    /**
     * The answer to every write: its fields are put where the schema has them, without the generated encoder, which
     * takes several times as long.
     */
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
        final MutableDirectBuffer to = sink.buffer();
        final int root = at + HEADER;
        final byte flags = ResultFlagsEncoder.valueIncluded(
            ResultFlagsEncoder.present((byte) 0, previous.isPresent()), previous.isIncluded());
        to.putLong(at, MAP_HEADER, ORDER);
        to.putLong(root + MapReplyEncoder.correlationIdEncodingOffset(), correlationId, ORDER);
        to.putLong(root + MapReplyEncoder.versionEncodingOffset(), version, ORDER);
        to.putLong(root + MapReplyEncoder.numberEncodingOffset(), number, ORDER);
        // Status, flags, and reserved bytes: 8 in a row.
        to.putLong(root + MapReplyEncoder.statusEncodingOffset(), status.value() | flags << 8, ORDER);
        to.putInt(at + MAP_REPLY - MapReplyEncoder.valueHeaderLength(), length, ORDER);
        if (length > 0)
        {
            to.putBytes(at + MAP_REPLY, previous.buffer(), previous.offset(), length);
        }
        sink.commit();
    }

    void size(final MessageSink sink, final int partition, final long correlationId, final long entries)
    {
        final int at = sink.tryClaim(partition, HEADER + SizeReplyEncoder.BLOCK_LENGTH);
        size.wrapAndApplyHeader(sink.buffer(), at, header).correlationId(correlationId).size(entries);
        sink.commit();
    }

    /**
     * @param fence     of the holder, or a ticket; 0 for none.
     * @param remaining nanoseconds of the lease or the waiting.
     */
    LockReplyEncoder lock(
        final MessageSink sink,
        final int partition,
        final long correlationId,
        final LockStatus status,
        final long fence,
        final long remaining)
    {
        final int at = sink.tryClaim(partition, HEADER + LockReplyEncoder.BLOCK_LENGTH);
        return lock.wrapAndApplyHeader(sink.buffer(), at, header)
            .correlationId(correlationId)
            .fence(fence)
            .remaining(Math.max(0, remaining))
            .sessionId(0)
            .holder(0)
            .waiters(0)
            .status(status)
            .reserved1((short) 0)
            .reserved2(0)
            .total(0)
            .left(0)
            .holders(0)
            .reserved3(0);
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
