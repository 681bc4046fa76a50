package io.peregrine.node.partition;

import io.peregrine.client.codec.Action;
import io.peregrine.client.codec.ClearRequestEncoder;
import io.peregrine.client.codec.CloseSessionRequestEncoder;
import io.peregrine.client.codec.Condition;
import io.peregrine.client.codec.MapBatchRequestEncoder;
import io.peregrine.client.codec.MapReadRequestEncoder;
import io.peregrine.client.codec.MapRequestEncoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.OpenSessionRequestEncoder;
import io.peregrine.client.codec.ScanRequestEncoder;
import io.peregrine.client.codec.SizeRequestEncoder;
import org.agrona.ExpandableArrayBuffer;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Encodes requests for tests.
 */
final class Requests
{
    static final byte[] NOTHING = new byte[0];

    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MapRequestEncoder map = new MapRequestEncoder();
    private final MapReadRequestEncoder read = new MapReadRequestEncoder();
    private final MapBatchRequestEncoder batch = new MapBatchRequestEncoder();
    private final ClearRequestEncoder clear = new ClearRequestEncoder();
    private final SizeRequestEncoder size = new SizeRequestEncoder();
    private final ScanRequestEncoder scan = new ScanRequestEncoder();
    private long correlationId;
    private long sessionId;
    private long requestNumber;
    private long lowestUnanswered;

    /**
     * A command.
     */
    static final class Op
    {
        final int mapId;
        final String key;
        Action action = Action.PUT;
        Condition condition = Condition.NONE;
        byte[] value = NOTHING;
        byte[] expected = NOTHING;
        long ttl;
        long maxIdle;
        long operand;
        long expectedVersion;
        boolean returnPrevious = true;

        Op(final int mapId, final String key)
        {
            this.mapId = mapId;
            this.key = key;
        }

        Op put(final byte[] bytes)
        {
            value = bytes;
            return this;
        }

        Op action(final Action newAction)
        {
            action = newAction;
            return this;
        }

        Op ttl(final long newTtl)
        {
            ttl = newTtl;
            return this;
        }

        Op maxIdle(final long newMaxIdle)
        {
            maxIdle = newMaxIdle;
            return this;
        }

        Op add(final long newOperand)
        {
            operand = newOperand;
            return action(Action.ADD);
        }

        Op when(final Condition newCondition)
        {
            condition = newCondition;
            return this;
        }

        byte[] keyBytes()
        {
            return key.getBytes(StandardCharsets.UTF_8);
        }
    }

    long correlationId()
    {
        return correlationId;
    }

    void session(final long id, final long number, final long lowest)
    {
        sessionId = id;
        requestNumber = number;
        lowestUnanswered = lowest;
    }

    int command(final int partition, final Op op)
    {
        final byte[] key = op.keyBytes();
        map.wrapAndApplyHeader(buffer, 0, header)
            .correlationId(++correlationId)
            .sessionId(sessionId)
            .requestNumber(requestNumber)
            .lowestUnanswered(lowestUnanswered)
            .ttl(op.ttl)
            .maxIdle(op.maxIdle)
            .operand(op.operand)
            .expectedVersion(op.expectedVersion)
            .structureId(op.mapId)
            .partition(partition)
            .action(op.action)
            .condition(op.condition)
            .reserved1((short) 0)
            .reserved2(0);
        map.flags().clear().returnPrevious(op.returnPrevious);
        map.putKey(key, 0, key.length)
            .putValue(op.value, 0, op.value.length)
            .putExpected(op.expected, 0, op.expected.length);
        return HEADER + map.encodedLength();
    }

    int batch(final int partition, final List<Op> ops)
    {
        final MapBatchRequestEncoder.CommandsEncoder commands = batch.wrapAndApplyHeader(buffer, 0, header)
            .correlationId(++correlationId)
            .sessionId(sessionId)
            .requestNumber(requestNumber)
            .lowestUnanswered(lowestUnanswered)
            .partition(partition)
            .reserved1(0)
            .commandsCount(ops.size());
        for (final Op op : ops)
        {
            final byte[] key = op.keyBytes();
            commands.next()
                .ttl(op.ttl)
                .maxIdle(op.maxIdle)
                .operand(op.operand)
                .expectedVersion(op.expectedVersion)
                .structureId(op.mapId)
                .action(op.action)
                .condition(op.condition)
                .reserved2((short) 0);
            commands.flags().clear().returnPrevious(op.returnPrevious);
            commands.putKey(key, 0, key.length)
                .putValue(op.value, 0, op.value.length)
                .putExpected(op.expected, 0, op.expected.length);
        }

        return HEADER + batch.encodedLength();
    }

    int read(final int partition, final int mapId, final String key)
    {
        return read(partition, mapId, key, 0);
    }

    int read(final int partition, final int mapId, final String key, final long staleness)
    {
        final byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        read.wrapAndApplyHeader(buffer, 0, header)
            .correlationId(++correlationId)
            .staleness(staleness)
            .structureId(mapId)
            .partition(partition)
            .withValue((short) 1)
            .reserved1((short) 0)
            .reserved2(0)
            .reserved3(0)
            .putKey(bytes, 0, bytes.length);
        return HEADER + read.encodedLength();
    }

    int openSession(final int partition, final long timeoutNs)
    {
        return HEADER + new OpenSessionRequestEncoder().wrapAndApplyHeader(buffer, 0, header)
            .correlationId(++correlationId).timeout(timeoutNs).partition(partition).reserved1(0).encodedLength();
    }

    int closeSession(final int partition, final long id)
    {
        return HEADER + new CloseSessionRequestEncoder().wrapAndApplyHeader(buffer, 0, header)
            .correlationId(++correlationId).sessionId(id).partition(partition).reserved1(0).encodedLength();
    }

    int clear(final int partition, final int mapId)
    {
        clear.wrapAndApplyHeader(buffer, 0, header)
            .correlationId(++correlationId)
            .sessionId(sessionId)
            .requestNumber(requestNumber)
            .lowestUnanswered(lowestUnanswered)
            .structureId(mapId)
            .partition(partition);
        return HEADER + clear.encodedLength();
    }

    int size(final int partition, final int mapId)
    {
        size.wrapAndApplyHeader(buffer, 0, header)
            .correlationId(++correlationId)
            .structureId(mapId)
            .partition(partition);
        return HEADER + size.encodedLength();
    }

    int scan(final int partition, final int mapId, final long cursor, final int maxEntries)
    {
        return scan(partition, mapId, cursor, maxEntries, false);
    }

    int scan(
        final int partition, final int mapId, final long cursor, final int maxEntries, final boolean onward)
    {
        scan.wrapAndApplyHeader(buffer, 0, header)
            .correlationId(++correlationId)
            .cursor(cursor)
            .structureId(mapId)
            .partition(partition)
            .maxEntries(maxEntries)
            .maxBytes(1 << 16)
            .reserved1((short) 0)
            .reserved2(0)
            .reserved3(0);
        scan.flags().clear().onward(onward);
        return HEADER + scan.encodedLength();
    }
}
