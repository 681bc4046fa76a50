package io.peregrine.node.partition;

import io.peregrine.client.codec.LockKind;
import io.peregrine.client.codec.LockRequestDecoder;
import io.peregrine.storage.codec.ClearStructureEncoder;
import io.peregrine.storage.codec.CreateStructureEncoder;
import io.peregrine.storage.codec.DropStructureEncoder;
import io.peregrine.storage.codec.AdvanceTimeEncoder;
import io.peregrine.storage.codec.CloseSessionEncoder;
import io.peregrine.storage.codec.EvictEncoder;
import io.peregrine.storage.codec.FencedEncoder;
import io.peregrine.storage.codec.LockAction;
import io.peregrine.storage.codec.LockCommandEncoder;
import io.peregrine.storage.codec.MapBatchEncoder;
import io.peregrine.storage.codec.MapBatchEncoder.CommandsEncoder;
import io.peregrine.storage.codec.MapCommandEncoder;
import io.peregrine.storage.codec.MessageHeaderEncoder;
import io.peregrine.storage.codec.OpenSessionEncoder;
import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.map.RecordView;
import io.peregrine.storage.partition.StructureIds;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.nio.ByteOrder;

/**
 * Encodes entries into a claim of the log. Each method returns the length of the entry. One for all partitions of a
 * data agent.
 */
final class Entries
{
    static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    static final int SHORT_ENTRY = 128;
    static final long CLOSED_BY_CLIENT = -1;

    /**
     * What comes before the entry of a write that carries a fence.
     */
    static final int FENCED_PREFIX = HEADER + FencedEncoder.BLOCK_LENGTH + FencedEncoder.withinHeaderLength();

    private static final int BATCH_START = HEADER + MapBatchEncoder.BLOCK_LENGTH;
    private static final int COMMAND_ACTION = HEADER + MapCommandEncoder.actionEncodingOffset();
    private static final int COMMAND_TAIL = HEADER + MapCommandEncoder.BLOCK_LENGTH;
    private static final long COMMAND_HEADER = MapCommandEncoder.BLOCK_LENGTH |
        (long) MapCommandEncoder.TEMPLATE_ID << 16 |
        (long) MapCommandEncoder.SCHEMA_ID << 32 |
        (long) MapCommandEncoder.SCHEMA_VERSION << 48;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int RETURN_PREVIOUS = 1;
    private static final int PER_RECORD = 64;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MapBatchEncoder batch = new MapBatchEncoder();
    private final CreateStructureEncoder create = new CreateStructureEncoder();
    private final ClearStructureEncoder clear = new ClearStructureEncoder();
    private final DropStructureEncoder drop = new DropStructureEncoder();
    private final AdvanceTimeEncoder advance = new AdvanceTimeEncoder();
    private final OpenSessionEncoder open = new OpenSessionEncoder();
    private final CloseSessionEncoder close = new CloseSessionEncoder();
    private final EvictEncoder evict = new EvictEncoder();
    private final FencedEncoder fenced = new FencedEncoder();
    private final LockCommandEncoder lock = new LockCommandEncoder();

    static int lengthOf(final Command from)
    {
        return COMMAND_TAIL + from.end - from.tailOffset;
    }

    /**
     * An ADD always returns what was there, as its answer is the sum. Fields are put where the schema has them, without
     * the generated encoder, which takes several times as long.
     */
    int mapCommand(
        final MutableDirectBuffer to,
        final int offset,
        final Stamp stamp,
        final Command from,
        final long deadline,
        final long maxIdle)
    {
        final int root = offset + HEADER;
        to.putLong(offset, COMMAND_HEADER, ORDER);
        to.putLong(root + MapCommandEncoder.sequenceEncodingOffset(), stamp.sequence, ORDER);
        to.putLong(root + MapCommandEncoder.timeEncodingOffset(), stamp.time, ORDER);
        to.putLong(root + MapCommandEncoder.sessionIdEncodingOffset(), stamp.sessionId, ORDER);
        to.putLong(root + MapCommandEncoder.requestNumberEncodingOffset(), stamp.requestNumber, ORDER);
        to.putLong(root + MapCommandEncoder.lowestUnansweredEncodingOffset(), stamp.lowestUnanswered, ORDER);
        to.putLong(root + MapCommandEncoder.deadlineEncodingOffset(), deadline, ORDER);
        to.putLong(root + MapCommandEncoder.maxIdleEncodingOffset(), maxIdle, ORDER);
        to.putLong(root + MapCommandEncoder.operandEncodingOffset(), from.operand(), ORDER);
        to.putLong(root + MapCommandEncoder.expectedVersionEncodingOffset(), from.expectedVersion(), ORDER);
        to.putInt(root + MapCommandEncoder.structureIdEncodingOffset(), from.structureId(), ORDER);
        // Action, condition, flags, and a reserved byte: 4 bytes in a row, here as there.
        final int what = from.actionConditionFlags();
        to.putInt(offset + COMMAND_ACTION, from.action() == Command.ADD ? what | RETURN_PREVIOUS << 16 : what, ORDER);
        to.putBytes(offset + COMMAND_TAIL, from.buffer, from.tailOffset, from.end - from.tailOffset);
        return COMMAND_TAIL + from.end - from.tailOffset;
    }

