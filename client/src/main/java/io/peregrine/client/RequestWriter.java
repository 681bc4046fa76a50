package io.peregrine.client;

import io.peregrine.client.codec.ClearRequestEncoder;
import io.peregrine.client.codec.CommandFlagsEncoder;
import io.peregrine.client.codec.Kind;
import io.peregrine.client.codec.MapReadRequestEncoder;
import io.peregrine.client.codec.MapRequestEncoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Order;
import io.peregrine.client.codec.OrderRequestEncoder;
import io.peregrine.client.codec.PartitionsRequestEncoder;
import io.peregrine.client.codec.ScanRequestEncoder;
import io.peregrine.client.codec.SizeRequestEncoder;
import io.peregrine.client.codec.StatusRequestEncoder;
import io.peregrine.client.codec.StructureAction;
import io.peregrine.client.codec.StructureRequestEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes requests straight into the room claimed for them. Each method returns the id of the request, or the negative
 * result of the claim. Single-threaded, without garbage.
 */
final class RequestWriter
{
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int MAP_LENGTH = HEADER + MapRequestEncoder.BLOCK_LENGTH + 12;
    private static final int READ_LENGTH = HEADER + MapReadRequestEncoder.BLOCK_LENGTH + 4;
    private static final int SCAN_LENGTH = HEADER + ScanRequestEncoder.BLOCK_LENGTH;
    private static final int SIZE_LENGTH = HEADER + SizeRequestEncoder.BLOCK_LENGTH;
    private static final int CLEAR_LENGTH = HEADER + ClearRequestEncoder.BLOCK_LENGTH;
    private static final int STATUS_LENGTH = HEADER + StatusRequestEncoder.BLOCK_LENGTH;
    private static final int PARTITIONS_LENGTH = HEADER + PartitionsRequestEncoder.BLOCK_LENGTH;
    private static final int ORDER_LENGTH = HEADER + OrderRequestEncoder.BLOCK_LENGTH;
    private static final int STRUCTURE_LENGTH = HEADER + StructureRequestEncoder.BLOCK_LENGTH + 4;

    private static final long MAP_HEADER = MapRequestEncoder.BLOCK_LENGTH |
        (long) MapRequestEncoder.TEMPLATE_ID << 16 |
        (long) MapRequestEncoder.SCHEMA_ID << 32 |
        (long) MapRequestEncoder.SCHEMA_VERSION << 48;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MapReadRequestEncoder read = new MapReadRequestEncoder();
    private final ScanRequestEncoder scan = new ScanRequestEncoder();
    private final SizeRequestEncoder size = new SizeRequestEncoder();
    private final ClearRequestEncoder clear = new ClearRequestEncoder();
    private final StructureRequestEncoder structure = new StructureRequestEncoder();
    private final StatusRequestEncoder status = new StatusRequestEncoder();
    private final PartitionsRequestEncoder partitions = new PartitionsRequestEncoder();
    private final Exchange exchange;
    private final FencedWriter fenced;

    RequestWriter(final Exchange exchange)
    {
        this.exchange = exchange;
        fenced = new FencedWriter(exchange);
    }

    FencedWriter fenced()
    {
        return fenced;
    }

    long command(final int structureId, final int partition, final long keyHash, final MapCommand command)
    {
        final int length = MAP_LENGTH + command.keyLength + command.valueLength + command.expectedLength;
        final long id = fenced.claim(partition, length, command.lease);
        if (id > 0)
        {
            boolean written = false;
            try
            {
                write(id, structureId, partition, command);
                written = true;
            }
            finally
            {
                if (!written)
                {
                    exchange.abort();
                }
            }
            exchange.commit(keyHash);
        }
        return id;
    }

    long read(
        final int structureId,
        final int partition,
        final boolean withValue,
        final long staleness,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength)
    {
        final long id = exchange.claim(partition, READ_LENGTH + keyLength);
        if (id > 0)
        {
            read.wrapAndApplyHeader(exchange.buffer(), exchange.offset(), header)
                .correlationId(id)
                .staleness(staleness)
                .structureId(structureId)
                .partition(partition)
                .withValue((short) (withValue ? 1 : 0))
                .reserved1((short) 0)
                .reserved2(0)
                .reserved3(0)
                .putKey(key, keyOffset, keyLength);
            exchange.commit(0);
        }
        return id;
    }

    long scan(
        final int structureId,
        final int partition,
        final long cursor,
        final int maxEntries,
        final int maxBytes,
        final boolean keysOnly)
    {
        final long id = exchange.claim(partition, SCAN_LENGTH);
        if (id > 0)
        {
            scan.wrapAndApplyHeader(exchange.buffer(), exchange.offset(), header)
                .correlationId(id)
                .cursor(cursor)
                .structureId(structureId)
                .partition(partition)
                .maxEntries(maxEntries)
                .maxBytes(maxBytes);
            scan.flags().clear().keysOnly(keysOnly).onward(true);
            scan.reserved1((short) 0).reserved2(0).reserved3(0);
            exchange.commit(0);
        }
        return id;
    }

