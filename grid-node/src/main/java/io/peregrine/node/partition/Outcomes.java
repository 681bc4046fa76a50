package io.peregrine.node.partition;

import io.peregrine.client.codec.LockRequestDecoder;
import io.peregrine.client.codec.LockStatus;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.Status;
import io.peregrine.client.port.MessageSink;
import io.peregrine.storage.codec.ClearStructureDecoder;
import io.peregrine.storage.codec.CloseSessionDecoder;
import io.peregrine.storage.codec.CommandFlagsDecoder;
import io.peregrine.storage.codec.FencedDecoder;
import io.peregrine.storage.codec.LockCommandDecoder;
import io.peregrine.storage.codec.MapBatchDecoder;
import io.peregrine.storage.codec.MapCommandDecoder;
import io.peregrine.storage.codec.MessageHeaderDecoder;
import io.peregrine.storage.codec.OpenSessionDecoder;
import io.peregrine.storage.codec.ResultDecoder;
import io.peregrine.storage.codec.ResultDecoder.CommandsDecoder;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.log.EntryStamp;
import io.peregrine.storage.partition.ResultSink;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * Turns the result of an entry into the answer for the caller that waits for it. One for all partitions of a data
 * agent.
 */
final class Outcomes implements ResultSink
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int COMMANDS_OFFSET = HEADER + ResultDecoder.BLOCK_LENGTH;
    private static final int STATUS_OFFSET = HEADER + ResultDecoder.statusEncodingOffset();
    private static final int LENGTH_BYTES = Integer.BYTES;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ResultDecoder result = new ResultDecoder();
    private final Previous previous = new Previous();
    private final Replies replies;
    private final BatchReplies batchReplies;
    private MessageSink sink;
    private DirectBuffer resultBuffer;
    private int resultOffset;
    private int partition;
    private int template;
    private long correlationId;
    private int action;
    private int flags;
    private long operand;
    private boolean repeated;
    private long target;
    private long time;
    private long lease;
    private long waiting;
    private DirectBuffer group;
    private int groupOffset;
    private SessionOwners owners = SessionOwners.NONE;

    Outcomes(final Replies replies, final BatchReplies batchReplies)
    {
        this.replies = replies;
        this.batchReplies = batchReplies;
    }

    void sessionOwners(final SessionOwners newOwners)
    {
        owners = newOwners;
    }

    void ceased(final int ofPartition)
    {
        owners.ceased(ofPartition);
    }

    void expectNobody()
    {
        sink = null;
    }

    /**
     * The next result is that of an entry, and somebody waits for it.
     */
    void expect(
        final int of, final MessageSink to, final long correlation, final DirectBuffer entry, final int offset)
    {
        if (EntryStamp.templateId(entry, offset) == FencedDecoder.TEMPLATE_ID)
        {
            expect(of, to, correlation, entry, offset + Entries.FENCED_PREFIX);
            return;
        }

        begin(to, of, correlation, EntryStamp.templateId(entry, offset));
        final int root = offset + HEADER;
        switch (template)
        {
            case MapCommandDecoder.TEMPLATE_ID:
                action = entry.getByte(root + MapCommandDecoder.actionEncodingOffset());
                flags = entry.getByte(root + MapCommandDecoder.flagsEncodingOffset());
                operand = entry.getLong(root + MapCommandDecoder.operandEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
                break;
            case MapBatchDecoder.TEMPLATE_ID:
                group = entry;
                groupOffset = root + MapBatchDecoder.BLOCK_LENGTH;
                break;
            case LockCommandDecoder.TEMPLATE_ID:
                time = EntryStamp.time(entry, offset);
                lease = entry.getLong(root + LockCommandDecoder.leaseEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
                waiting = entry.getLong(root + LockCommandDecoder.waitingEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
                break;
            case CloseSessionDecoder.TEMPLATE_ID:
                target = entry.getLong(root + CloseSessionDecoder.targetEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
                break;
            default:
                break;
        }
    }

    /**
     * The next result is a remembered one of a command.
     */
    void expectRepeated(final Partition of, final MessageSink to, final long correlation, final Command command)
    {
        begin(to, of.id(), correlation, MapCommandDecoder.TEMPLATE_ID);
        repeated = true;
        action = command.action();
        flags = action == Command.ADD ? 1 : command.flags();
        operand = command.operand();
    }

    /**
     * The next result is a remembered one of a batch.
     */
    void expectRepeatedBatch(
        final Partition of, final MessageSink to, final long correlation, final DirectBuffer request, final int offset)
    {
        begin(to, of.id(), correlation, MapBatchDecoder.TEMPLATE_ID);
        repeated = true;
        group = request;
        groupOffset = offset;
    }

    /**
     * The next result is a remembered one of a clear.
     */
    void expectRepeatedClear(final Partition of, final MessageSink to, final long correlation)
    {
        begin(to, of.id(), correlation, ClearStructureDecoder.TEMPLATE_ID);
        repeated = true;
    }

    /**
     * The next result is a remembered one of a command on a lock.
     *
     * @param now partition time.
     */
    void expectRepeatedLock(
        final Partition of, final MessageSink to, final LockRequestDecoder request, final long now)
    {
        begin(to, of.id(), request.correlationId(), LockCommandDecoder.TEMPLATE_ID);
        repeated = true;
        time = now;
        lease = request.lease();
        waiting = request.waiting();
    }

    @Override
    public void onResult(final DirectBuffer buffer, final int offset, final int length)
    {
        if (sink == null)
        {
            return;
        }

        resultBuffer = buffer;
        resultOffset = offset;
        final ResultStatus status = ResultStatus.get(buffer.getByte(offset + STATUS_OFFSET));
        if (template == CloseSessionDecoder.TEMPLATE_ID)
        {
            owners.closed(partition, target);
            replies.closed(sink, partition, correlationId);
            return;
        }
        if (template == LockCommandDecoder.TEMPLATE_ID && lockStatusOf(status) != null &&
            BatchWrites.count(buffer, offset + COMMANDS_OFFSET) == 1)
        {
            answerLock(lockStatusOf(status));
            return;
        }
        switch (status)
        {
            case NO_STRUCTURE:
                replies.refuse(sink, partition, correlationId, Reason.DESTROYED, false);
                break;
            case NO_SESSION:
                replies.refuse(sink, partition, correlationId, Reason.SESSION_EXPIRED, true);
                break;
            case STALE_FENCE:
                onStaleFence();
                break;
            case FORGOTTEN:
                replies.refuse(sink, partition, correlationId, Reason.ANSWER_LOST, true);
                break;
            default:
                if (repeated && !isOfSameKind(BatchWrites.count(buffer, offset + COMMANDS_OFFSET), status))
                {
                    replies.refuse(sink, partition, correlationId, Reason.MALFORMED, false);
                }
                else
                {
                    answer(statusOf(status));
                }
                break;
        }
    }

    private void onStaleFence()
    {
        final int at = resultOffset + COMMANDS_OFFSET + CommandsDecoder.HEADER_SIZE;
        final long seen = resultBuffer.getLong(at + CommandsDecoder.versionEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        final long given =
            resultBuffer.getLong(at + CommandsDecoder.previousVersionEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        replies.refuse(
            sink, partition, correlationId, Reason.STALE_FENCE, false, Refusals.staleFence(given, seen));
    }

    /**
     * Can the remembered result be that of the request that came with the same number?
     */
    private boolean isOfSameKind(final int commands, final ResultStatus status)
    {
        if (lockStatusOf(status) != null && status != ResultStatus.APPLIED)
        {
            return false;
        }
        switch (template)
        {
            case LockCommandDecoder.TEMPLATE_ID:
                return false;
            case MapCommandDecoder.TEMPLATE_ID:
                return commands == 1;
            case MapBatchDecoder.TEMPLATE_ID:
                return status == ResultStatus.APPLIED ?
                    commands == BatchWrites.count(group, groupOffset) :
                    commands == 1 && decoded().failed() < BatchWrites.count(group, groupOffset);
            default:
                return commands == 0;
        }
    }

    private void begin(final MessageSink to, final int ofPartition, final long correlation, final int ofTemplate)
    {
        sink = to;
        partition = ofPartition;
        correlationId = correlation;
        template = ofTemplate;
        repeated = false;
    }

    private void answer(final Status status)
    {
        switch (template)
        {
            case MapCommandDecoder.TEMPLATE_ID:
                answerCommand(status);
                break;
            case MapBatchDecoder.TEMPLATE_ID:
                batchReplies.send(sink, partition, correlationId, status, decoded(), group, groupOffset);
                break;
            case ClearStructureDecoder.TEMPLATE_ID:
                replies.cleared(sink, partition, correlationId, decoded().removed());
                break;
            case OpenSessionDecoder.TEMPLATE_ID:
                final long sessionId = decoded().sequence();
                owners.opened(partition, sessionId, sink);
                replies.opened(sink, partition, correlationId, sessionId);
                break;
            default:
                throw new IllegalStateException("nobody can wait for an entry of kind " + template);
        }
    }

    private ResultDecoder decoded()
    {
        return result.wrapAndApplyHeader(resultBuffer, resultOffset, header);
    }

    /**
     * The fields of its one command are read where the schema has them, without the generated decoder, which takes
     * several times as long.
     */
    private void answerCommand(final Status status)
    {
        final int at = resultOffset + COMMANDS_OFFSET + CommandsDecoder.HEADER_SIZE;
        final int valueAt = at + CommandsDecoder.sbeBlockLength() + LENGTH_BYTES;
        final long version =
            resultBuffer.getLong(at + CommandsDecoder.versionEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        final long before =
            resultBuffer.getLong(at + CommandsDecoder.previousVersionEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        previous.set(
            before != 0,
            CommandFlagsDecoder.returnPrevious((byte) flags),
            resultBuffer,
            valueAt,
            resultBuffer.getInt(valueAt - LENGTH_BYTES, ByteOrder.LITTLE_ENDIAN));
        final long number = action == Command.ADD && status == Status.APPLIED ? previous.number() + operand : 0;
        replies.map(sink, partition, correlationId, status, version, number, previous);
    }

    /**
     * What remains was counted when the entry was made, so whoever counts from when it asked is never behind.
     */
    private void answerLock(final LockStatus status)
    {
        final int at = resultOffset + COMMANDS_OFFSET + CommandsDecoder.HEADER_SIZE;
        final long fence =
            resultBuffer.getLong(at + CommandsDecoder.versionEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        final long end =
            resultBuffer.getLong(at + CommandsDecoder.previousVersionEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        final long most =
            status == LockStatus.DONE ? lease : status == LockStatus.QUEUED ? waiting : Limits.MAX_DURATION_NS;
        replies.lock(sink, partition, correlationId, status, fence, Math.min(end - time, most));
        sink.commit();
    }

    /**
     * @return null if it is not the status of a command on a lock.
     */
    static LockStatus lockStatusOf(final ResultStatus status)
    {
        switch (status)
        {
            case APPLIED:
                return LockStatus.DONE;
            case QUEUED:
                return LockStatus.QUEUED;
            case HELD:
                return LockStatus.HELD;
            case QUEUE_FULL:
                return LockStatus.QUEUE_FULL;
            case NOT_HOLDER:
                return LockStatus.NOT_HOLDER;
            case OTHER_TOTAL:
                return LockStatus.OTHER_TOTAL;
            default:
                return null;
        }
    }

    static Status statusOf(final ResultStatus status)
    {
        switch (status)
        {
            case APPLIED:
                return Status.APPLIED;
            case CONDITION_FAILED:
                return Status.CONDITION_FAILED;
            case NOT_A_NUMBER:
                return Status.NOT_A_NUMBER;
            case OVERFLOW:
                return Status.OVERFLOW;
            default:
                throw new IllegalStateException("not the status of a command: " + status);
        }
    }
}