    static int batchLength(final int groupLength)
    {
        return BATCH_START + groupLength;
    }

    /**
     * The group of commands is laid out in the entry as it is in the request; expiries are put in place afterwards, by
     * {@link #patch}.
     */
    int mapBatch(
        final MutableDirectBuffer to,
        final int offset,
        final Stamp stamp,
        final DirectBuffer from,
        final int groupOffset,
        final int groupLength)
    {
        batch.wrapAndApplyHeader(to, offset, header)
            .sequence(stamp.sequence)
            .time(stamp.time)
            .sessionId(stamp.sessionId)
            .requestNumber(stamp.requestNumber)
            .lowestUnanswered(stamp.lowestUnanswered);
        to.putBytes(offset + BATCH_START, from, groupOffset, groupLength);
        return BATCH_START + groupLength;
    }

    static int batchGroup(final int offset)
    {
        return offset + BATCH_START;
    }

    static void patch(
        final MutableDirectBuffer to, final Command in, final long deadline, final long maxIdle)
    {
        to.putLong(in.fieldsOffset + CommandsEncoder.deadlineEncodingOffset(), deadline, ByteOrder.LITTLE_ENDIAN);
        to.putLong(in.fieldsOffset + CommandsEncoder.maxIdleEncodingOffset(), maxIdle, ByteOrder.LITTLE_ENDIAN);
        if (in.action() == Command.ADD)
        {
            to.putByte(in.actionOffset + 2, (byte) RETURN_PREVIOUS);
        }
    }

    int create(
        final MutableDirectBuffer to,
        final int offset,
        final Stamp stamp,
        final int structureId,
        final StructureKind kind,
        final int traits)
    {
        create.wrapAndApplyHeader(to, offset, header)
            .sequence(stamp.sequence)
            .time(stamp.time)
            .sessionId(0)
            .requestNumber(0)
            .lowestUnanswered(0)
            .structureId(structureId)
            .kind(kind)
            .traits((short) traits)
            .reserved(0);
        return HEADER + create.encodedLength();
    }

    int clear(final MutableDirectBuffer to, final int offset, final Stamp stamp, final int structureId)
    {
        clear.wrapAndApplyHeader(to, offset, header)
            .sequence(stamp.sequence)
            .time(stamp.time)
            .sessionId(stamp.sessionId)
            .requestNumber(stamp.requestNumber)
            .lowestUnanswered(stamp.lowestUnanswered)
            .structureId(structureId)
            .reserved(0);
        return HEADER + clear.encodedLength();
    }

    int drop(final MutableDirectBuffer to, final int offset, final Stamp stamp, final int structureId)
    {
        drop.wrapAndApplyHeader(to, offset, header)
            .sequence(stamp.sequence)
            .time(stamp.time)
            .sessionId(0)
            .requestNumber(0)
            .lowestUnanswered(0)
            .structureId(structureId)
            .reserved(0);
        return HEADER + drop.encodedLength();
    }

    static int lockLength(final int nameLength)
    {
        return HEADER + LockCommandEncoder.BLOCK_LENGTH + LockCommandEncoder.nameHeaderLength() + nameLength;
    }