    long size(final int structureId, final int partition)
    {
        final long id = exchange.claim(partition, SIZE_LENGTH);
        if (id > 0)
        {
            size.wrapAndApplyHeader(exchange.buffer(), exchange.offset(), header)
                .correlationId(id)
                .structureId(structureId)
                .partition(partition);
            exchange.commit(0);
        }
        return id;
    }

    /**
     * @param lease whose fence it carries; null for none.
     */
    long clear(final int structureId, final int partition, final Lease lease)
    {
        final long id = fenced.claim(partition, CLEAR_LENGTH, lease);
        if (id > 0)
        {
            clear.wrapAndApplyHeader(exchange.buffer(), exchange.offset(), header)
                .correlationId(id)
                .sessionId(0)
                .requestNumber(0)
                .lowestUnanswered(0)
                .structureId(structureId)
                .partition(partition);
            exchange.commit(0);
        }
        return id;
    }

    long structure(
        final StructureAction action,
        final int structureId,
        final MapOptions options,
        final DirectBuffer name,
        final int nameLength)
    {
        final long id = exchange.claim(0, STRUCTURE_LENGTH + nameLength);
        if (id > 0)
        {
            structure.wrapAndApplyHeader(exchange.buffer(), exchange.offset(), header)
                .correlationId(id)
                .ttl(options.ttlNs())
                .maxIdle(options.maxIdleNs())
                .structureId(structureId)
                .action(action)
                .kind(Kind.MAP)
                .reserved1(0)
                .putName(name, 0, nameLength);
            exchange.commit(0);
        }
        return id;
    }

    long status(final int member, final int fromMap, final int maxMaps)
    {
        final long id = exchange.claim(0, STATUS_LENGTH);
        if (id > 0)
        {
            status.wrapAndApplyHeader(exchange.buffer(), exchange.offset(), header)
                .correlationId(id)
                .fromMap(fromMap)
                .maxMaps(maxMaps)
                .member(member)
                .reserved1(0);
            exchange.commit(0);
        }
        return id;
    }

    long order(final Order what, final int number, final long expected)
    {
        final long id = exchange.claim(0, ORDER_LENGTH);
        if (id > 0)
        {
            new OrderRequestEncoder().wrapAndApplyHeader(exchange.buffer(), exchange.offset(), header)
                .correlationId(id)
                .expected(expected)
                .number(number)
                .order(what)
                .reserved1((short) 0)
                .reserved2(0);
            exchange.commit(0);
        }
        return id;
    }

    long partitions(final int member, final int agent, final int from)
    {
        final long id = exchange.claim(agent, PARTITIONS_LENGTH);
        if (id > 0)
        {
            partitions.wrapAndApplyHeader(exchange.buffer(), exchange.offset(), header)
                .correlationId(id)
                .member(member)
                .agent(agent)
                .from(from)
                .reserved1(0);
            exchange.commit(0);
        }
        return id;
    }

    /**
     * Fields are put where the schema has them, without the generated encoder, which takes several times as long.
     */
    private void write(final long id, final int structureId, final int partition, final MapCommand command)
    {
        final MutableDirectBuffer to = exchange.buffer();
        final int at = exchange.offset();
        final int root = at + HEADER;
        to.putLong(at, MAP_HEADER, ORDER);
        to.putLong(root + MapRequestEncoder.correlationIdEncodingOffset(), id, ORDER);
        to.putLong(root + MapRequestEncoder.sessionIdEncodingOffset(), 0, ORDER);
        to.putLong(root + MapRequestEncoder.requestNumberEncodingOffset(), 0, ORDER);
        to.putLong(root + MapRequestEncoder.lowestUnansweredEncodingOffset(), 0, ORDER);
        to.putLong(root + MapRequestEncoder.ttlEncodingOffset(), command.ttl, ORDER);
        to.putLong(root + MapRequestEncoder.maxIdleEncodingOffset(), command.maxIdle, ORDER);
        to.putLong(root + MapRequestEncoder.operandEncodingOffset(), command.operand, ORDER);
        to.putLong(root + MapRequestEncoder.expectedVersionEncodingOffset(), command.expectedVersion, ORDER);
        to.putInt(root + MapRequestEncoder.structureIdEncodingOffset(), structureId, ORDER);
        to.putInt(root + MapRequestEncoder.partitionEncodingOffset(), partition, ORDER);
        final byte flags = CommandFlagsEncoder.returnPrevious((byte) 0, command.returnPrevious);
        // Action, condition, flags, and reserved bytes: 8 in a row.
        to.putLong(
            root + MapRequestEncoder.actionEncodingOffset(),
            command.action.value() | command.condition.value() << 8 | flags << 16,
            ORDER);
        int next = root + MapRequestEncoder.BLOCK_LENGTH;
        next = put(to, next, command.key, command.keyOffset, command.keyLength);
        next = put(to, next, command.value, command.valueOffset, command.valueLength);
        put(to, next, command.expected, command.expectedOffset, command.expectedLength);
    }

    private static int put(
        final MutableDirectBuffer to, final int at, final DirectBuffer from, final int offset, final int length)
    {
        to.putInt(at, length, ORDER);
        if (length > 0)
        {
            to.putBytes(at + Integer.BYTES, from, offset, length);
        }
        return at + Integer.BYTES + length;
    }
}
