package io.peregrine.client.remote;

import io.peregrine.client.codec.Action;
import io.peregrine.client.codec.Condition;
import io.peregrine.client.codec.Kind;
import io.peregrine.client.codec.LockKind;
import io.peregrine.client.codec.LockLookEncoder;
import io.peregrine.client.codec.MapReadRequestEncoder;
import io.peregrine.client.codec.MapRequestEncoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.StructureAction;
import io.peregrine.client.codec.StructureRequestEncoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Makes requests as the API would.
 */
final class Requests
{
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    byte[] write(final int structureId, final int partition, final String key, final int valueLength)
    {
        final byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        final MapRequestEncoder request = new MapRequestEncoder().wrapAndApplyHeader(message, 0, header)
            .correlationId(0).sessionId(0).requestNumber(0).lowestUnanswered(0).ttl(0).maxIdle(0).operand(0)
            .expectedVersion(0).structureId(structureId).partition(partition)
            .action(Action.PUT).condition(Condition.NONE);
        request.flags().clear();
        request.reserved1((short) 0).reserved2(0)
            .putKey(keyBytes, 0, keyBytes.length)
            .putValue(new byte[valueLength], 0, valueLength)
            .putExpected(new byte[0], 0, 0);
        return bytes(request.encodedLength());
    }

    byte[] read(final int structureId, final int partition, final String key)
    {
        return read(structureId, partition, key, 0);
    }

    byte[] read(final int structureId, final int partition, final String key, final long staleness)
    {
        final byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        return bytes(new MapReadRequestEncoder().wrapAndApplyHeader(message, 0, header)
            .correlationId(0).staleness(staleness).structureId(structureId).partition(partition).withValue((short) 1)
            .reserved1((short) 0).reserved2(0).reserved3(0)
            .putKey(keyBytes, 0, keyBytes.length).encodedLength());
    }

    /**
     * A look at a lock whose answer is held back while one waits in line.
     */
    byte[] await(final int partition, final String name)
    {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return bytes(new LockLookEncoder().wrapAndApplyHeader(message, 0, header)
            .correlationId(0).sessionId(0).holder(1).partition(partition).await((short) 1).kind(LockKind.LOCK)
            .reserved1(0).putName(bytes, 0, bytes.length).encodedLength());
    }

    byte[] open(final String name)
    {
        return structure(StructureAction.OPEN, 0, name);
    }

    byte[] destroy(final int structureId)
    {
        return structure(StructureAction.DESTROY, structureId, "");
    }

    /**
     * Put the number in that the write leaves behind.
     */
    void operand(final MutableDirectBuffer request, final long operand)
    {
        final MessageHeaderDecoder decoder = new MessageHeaderDecoder().wrap(request, 0);
        if (decoder.templateId() == MapRequestEncoder.TEMPLATE_ID)
        {
            request.putLong(HEADER + MapRequestEncoder.operandEncodingOffset(), operand, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private byte[] structure(final StructureAction action, final int structureId, final String name)
    {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return bytes(new StructureRequestEncoder().wrapAndApplyHeader(message, 0, header)
            .correlationId(0).ttl(0).maxIdle(0).structureId(structureId).action(action).kind(Kind.MAP).reserved1(0)
            .putName(bytes, 0, bytes.length).encodedLength());
    }

    private byte[] bytes(final int encodedLength)
    {
        final byte[] bytes = new byte[HEADER + encodedLength];
        message.getBytes(0, bytes);
        return bytes;
    }
}
