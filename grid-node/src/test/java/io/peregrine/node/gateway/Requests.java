package io.peregrine.node.gateway;

import io.peregrine.client.codec.Action;
import io.peregrine.client.codec.ClearRequestEncoder;
import io.peregrine.client.codec.CloseSessionRequestEncoder;
import io.peregrine.client.codec.Condition;
import io.peregrine.client.codec.FencedRequestEncoder;
import io.peregrine.client.codec.FragmentEncoder;
import io.peregrine.client.codec.Kind;
import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockKind;
import io.peregrine.client.codec.LockLookEncoder;
import io.peregrine.client.codec.LockRequestEncoder;
import io.peregrine.client.codec.MapBatchRequestEncoder;
import io.peregrine.client.codec.MapReadRequestEncoder;
import io.peregrine.client.codec.MapRequestEncoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.OpenSessionRequestEncoder;
import io.peregrine.client.codec.ScanRequestEncoder;
import io.peregrine.client.codec.SizeRequestEncoder;
import io.peregrine.client.codec.StructureAction;
import io.peregrine.client.codec.StructureRequestEncoder;
import org.agrona.MutableDirectBuffer;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Requests of every kind, with numbers drawn at random where they are sensible or near it. Each method returns the
 * length.
 */
final class Requests
{
    static final int KINDS = 12;

    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Random random;

    Requests(final Random random)
    {
        this.random = random;
    }

    int any(final MutableDirectBuffer to, final long correlationId, final long sessionId)
    {
        switch (random.nextInt(KINDS))
        {
            case 0:
                return map(to, correlationId, sessionId);
            case 1:
                return read(to, correlationId);
            case 2:
                return batch(to, correlationId, sessionId);
            case 3:
                return scan(to, correlationId);
            case 4:
                return HEADER + new SizeRequestEncoder().wrapAndApplyHeader(to, 0, header)
                    .correlationId(correlationId).structureId(random.nextInt(4)).partition(partition())
                    .encodedLength();
            case 5:
                return HEADER + new ClearRequestEncoder().wrapAndApplyHeader(to, 0, header)
                    .correlationId(correlationId).sessionId(sessionId).requestNumber(random.nextInt(5))
                    .lowestUnanswered(random.nextInt(3)).structureId(random.nextInt(4)).partition(partition())
                    .encodedLength();
            case 6:
                return structure(to, correlationId);
            case 7:
                return lock(to, correlationId, LockAction.get((short) random.nextInt(6)), partition(), sessionId);
            case 8:
                return look(to, correlationId, sessionId);
            case 9:
                return fenced(to, correlationId, partition(), sessionId,
                    random.nextInt(4) == 0 ? scan(to, correlationId) : map(to, correlationId, sessionId));
            case 10:
                return openSession(to, correlationId, partition());
            default:
                return HEADER + new CloseSessionRequestEncoder().wrapAndApplyHeader(to, 0, header)
                    .correlationId(correlationId).sessionId(sessionId).partition(partition()).reserved1(0)
                    .encodedLength();
        }
    }

    int openSession(final MutableDirectBuffer to, final long correlationId, final int partition)
    {
        return HEADER + new OpenSessionRequestEncoder().wrapAndApplyHeader(to, 0, header)
            .correlationId(correlationId).timeout(1L + random.nextInt(1 << 30)).partition(partition).reserved1(0)
            .encodedLength();
    }

    int map(final MutableDirectBuffer to, final long correlationId, final long sessionId)
    {
        final MapRequestEncoder map = new MapRequestEncoder().wrapAndApplyHeader(to, 0, header)
            .correlationId(correlationId)
            .sessionId(sessionId)
            .requestNumber(sessionId == 0 ? 0 : random.nextInt(5))
            .lowestUnanswered(sessionId == 0 ? 0 : random.nextInt(3))
            .ttl(random.nextInt(4) - 1)
            .maxIdle(0)
            .operand(random.nextLong())
            .expectedVersion(random.nextInt())
            .structureId(1 + random.nextInt(3))
            .partition(partition())
            .action(Action.get((short) random.nextInt(5)))
            .condition(Condition.get((short) random.nextInt(5)))
            .reserved1((short) 0)
            .reserved2(0);
        map.flags().clear().returnPrevious(random.nextBoolean());
        map.putKey(bytes(1 + random.nextInt(12)), 0, 1);
        final byte[] value = bytes(random.nextInt(300));
        map.putValue(value, 0, value.length).putExpected(new byte[0], 0, 0);
        return HEADER + map.encodedLength();
    }

    int lock(
        final MutableDirectBuffer to,
        final long correlationId,
        final LockAction action,
        final int partition,
        final long sessionId)
    {
        final LockRequestEncoder lock = new LockRequestEncoder().wrapAndApplyHeader(to, 0, header)
            .correlationId(correlationId).sessionId(sessionId).requestNumber(sessionId == 0 ? 0 : correlationId)
            .lowestUnanswered(0).lease(1L + random.nextInt(1 << 20)).waiting(random.nextInt(1 << 20))
            .holder(random.nextInt(3)).fence(random.nextInt(1 << 10)).partition(partition).action(action);
        lock.flags().clear().unbound(random.nextBoolean()).freshFence(random.nextBoolean());
        return HEADER + lock.kind(LockKind.LOCK).reserved1((short) 0).total(0).permits(0).putName(bytes(3), 0, 3)
            .encodedLength();
    }

