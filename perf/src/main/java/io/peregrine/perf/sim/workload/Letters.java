package io.peregrine.perf.sim.workload;

import io.peregrine.client.codec.MapBatchRequestEncoder;
import io.peregrine.client.codec.MapReadRequestEncoder;
import io.peregrine.client.codec.MapRequestEncoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.OpenSessionRequestEncoder;
import io.peregrine.client.codec.ScanRequestEncoder;
import org.agrona.ExpandableArrayBuffer;

/**
 * Writes requests as bytes.
 */
final class Letters
{
    static final int MAP = Keys.MAP;

    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int PAGE = 16;
    private static final int PAGE_BYTES = 8 * 1024;
    private static final byte[] NOTHING = new byte[0];

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MapRequestEncoder map = new MapRequestEncoder();
    private final MapReadRequestEncoder read = new MapReadRequestEncoder();
    private final MapBatchRequestEncoder batch = new MapBatchRequestEncoder();
    private final ScanRequestEncoder scan = new ScanRequestEncoder();
    private final OpenSessionRequestEncoder open = new OpenSessionRequestEncoder();

    /**
     * @param asking           to write.
     * @param lowestUnanswered of its session.
     * @param sessionNs        that a session lives unused.
     * @return the bytes.
     */
    byte[] write(final Asking asking, final long lowestUnanswered, final long sessionNs)
    {
        final int length = HEADER + switch (asking.kind)
        {
            case READ -> read(asking);
            case WRITE -> command(asking, lowestUnanswered);
            case BATCH -> batch(asking, lowestUnanswered);
            case SCAN -> scan(asking);
            case SESSION -> session(asking, sessionNs);
        };
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    private int session(final Asking asking, final long sessionNs)
    {
        open.wrapAndApplyHeader(buffer, 0, header)
            .correlationId(asking.correlationId)
            .timeout(sessionNs)
            .partition(asking.partition)
            .reserved1(0);
        return open.encodedLength();
    }

    private int read(final Asking asking)
    {
        final byte[] key = Keys.bytes(asking.items.get(0).key());
        read.wrapAndApplyHeader(buffer, 0, header)
            .correlationId(asking.correlationId)
            .staleness(asking.boundNs)
            .structureId(MAP)
            .partition(asking.partition)
            .withValue((short) 1)
            .reserved1((short) 0)
            .reserved2(0)
            .reserved3(0)
            .putKey(key, 0, key.length);
        return read.encodedLength();
    }

    private int scan(final Asking asking)
    {
        scan.wrapAndApplyHeader(buffer, 0, header)
            .correlationId(asking.correlationId)
            .cursor(asking.cursor)
            .structureId(MAP)
            .partition(asking.partition)
            .maxEntries(PAGE)
            .maxBytes(PAGE_BYTES)
            .reserved1((short) 0)
            .reserved2(0)
            .reserved3(0);
        scan.flags().clear();
        return scan.encodedLength();
    }

    private int command(final Asking asking, final long lowestUnanswered)
    {
        final Item item = asking.items.get(0);
        map.wrapAndApplyHeader(buffer, 0, header)
            .correlationId(asking.correlationId)
            .sessionId(asking.sessionId)
            .requestNumber(asking.number)
            .lowestUnanswered(lowestUnanswered)
            .ttl(item.ttlNs())
            .maxIdle(-1)
            .operand(item.delta())
            .expectedVersion(item.version())
            .structureId(MAP)
            .partition(asking.partition)
            .action(item.action())
            .condition(item.condition())
            .reserved1((short) 0)
            .reserved2(0);
        map.flags().clear().returnPrevious(true);
        final byte[] key = Keys.bytes(item.key());
        final byte[] value = value(item);
        final byte[] expected = expected(item);
        map.putKey(key, 0, key.length).putValue(value, 0, value.length).putExpected(expected, 0, expected.length);
        return map.encodedLength();
    }

    private int batch(final Asking asking, final long lowestUnanswered)
    {
        final MapBatchRequestEncoder.CommandsEncoder commands = batch.wrapAndApplyHeader(buffer, 0, header)
            .correlationId(asking.correlationId)
            .sessionId(asking.sessionId)
            .requestNumber(asking.number)
            .lowestUnanswered(lowestUnanswered)
            .partition(asking.partition)
            .reserved1(0)
            .commandsCount(asking.items.size());
        for (final Item item : asking.items)
        {
            commands.next()
                .ttl(item.ttlNs())
                .maxIdle(-1)
                .operand(item.delta())
                .expectedVersion(item.version())
                .structureId(MAP)
                .action(item.action())
                .condition(item.condition())
                .reserved2((short) 0);
            commands.flags().clear().returnPrevious(true);
            final byte[] key = Keys.bytes(item.key());
            final byte[] value = value(item);
            final byte[] expected = expected(item);
            commands.putKey(key, 0, key.length)
                .putValue(value, 0, value.length)
                .putExpected(expected, 0, expected.length);
        }
        return batch.encodedLength();
    }

    private static byte[] value(final Item item)
    {
        return item.value() == null ? NOTHING : Keys.valueBytes(item.key(), item.value());
    }

    private static byte[] expected(final Item item)
    {
        return item.expected() == null || item.version() != 0 ? NOTHING : Keys.bytes(item.expected());
    }
}
