package io.peregrine.node.partition;

import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockLookDecoder;
import io.peregrine.client.codec.LockReplyEncoder;
import io.peregrine.client.codec.LockRequestDecoder;
import io.peregrine.client.codec.LockStatus;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.port.MessageSink;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.lock.LockCall;
import io.peregrine.storage.lock.LockTable;
import io.peregrine.storage.lock.LockView;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.partition.StructureIds;
import io.peregrine.storage.session.Sessions;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * Carries out commands on locks, and says how a lock is. A lease that is past its end goes first, as an entry of its
 * own, so that whoever asks finds what the partition's time says. One for all partitions of a data agent.
 */
final class LockDesk
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int ACTION = HEADER + LockRequestDecoder.actionEncodingOffset();
    private static final int LAST_ACTION = LockAction.FORCE.value();

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
            onLook(partition, hasName ? nameRefusal() : Reason.MALFORMED, sink, partition.time(nowNs));
            return;
        }

        request.wrap(buffer, root, of.blockLength(), of.version());
        final int action = buffer.getByte(offset + ACTION);
        final boolean isWellFormed = hasName && action >= 0 && action <= LAST_ACTION;
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
     * Those in the log who are not in line yet count as if they were: apply never looks at the limit of a partition.
     */
    private Reason refusal(final Partition partition)
    {
        final LockAction action = request.action();
        final boolean isHeld = action == LockAction.ACQUIRE || action == LockAction.RENEW;
        if (isHeld && (request.lease() <= 0 || request.lease() > Limits.MAX_DURATION_NS) ||
            request.waiting() < 0 || request.waiting() > Limits.MAX_DURATION_NS)
        {
            return Reason.EXPIRY_INVALID;
        }
        final LockTable locks = partition.store().locks();
        final boolean mayWait = action == LockAction.ACQUIRE && request.waiting() > 0;
        return mayWait && locks != null && locks.queues().size() + Waiting.LIMIT >= LockTable.MAX_WAITERS ?
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
        if (!partition.hasRoom() || !desk.ensure(partition, StructureIds.LOCKS, StructureKind.LOCKS, 0, time) ||
            !desk.expireFirst(partition, StructureIds.LOCKS, hash, name, nameOffset, nameLength, time))
        {
            desk.refuse(sink, partition, correlationId, Reason.BACK_PRESSURE);
            return;
        }

        final int pages = request.action() == LockAction.ACQUIRE ?
            MapSpace.worstPages(nameLength, LockView.VALUE_LENGTH) : 0;
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

        final long hash = desk.hasher.hash(name, nameOffset, nameLength);
        final boolean isExpired =
            desk.expireFirst(partition, StructureIds.LOCKS, hash, name, nameOffset, nameLength, time);
        final LockTable locks = partition.store().locks();
        final boolean isHeld = locks != null && locks.view().look(hash, name, nameOffset, nameLength);
        if (!isExpired || isHeld && locks.view().end() <= time)
        {
            desk.refuse(sink, partition, correlationId, isExpired ? Reason.NOT_SERVING : Reason.BACK_PRESSURE);
            return;
        }

        call.lock(hash, name, nameOffset, nameLength).by(look.sessionId(), look.holder(), 0);
        final boolean isWaiting = isHeld && locks.look(call) == ResultStatus.QUEUED;
        final long ticket = isWaiting ? call.toldFence() : 0;
        if (ticket != 0 && look.await() != 0)
        {
            locks.queues().listener(partition.lockWaits);
            partition.lockWaits.add(partition, desk.replies, ticket, correlationId, sink, time);
            return;
        }

        answer(partition, isHeld ? locks : null, hash, ticket, sink, time);
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

    /**
     * @param locks  null if nobody holds the lock.
     * @param ticket of who asks; 0 if it is not in line.
     */
    private void answer(
        final Partition partition,
        final LockTable locks,
        final long hash,
        final long ticket,
        final MessageSink sink,
        final long time)
    {
        final long correlationId = look.correlationId();
        if (locks == null)
        {
            desk.replies.lock(sink, partition.id(), correlationId, LockStatus.FREE, 0, 0);
            return;
        }

        final LockView view = locks.view();
        final boolean isOther = look.holder() != 0 && !view.isNamed(call);
        final LockReplyEncoder reply = ticket != 0 ?
            desk.replies.lock(sink, partition.id(), correlationId, LockStatus.QUEUED, ticket, 0) :
            desk.replies.lock(
                sink,
                partition.id(),
                correlationId,
                isOther ? LockStatus.HELD : LockStatus.DONE,
                view.fence(),
                view.end() - time);
        reply.sessionId(view.session()).holder(view.holder())
            .waiters(locks.queues().size(hash, name, nameOffset, nameLength));
    }
}