    private int look(final MutableDirectBuffer to, final long correlationId, final long sessionId)
    {
        return HEADER + new LockLookEncoder().wrapAndApplyHeader(to, 0, header)
            .correlationId(correlationId).sessionId(sessionId).holder(random.nextInt(3)).partition(partition())
            .await((short) 0).kind(LockKind.get((short) random.nextInt(3))).reserved1(0).putName(bytes(3), 0, 3)
            .encodedLength();
    }

    /**
     * @param length of the request that is there, which goes within.
     */
    int fenced(
        final MutableDirectBuffer to,
        final long correlationId,
        final int partition,
        final long sessionId,
        final int length)
    {
        final byte[] within = new byte[length];
        to.getBytes(0, within);
        return HEADER + new FencedRequestEncoder().wrapAndApplyHeader(to, 0, header)
            .correlationId(correlationId).sessionId(sessionId).requestNumber(sessionId == 0 ? 0 : correlationId)
            .lowestUnanswered(0).lockHash(random.nextInt(4)).fence(1L + random.nextInt(1 << 10)).lockPartition(0)
            .partition(partition).putWithin(within, 0, length).encodedLength();
    }

    int fragment(
        final MutableDirectBuffer to, final long correlationId, final int total, final int from, final int length)
    {
        final byte[] piece = bytes(length);
        return HEADER + new FragmentEncoder().wrapAndApplyHeader(to, 0, header)
            .correlationId(correlationId).totalLength(total).from(from).putPiece(piece, 0, length).encodedLength();
    }

    int put(
        final MutableDirectBuffer to,
        final long correlationId,
        final int structureId,
        final int partition,
        final long sessionId,
        final String key,
        final byte[] value)
    {
        final byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        final MapRequestEncoder map = new MapRequestEncoder().wrapAndApplyHeader(to, 0, header)
            .correlationId(correlationId).sessionId(sessionId).requestNumber(sessionId == 0 ? 0 : correlationId)
            .lowestUnanswered(0).ttl(0).maxIdle(0)
            .operand(0).expectedVersion(0).structureId(structureId).partition(partition).action(Action.PUT)
            .condition(Condition.NONE).reserved1((short) 0).reserved2(0);
        map.flags().clear();
        map.putKey(bytes, 0, bytes.length).putValue(value, 0, value.length).putExpected(new byte[0], 0, 0);
        return HEADER + map.encodedLength();
    }

    int read(
        final MutableDirectBuffer to,
        final long correlationId,
        final int structureId,
        final int partition,
        final String key)
    {
        final byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return HEADER + new MapReadRequestEncoder().wrapAndApplyHeader(to, 0, header)
            .correlationId(correlationId).staleness(0).structureId(structureId).partition(partition)
            .withValue((short) 1).reserved1((short) 0).reserved2(0).reserved3(0).putKey(bytes, 0, bytes.length)
            .encodedLength();
    }

    private int read(final MutableDirectBuffer to, final long correlationId)
    {
        return HEADER + new MapReadRequestEncoder().wrapAndApplyHeader(to, 0, header)
            .correlationId(correlationId).staleness(0).structureId(1 + random.nextInt(3)).partition(partition())
            .withValue((short) 1).reserved1((short) 0).reserved2(0).reserved3(0).putKey(bytes(3), 0, 3)
            .encodedLength();
    }

    private int scan(final MutableDirectBuffer to, final long correlationId)
    {
        final ScanRequestEncoder scan = new ScanRequestEncoder().wrapAndApplyHeader(to, 0, header)
            .correlationId(correlationId).cursor(random.nextInt(3)).structureId(1 + random.nextInt(3))
            .partition(partition()).maxEntries(1 + random.nextInt(4)).maxBytes(random.nextInt(1000))
            .reserved1((short) 0).reserved2(0).reserved3(0);
        scan.flags().clear();
        return HEADER + scan.encodedLength();
    }

    private int structure(final MutableDirectBuffer to, final long correlationId)
    {
        final byte[] name = {(byte) ('a' + random.nextInt(5))};
        final boolean isOpen = random.nextInt(4) > 0;
        return HEADER + new StructureRequestEncoder().wrapAndApplyHeader(to, 0, header)
            .correlationId(correlationId).ttl(0).maxIdle(0).structureId(random.nextInt(8) + 2)
            .action(isOpen ? StructureAction.OPEN : StructureAction.LIST).kind(Kind.MAP).reserved1(0)
            .putName(name, 0, isOpen ? 1 : 0).encodedLength();
    }

    private int batch(final MutableDirectBuffer to, final long correlationId, final long sessionId)
    {
        final int count = random.nextInt(4);
        final MapBatchRequestEncoder batch = new MapBatchRequestEncoder().wrapAndApplyHeader(to, 0, header)
            .correlationId(correlationId).sessionId(sessionId).requestNumber(sessionId == 0 ? 0 : random.nextInt(5))
            .lowestUnanswered(0).partition(partition()).reserved1(0);
        final MapBatchRequestEncoder.CommandsEncoder commands = batch.commandsCount(count);
        for (int i = 0; i < count; i++)
        {
            commands.next().ttl(0).maxIdle(0).operand(1).expectedVersion(0).structureId(1 + random.nextInt(3))
                .action(Action.get((short) random.nextInt(5))).condition(Condition.get((short) random.nextInt(5)))
                .reserved2((short) 0).flags().clear();
            commands.putKey(bytes(3), 0, 3).putValue(bytes(20), 0, 20).putExpected(new byte[0], 0, 0);
        }
        return HEADER + batch.encodedLength();
    }

    private int partition()
    {
        return random.nextInt(10) - 1;
    }

    private byte[] bytes(final int length)
    {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
