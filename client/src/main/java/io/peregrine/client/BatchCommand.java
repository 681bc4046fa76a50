package io.peregrine.client;

import io.peregrine.client.codec.Action;
import io.peregrine.client.port.KeyHash;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An encoded command of a batch. Immutable.
 */
final class BatchCommand
{
    private static final byte[] NOTHING = new byte[0];
    private static final int BLOCK_AND_LENGTHS = 40 + 12;

    final int structureId;
    final Action action;
    final When when;
    final Expiry expiry;
    final long operand;
    final byte[] key;
    final byte[] value;
    final byte[] expected;

    private BatchCommand(
        final int structureId,
        final Action action,
        final When when,
        final Expiry expiry,
        final long operand,
        final byte[] key,
        final byte[] value,
        final byte[] expected)
    {
        this.structureId = structureId;
        this.action = action;
        this.when = when;
        this.expiry = expiry;
        this.operand = operand;
        this.key = key;
        this.value = value;
        this.expected = expected;
    }

    @SuppressWarnings("unchecked")
    static <K, V> BatchCommand encode(
        final Caller caller,
        final MapCalls<K, V> calls,
        final Action action,
        final K key,
        final V value,
        final When when,
        final Expiry expiry,
        final long operand)
    {
        final byte[] keyBytes = copy(caller.key, caller.encodeKey(calls.keyCodec, key));
        final byte[] valueBytes = value == null ? NOTHING :
            copy(caller.value, caller.encodeValue(calls.valueCodec, value));
        final byte[] expectedBytes = when.value == null ? NOTHING :
            copy(caller.expected, caller.encodeExpected(calls.valueCodec, (V) when.value));
        return new BatchCommand(
            calls.map.structureId, action, when, expiry, operand, keyBytes, valueBytes, expectedBytes);
    }

    /**
     * Bytes that it takes in a message.
     */
    int length()
    {
        return BLOCK_AND_LENGTHS + key.length + value.length + expected.length;
    }

    byte[] routing(final MapTarget map)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(key);
        partition(map);
        final long part = map.routing.part(buffer, 0, key.length);
        final byte[] bytes = new byte[(int) part];
        buffer.getBytes((int) (part >>> 32), bytes);
        return bytes;
    }

    int partition(final MapTarget map)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(key);
        return map.partition(KeyHash.hash(buffer, 0, key.length), buffer, 0, key.length);
    }

    private static byte[] copy(final ScratchBuffer buffer, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.view().getBytes(0, bytes);
        return bytes;
    }
}
