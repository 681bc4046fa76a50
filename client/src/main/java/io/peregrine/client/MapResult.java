package io.peregrine.client;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.MapReadReplyDecoder;
import io.peregrine.client.codec.MapReplyDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.client.codec.Status;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What became of a command or a read, as a look at the answer in place. Valid until its owner does the next thing;
 * single-threaded, without garbage.
 */
public final class MapResult
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MapReplyDecoder reply = new MapReplyDecoder();
    private final MapReadReplyDecoder readReply = new MapReadReplyDecoder();
    private final RefusalDecoder refusal = new RefusalDecoder();
    private Outcome outcome;
    private ErrorCode code;
    private GridException error;
    private boolean present;
    private long version;
    private long number;
    private long ttlLeft;
    private long maxIdle;
    private long age;
    private DirectBuffer buffer;
    private int valueOffset;
    private int valueLength;

    MapResult()
    {
    }

    MapResult wrap(final DirectBuffer answer, final int offset)
    {
        clear();
        buffer = answer;
        header.wrap(answer, offset);
        final int at = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        switch (header.templateId())
        {
            case MapReplyDecoder.TEMPLATE_ID:
                onReply(at);
                break;

            case MapReadReplyDecoder.TEMPLATE_ID:
                onReadReply(at);
                break;

            case RefusalDecoder.TEMPLATE_ID:
                refusal.wrap(answer, at, header.blockLength(), header.version());
                fail(outcome(refusal.kind()), ErrorCode.of(refusal.reasonRaw()));
                break;

            default:
                fail(Outcome.UNKNOWN, ErrorCode.INTERNAL);
                break;
        }
        return this;
    }

    MapResult noAnswer(final GridException why)
    {
        clear();
        fail(why instanceof OutcomeUnknownException ? Outcome.UNKNOWN :
            why instanceof RefusedException ? Outcome.REFUSED : Outcome.FAILED, why.code());
        error = why;
        return this;
    }

    /**
     * What became of it. A read that was answered is {@link Outcome#APPLIED}, whether there is an entry or not.
     *
     * @return never null.
     */
    public Outcome outcome()
    {
        return outcome;
    }

    /**
     * Was it carried out?
     *
     * @return true if so.
     */
    public boolean applied()
    {
        return outcome == Outcome.APPLIED;
    }

    /**
     * What was the matter, when it was refused, failed or is unknown.
     *
     * @return null otherwise.
     */
    public ErrorCode code()
    {
        return code;
    }

    /**
     * Was there an entry before the command, or is there one for the read?
     *
     * @return true if so.
     */
    public boolean present()
    {
        return present;
    }

    /**
     * The version of the entry that the command left or that is there; 0 if there is none.
     *
     * @return version.
     */
    public long version()
    {
        return version;
    }

    /**
     * The sum that an addition left.
     *
     * @return sum.
     */
    public long number()
    {
        return number;
    }

    /**
     * How long the entry read lives yet.
     *
     * @return nanoseconds, -1 for ever.
     */
    public long ttlLeft()
    {
        return ttlLeft;
    }

    /**
     * How long the entry read lives unused.
     *
     * @return nanoseconds, -1 for ever.
     */
    public long maxIdle()
    {
        return maxIdle;
    }

    /**
     * How old what was read is: it was the latest at most so long ago.
     *
     * @return nanoseconds; 0 when the primary told it.
     */
    public long age()
    {
        return age;
    }

    /**
     * Length of the value read, or of the one that was there before if it was asked for.
     *
     * @return bytes; -1 if there is none.
     */
    public int valueLength()
    {
        return valueLength;
    }

    /**
     * Where the value is, to be read in place.
     *
     * @return buffer, at {@link #valueOffset()}.
     */
    public DirectBuffer valueBuffer()
    {
        return buffer;
    }

    /**
     * Where the value begins.
     *
     * @return offset in {@link #valueBuffer()}.
     */
    public int valueOffset()
    {
        return valueOffset;
    }

    /**
     * Copy the value out.
     *
     * @param dst    to write to.
     * @param offset where.
     * @return bytes written; 0 if there is no value.
     */
    public int getValue(final MutableDirectBuffer dst, final int offset)
    {
        if (valueLength > 0)
        {
            dst.putBytes(offset, buffer, valueOffset, valueLength);
        }
        return Math.max(0, valueLength);
    }

    /**
     * The exception that says what was the matter, when it was refused, failed or is unknown. Allocates.
     *
     * @return null otherwise.
     */
    public GridException error()
    {
        if (error == null && code != null)
        {
            error = header.templateId() == RefusalDecoder.TEMPLATE_ID ? Errors.of(refusal) :
                code == ErrorCode.NOT_A_NUMBER ?
                Errors.failed(code, "the value there is not a number of 8 bytes") :
                code == ErrorCode.OVERFLOW ? Errors.failed(code, "the sum does not fit into 64 bits") :
                Errors.of(AnswerKind.UNKNOWN, code, "an answer of a kind not known here");
        }
        return error;
    }

    private void onReply(final int at)
    {
        reply.wrap(buffer, at, header.blockLength(), header.version());
        version = reply.version();
        number = reply.number();
        final Status status = reply.status();
        present = reply.flags().present();
        final boolean included = reply.flags().valueIncluded();
        final int length = reply.valueLength();
        if (included)
        {
            value(reply.limit() + MapReplyDecoder.valueHeaderLength(), length);
        }
        switch (status)
        {
            case APPLIED:
                outcome = Outcome.APPLIED;
                break;

            case CONDITION_FAILED:
                outcome = Outcome.CONDITION_FAILED;
                break;

            case NOT_A_NUMBER:
                fail(Outcome.FAILED, ErrorCode.NOT_A_NUMBER);
                break;

            case OVERFLOW:
                fail(Outcome.FAILED, ErrorCode.OVERFLOW);
                break;

            default:
                fail(Outcome.UNKNOWN, ErrorCode.INTERNAL);
                break;
        }
    }

    private void onReadReply(final int at)
    {
        readReply.wrap(buffer, at, header.blockLength(), header.version());
        outcome = Outcome.APPLIED;
        version = readReply.version();
        ttlLeft = readReply.ttlLeft();
        maxIdle = readReply.maxIdle();
        age = readReply.age();
        present = readReply.flags().present();
        final boolean included = readReply.flags().valueIncluded();
        final int length = readReply.valueLength();
        if (included)
        {
            value(readReply.limit() + MapReadReplyDecoder.valueHeaderLength(), length);
        }
    }

    private void value(final int offset, final int length)
    {
        valueOffset = offset;
        valueLength = length;
    }

    private void fail(final Outcome newOutcome, final ErrorCode newCode)
    {
        outcome = newOutcome;
        code = newCode;
    }

    private void clear()
    {
        outcome = null;
        code = null;
        error = null;
        present = false;
        version = 0;
        number = 0;
        ttlLeft = -1;
        maxIdle = -1;
        age = 0;
        valueOffset = 0;
        valueLength = -1;
    }

    private static Outcome outcome(final AnswerKind kind)
    {
        return kind == AnswerKind.REFUSED ? Outcome.REFUSED :
            kind == AnswerKind.FAILED ? Outcome.FAILED : Outcome.UNKNOWN;
    }
}
