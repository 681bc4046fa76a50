package io.peregrine.node.partition;

import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockKind;
import io.peregrine.client.codec.LockLookDecoder;
import io.peregrine.client.codec.LockReplyEncoder;
import io.peregrine.client.codec.LockRequestDecoder;
import io.peregrine.client.codec.LockStatus;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.port.MessageSink;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.lock.LineTable;
import io.peregrine.storage.lock.LockCall;
import io.peregrine.storage.lock.LockView;
import io.peregrine.storage.partition.EntryPages;
import io.peregrine.storage.partition.StructureIds;
import io.peregrine.storage.session.Sessions;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * Carries out commands on locks, semaphores and latches, and says how one is. A lease that is past its end goes first,
 * as an entry of its own, so that whoever asks finds what the partition's time says. One for all partitions of a data
 * agent.
 */
final class LockDesk
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int ACTION = HEADER + LockRequestDecoder.actionEncodingOffset();
    private static final int KIND = HEADER + LockRequestDecoder.kindEncodingOffset();
    private static final int KIND_OF_LOOK = HEADER + LockLookDecoder.kindEncodingOffset();
    private static final int LAST_ACTION = LockAction.COUNT_DOWN.value();
    private static final int LAST_KIND = LockKind.LATCH.value();

    private final LockRequestDecoder request = new LockRequestDecoder();
    private final LockLookDecoder look = new LockLookDecoder();
    private final LockCall call = new LockCall();
    private final Desk desk;
    private DirectBuffer name;
    private int nameOffset;
    private int nameLength;

    LockDesk(final Desk desk)
    {
        this.desk = desk;
    }

    void onRequest(
        final Partition partition,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageHeaderDecoder of,
        final MessageSink sink,
        final long nowNs)
    {
        final int root = offset + HEADER;
        final boolean hasName = wrapName(buffer, root + of.blockLength(), offset + length);
        if (of.templateId() == LockLookDecoder.TEMPLATE_ID)
        {
            look.wrap(buffer, root, of.blockLength(), of.version());
            final boolean isSound = hasName && isIn(LAST_KIND, buffer.getByte(offset + KIND_OF_LOOK));
            onLook(partition, isSound ? nameRefusal() : Reason.MALFORMED, sink, partition.time(nowNs));
            return;
        }

        request.wrap(buffer, root, of.blockLength(), of.version());
        final boolean isWellFormed = hasName && isIn(LAST_ACTION, buffer.getByte(offset + ACTION)) &&
            isIn(LAST_KIND, buffer.getByte(offset + KIND)) && isCounted();
        final long time = partition.time(nowNs);
        if (request.sessionId() != 0 && !isNew(partition, sink, isWellFormed, time))
        {
            return;
        }

        final Reason refusal = isWellFormed ? refusal(partition) : Reason.MALFORMED;
        if (refusal != null)
        {
            desk.refuse(sink, partition, request.correlationId(), refusal);
        }
        else
        {
            write(partition, sink, time, nowNs);
        }
    }

    private static boolean isIn(final int last, final byte value)
    {
        return value >= 0 && value <= last;
    }

    /**
     * Are the numbers of a semaphore or a latch what they can be?
     */
    private boolean isCounted()
    {
        final LockAction action = request.action();
        switch (request.kind())
        {
            case SEMAPHORE:
                return action != LockAction.COUNT_DOWN && (action != LockAction.ACQUIRE ||
                    request.permits() >= 1 && request.permits() <= request.total());
            case LATCH:
                return action != LockAction.ACQUIRE && action != LockAction.COUNT_DOWN || request.total() >= 1;
            default:
                return action != LockAction.COUNT_DOWN;
        }
    }

    private boolean wrapName(final DirectBuffer buffer, final int at, final int end)
    {
        if (end - at < Integer.BYTES)
        {
            return false;
        }

        name = buffer;
        nameOffset = at + Integer.BYTES;
        nameLength = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
        return nameLength == end - nameOffset;
    }

    private Reason nameRefusal()
    {
        if (nameLength > desk.limits.maxKeyLength())
        {
            return Reason.KEY_TOO_LONG;
        }

        return nameLength == 0 ? Reason.KEY_EMPTY : null;
    }

    /**
     * Those in the log who are not in line yet count as if they were, and those who hold permits as if they waited:
     * apply never looks at the limit of a partition.
     */
    private Reason refusal(final Partition partition)
    {
        final LockAction action = request.action();
        final boolean isAcquired = action == LockAction.ACQUIRE;
        final boolean isHeld = isAcquired && request.kind() != LockKind.LATCH || action == LockAction.RENEW;
        if (isHeld && (request.lease() <= 0 || request.lease() > Limits.MAX_DURATION_NS) ||
            request.waiting() < 0 || request.waiting() > Limits.MAX_DURATION_NS)
        {
            return Reason.EXPIRY_INVALID;
        }
        final LineTable lines = partition.store().lines(Entries.structureOf(request.kind()));
        final boolean isCounted =
            isAcquired && (request.waiting() > 0 || request.kind() == LockKind.SEMAPHORE) && lines != null;
        return isCounted && lines.size() + Waiting.LIMIT >= LineTable.MAX_WAITERS ?
            Reason.BACK_PRESSURE : nameRefusal();
    }

    private boolean isNew(
        final Partition partition, final MessageSink sink, final boolean isWellFormed, final long time)
    {
        final Sessions.Verdict verdict = desk.classify(
            partition,
            sink,
            request.correlationId(),
            request.sessionId(),
            request.requestNumber(),
            request.lowestUnanswered());
        if (verdict == Sessions.Verdict.REPEATED && !isWellFormed)
        {
            desk.refuse(sink, partition, request.correlationId(), Reason.MALFORMED);
        }
        else if (verdict == Sessions.Verdict.REPEATED)
        {
            desk.outcomes.expectRepeatedLock(partition, sink, request, time);
            desk.repeat(partition);
        }

        return verdict == Sessions.Verdict.NEW;
    }

    private void write(final Partition partition, final MessageSink sink, final long time, final long nowNs)
    {
        final long correlationId = request.correlationId();
        final long hash = desk.hasher.hash(name, nameOffset, nameLength);
        final int structureId = Entries.structureOf(request.kind());
        if (!partition.hasRoom() || !desk.ensure(partition, structureId, StructureIds.kind(structureId), 0, time) ||
            !desk.expireFirst(partition, structureId, hash, name, nameOffset, nameLength, time))
        {
            desk.refuse(sink, partition, correlationId, Reason.BACK_PRESSURE);
            return;
        }

        final int pages = EntryPages.ofLock(Entries.actionOf(request.action()), nameLength);
        if (!desk.room.reserve(partition, pages, nameLength, LockView.VALUE_LENGTH, nowNs))
        {
            desk.refuse(sink, partition, correlationId, desk.room.refusal());
            return;
        }
        if (!partition.claim(Entries.lockLength(nameLength)))
        {
            desk.room.giveBack(pages);
            desk.refuse(sink, partition, correlationId, Reason.BACK_PRESSURE);
            return;
        }

        final Stamp stamp = partition.stamp(desk.stamp, time)
            .request(request.sessionId(), request.requestNumber(), request.lowestUnanswered());
        final int length = desk.entries.lock(
            partition.buffer(), partition.offset(), stamp, request, name, nameOffset, nameLength);
        partition.append(length, correlationId, sink, pages);
    }

    /**
     * A lease that is past its end and whose expiry others do not have yet is asked about again.
     */
    private void onLook(final Partition partition, final Reason refusal, final MessageSink sink, final long time)
    {
        final long correlationId = look.correlationId();
        if (refusal != null)
        {
            desk.refuse(sink, partition, correlationId, refusal);
            return;
        }

        final int structureId = Entries.structureOf(look.kind());
        final long hash = desk.hasher.hash(name, nameOffset, nameLength);
        final boolean isExpired = desk.expireFirst(partition, structureId, hash, name, nameOffset, nameLength, time);
        final LineTable lines = partition.store().lines(structureId);
        call.lock(hash, name, nameOffset, nameLength).by(look.sessionId(), look.holder(), 0);
        final ResultStatus found = lines == null ? ResultStatus.NOT_HOLDER : lines.look(call);
        final boolean isThere = found != ResultStatus.NOT_HOLDER;
        if (!isExpired || isThere && lines.view().end() <= time)
        {
            desk.refuse(sink, partition, correlationId, isExpired ? Reason.NOT_SERVING : Reason.BACK_PRESSURE);
            return;
        }

        if (found == ResultStatus.QUEUED && look.await() != 0)
        {
            lines.queues().listener(partition.lockWaits);
            partition.lockWaits.add(partition, desk.replies, call.toldFence(), correlationId, sink, time);
            return;
        }

        if (isThere)
        {
            answer(partition, lines, found, sink, time);
        }
        else
        {
            desk.replies.lock(sink, partition.id(), correlationId, LockStatus.FREE, 0, 0);
        }
        if (partition.lead().mayAnswer())
        {
            sink.commit();
        }
        else
        {
            sink.abort();
            desk.refuse(sink, partition, correlationId, Reason.NOT_SERVING);
        }
    }

    private void answer(
        final Partition partition,
        final LineTable lines,
        final ResultStatus found,
        final MessageSink sink,
        final long time)
    {
        final LockStatus status = Outcomes.lockStatusOf(found);
        final LockView view = lines.view();
        final LockReplyEncoder reply = desk.replies.lock(
            sink,
            partition.id(),
            look.correlationId(),
            status,
            call.toldFence(),
            status == LockStatus.QUEUED ? 0 : call.toldEnd() - time);
        reply.waiters(lines.queues().size(call));
        if (look.kind() == LockKind.LOCK)
        {
            reply.sessionId(view.session()).holder(view.holder());
        }
        else
        {
            reply.total(view.total()).left(view.left()).holders(lines.holders().size(call));
        }
    }
}