    /**
     * Action and flags have the same numbers in request and entry.
     *
     * @param name buffer with the request that is decoded, at the offset of its name.
     */
    int lock(
        final MutableDirectBuffer to,
        final int offset,
        final Stamp stamp,
        final LockRequestDecoder from,
        final DirectBuffer name,
        final int nameOffset,
        final int nameLength)
    {
        final LockKind kind = from.kind();
        final LockAction action = actionOf(from.action());
        final boolean isNamed = action == LockAction.ACQUIRE || action == LockAction.COUNT_DOWN;
        lock.wrapAndApplyHeader(to, offset, header)
            .sequence(stamp.sequence)
            .time(stamp.time)
            .sessionId(stamp.sessionId)
            .requestNumber(stamp.requestNumber)
            .lowestUnanswered(stamp.lowestUnanswered)
            .lease(from.lease())
            .waiting(from.waiting())
            .holder(from.holder())
            .fence(from.fence())
            .structureId(structureOf(kind))
            .action(action)
            .flags().clear().unbound(from.flags().unbound()).freshFence(from.flags().freshFence());
        lock.reserved(0)
            .total(isNamed && kind != LockKind.LOCK ? from.total() : 0)
            .permits(action == LockAction.ACQUIRE && kind == LockKind.SEMAPHORE ? from.permits() : 0)
            .putName(name, nameOffset, nameLength);
        return HEADER + lock.encodedLength();
    }

    /**
     * @return structure that has what a request is about.
     */
    static int structureOf(final LockKind kind)
    {
        switch (kind)
        {
            case SEMAPHORE:
                return StructureIds.SEMAPHORES;
            case LATCH:
                return StructureIds.LATCHES;
            default:
                return StructureIds.LOCKS;
        }
    }

    static LockAction actionOf(final io.peregrine.client.codec.LockAction action)
    {
        return LockAction.get(action.value());
    }

    /**
     * @param length of the entry within, which is there already, behind the prefix.
     */
    int fenced(
        final MutableDirectBuffer to, final int offset, final Stamp stamp, final GivenFence fence, final int length)
    {
        fenced.wrapAndApplyHeader(to, offset, header)
            .sequence(stamp.sequence)
            .time(stamp.time)
            .sessionId(stamp.sessionId)
            .requestNumber(stamp.requestNumber)
            .lowestUnanswered(stamp.lowestUnanswered)
            .lockHash(fence.lock())
            .fence(fence.number())
            .lockPartition(fence.lockPartition())
            .structureId(StructureIds.FENCES);
        to.putInt(offset + FENCED_PREFIX - FencedEncoder.withinHeaderLength(), length, ORDER);
        return FENCED_PREFIX + length;
    }

    int advanceTime(final MutableDirectBuffer to, final int offset, final Stamp stamp)
    {
        advance.wrapAndApplyHeader(to, offset, header)
            .sequence(stamp.sequence)
            .time(stamp.time)
            .sessionId(0)
            .requestNumber(0)
            .lowestUnanswered(0);
        return HEADER + advance.encodedLength();
    }

    int openSession(final MutableDirectBuffer to, final int offset, final Stamp stamp, final long timeoutNs)
    {
        open.wrapAndApplyHeader(to, offset, header)
            .sequence(stamp.sequence)
            .time(stamp.time)
            .sessionId(0)
            .requestNumber(0)
            .lowestUnanswered(0)
            .timeout(timeoutNs);
        return HEADER + open.encodedLength();
    }

    int closeSession(final MutableDirectBuffer to, final int offset, final Stamp stamp, final long sessionId)
    {
        close.wrapAndApplyHeader(to, offset, header)
            .sequence(stamp.sequence)
            .time(stamp.time)
            .sessionId(0)
            .requestNumber(0)
            .lowestUnanswered(0)
            .target(sessionId)
            .lastUsed(CLOSED_BY_CLIENT);
        return HEADER + close.encodedLength();
    }

    static int evictLength(final int keyLength)
    {
        return SHORT_ENTRY + PER_RECORD + keyLength;
    }

    /**
     * @param key buffer that holds the record's key already.
     */
    int evict(
        final MutableDirectBuffer to,
        final int offset,
        final Stamp stamp,
        final RecordView record,
        final DirectBuffer key)
    {
        evict.wrapAndApplyHeader(to, offset, header)
            .sequence(stamp.sequence)
            .time(stamp.time)
            .sessionId(0)
            .requestNumber(0)
            .lowestUnanswered(0)
            .recordsCount(1)
            .next()
            .version(record.version())
            .structureId(record.structureId())
            .reserved(0)
            .putKey(key, 0, record.keyLength());
        return HEADER + evict.encodedLength();
    }
}
