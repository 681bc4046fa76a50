package io.peregrine.storage.partition;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.peregrine.storage.codec.AdvanceTimeEncoder;
import io.peregrine.storage.codec.ClearStructureEncoder;
import io.peregrine.storage.codec.CloseSessionEncoder;
import io.peregrine.storage.codec.CreateStructureEncoder;
import io.peregrine.storage.codec.DropStructureEncoder;
import io.peregrine.storage.codec.EvictEncoder;
import io.peregrine.storage.codec.ExpireEncoder;
import io.peregrine.storage.codec.FencedEncoder;
import io.peregrine.storage.codec.LockAction;
import io.peregrine.storage.codec.LockCommandEncoder;
import io.peregrine.storage.codec.MapBatchEncoder;
import io.peregrine.storage.codec.MapCommandEncoder;
import io.peregrine.storage.codec.MessageHeaderEncoder;
import io.peregrine.storage.codec.OpenSessionEncoder;
import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.codec.TouchEncoder;
import io.peregrine.storage.log.EntryStamp;
import io.peregrine.storage.log.Sequences;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes entries with sequences that follow each other.
 */
final class Entries
{
    private static final int CAPACITY = 1 << 20;
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY]);
    int length;
    long sequence = Sequences.of(1, 0);
    long time = 1;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private long sessionId;
    private long number;
    private long lowest;
    private int lines = StructureIds.LOCKS;
    private int total;
    private int permits;

    Entries request(final long newSessionId, final long newNumber, final long newLowest)
    {
        sessionId = newSessionId;
        number = newNumber;
        lowest = newLowest;
        return this;
    }

    byte[] bytes()
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    Entries command(final Cmd cmd)
    {
        final MapCommandEncoder encoder = new MapCommandEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).time(time).sessionId(sessionId).requestNumber(number).lowestUnanswered(lowest)
            .deadline(cmd.deadline).maxIdle(cmd.maxIdle).operand(cmd.operand).expectedVersion(cmd.expectedVersion)
            .structureId(cmd.structureId).action(cmd.action).condition(cmd.condition)
            .flags().clear().returnPrevious(cmd.returning);
        final byte[] key = cmd.keyBytes();
        encoder.reserved((short) 0).putKey(key, 0, key.length).putValue(cmd.value, 0, cmd.value.length)
            .putExpected(cmd.expected, 0, cmd.expected.length);
        return end(encoder.encodedLength());
    }

    Entries batch(final List<Cmd> commands)
    {
        final MapBatchEncoder encoder = new MapBatchEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).time(time).sessionId(sessionId).requestNumber(number).lowestUnanswered(lowest);
        final MapBatchEncoder.CommandsEncoder group = encoder.commandsCount(commands.size());
        for (final Cmd cmd : commands)
        {
            group.next().deadline(cmd.deadline).maxIdle(cmd.maxIdle).operand(cmd.operand)
                .expectedVersion(cmd.expectedVersion).structureId(cmd.structureId).action(cmd.action)
                .condition(cmd.condition).flags().clear().returnPrevious(cmd.returning);
            final byte[] key = cmd.keyBytes();
            group.reserved((short) 0).putKey(key, 0, key.length).putValue(cmd.value, 0, cmd.value.length)
                .putExpected(cmd.expected, 0, cmd.expected.length);
        }
        return end(encoder.encodedLength());
    }

    Entries create(final int structureId)
    {
        return create(structureId, 0);
    }

    Entries create(final int structureId, final int traits)
    {
        return create(structureId, StructureKind.MAP, traits);
    }

    Entries create(final int structureId, final StructureKind kind, final int traits)
    {
        final CreateStructureEncoder encoder = new CreateStructureEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).time(time).sessionId(0).requestNumber(0).lowestUnanswered(0)
            .structureId(structureId).kind(kind).traits((short) traits).reserved(0);
        return end(encoder.encodedLength());
    }

    Entries clear(final int structureId)
    {
        final ClearStructureEncoder encoder = new ClearStructureEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).time(time).sessionId(sessionId).requestNumber(number).lowestUnanswered(lowest)
            .structureId(structureId).reserved(0);
        return end(encoder.encodedLength());
    }

    Entries drop(final int structureId)
    {
        final DropStructureEncoder encoder = new DropStructureEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).time(time).sessionId(0).requestNumber(0).lowestUnanswered(0)
            .structureId(structureId).reserved(0);
        return end(encoder.encodedLength());
    }

    Entries expire(final int structureId, final String key, final long recordEnd)
    {
        final ExpireEncoder encoder = new ExpireEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).time(time).sessionId(0).requestNumber(0).lowestUnanswered(0);
        final byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        encoder.recordsCount(1).next().end(recordEnd).structureId(structureId).reserved(0)
            .putKey(bytes, 0, bytes.length);
        return end(encoder.encodedLength());
    }

    Entries touch(final int structureId, final String key, final long usedAt)
    {
        final TouchEncoder encoder = new TouchEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).time(time).sessionId(0).requestNumber(0).lowestUnanswered(0);
        final byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        encoder.recordsCount(1).next().usedAt(usedAt).structureId(structureId).reserved(0)
            .putKey(bytes, 0, bytes.length);
        return end(encoder.encodedLength());
    }

    Entries evict(final int structureId, final String key, final long version)
    {
        final EvictEncoder encoder = new EvictEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).time(time).sessionId(0).requestNumber(0).lowestUnanswered(0);
        final byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        encoder.recordsCount(1).next().version(version).structureId(structureId).reserved(0)
            .putKey(bytes, 0, bytes.length);
        return end(encoder.encodedLength());
    }

    /**
     * The next command is on a semaphore or a latch.
     */
    Entries counting(final int structureId, final int newTotal, final int newPermits)
    {
        lines = structureId;
        total = newTotal;
        permits = newPermits;
        return this;
    }

    Entries lock(
        final LockAction action,
        final String name,
        final long holder,
        final long fence,
        final long lease,
        final long wait)
    {
        final LockCommandEncoder encoder = new LockCommandEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).time(time).sessionId(sessionId).requestNumber(number).lowestUnanswered(lowest)
            .lease(lease).waiting(wait).holder(holder).fence(fence).structureId(lines).action(action)
            .total(total).permits(permits)
            .flags().clear().freshFence(action == LockAction.RENEW && holder % 2 == 0);
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        encoder.reserved(0).putName(bytes, 0, bytes.length);
        counting(StructureIds.LOCKS, 0, 0);
        return end(encoder.encodedLength());
    }

    /**
     * The entry that was made last, if the fence is good.
     */
    Entries fenced(final int lockPartition, final long lock, final long fence)
    {
        final byte[] within = bytes();
        final FencedEncoder encoder = new FencedEncoder().wrapAndApplyHeader(buffer, 0, header);
        final UnsafeBuffer stamp = new UnsafeBuffer(within);
        encoder.sequence(sequence).time(time).sessionId(EntryStamp.sessionId(stamp, 0))
            .requestNumber(EntryStamp.requestNumber(stamp, 0)).lowestUnanswered(EntryStamp.lowestUnanswered(stamp, 0))
            .lockHash(lock).fence(fence).lockPartition(lockPartition).structureId(StructureIds.FENCES)
            .putWithin(within, 0, within.length);
        return end(encoder.encodedLength());
    }

    Entries advanceTime()
    {
        final AdvanceTimeEncoder encoder = new AdvanceTimeEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).time(time).sessionId(0).requestNumber(0).lowestUnanswered(0);
        return end(encoder.encodedLength());
    }

    Entries openSession(final long timeout)
    {
        final OpenSessionEncoder encoder = new OpenSessionEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).time(time).sessionId(0).requestNumber(0).lowestUnanswered(0).timeout(timeout);
        return end(encoder.encodedLength());
    }

    Entries closeSession(final long target, final long lastUsed)
    {
        final CloseSessionEncoder encoder = new CloseSessionEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).time(time).sessionId(0).requestNumber(0).lowestUnanswered(0)
            .target(target).lastUsed(lastUsed);
        return end(encoder.encodedLength());
    }

    private Entries end(final int encodedLength)
    {
        length = HEADER + encodedLength;
        sessionId = 0;
        number = 0;
        lowest = 0;
        return this;
    }
}
