package io.peregrine.storage.partition;

import java.nio.ByteOrder;

import io.peregrine.storage.codec.Action;
import io.peregrine.storage.codec.Condition;
import io.peregrine.storage.codec.MapBatchDecoder;
import io.peregrine.storage.codec.MapCommandDecoder;
import io.peregrine.storage.memory.KeyHasher;
import org.agrona.DirectBuffer;

/**
 * One decoded command, alone or of a batch: a reusable flyweight whose key, value and expected value stay in the entry.
 */
final class Command
{
    DirectBuffer buffer;
    int structureId;
    Action action;
    Condition condition;
    boolean returnPrevious;
    long deadline;
    long maxIdle;
    long operand;
    long expectedVersion;
    int keyOffset;
    int keyLength;
    int valueOffset;
    int valueLength;
    int expectedOffset;
    int expectedLength;
    long hash;
    /**
     * Record found by the structure; good until anything in the partition changes.
     */
    long handle;
    /**
     * What the command leaves behind, as far as a later ADD of the same batch asks.
     */
    final NumberState after = new NumberState();

    Command wrap(final MapCommandDecoder decoder, final KeyHasher hasher)
    {
        buffer = decoder.buffer();
        deadline = decoder.deadline();
        maxIdle = decoder.maxIdle();
        operand = decoder.operand();
        expectedVersion = decoder.expectedVersion();
        structureId = decoder.structureId();
        action = decoder.action();
        condition = decoder.condition();
        returnPrevious = decoder.flags().returnPrevious();
        keyLength = decoder.keyLength();
        keyOffset = decoder.limit() + MapCommandDecoder.keyHeaderLength();
        decoder.skipKey();
        valueLength = decoder.valueLength();
        valueOffset = decoder.limit() + MapCommandDecoder.valueHeaderLength();
        decoder.skipValue();
        expectedLength = decoder.expectedLength();
        expectedOffset = decoder.limit() + MapCommandDecoder.expectedHeaderLength();
        decoder.skipExpected();
        hash = hasher.hash(buffer, keyOffset, keyLength);
        return this;
    }

    Command wrap(final MapBatchDecoder batch, final MapBatchDecoder.CommandsDecoder decoder, final KeyHasher hasher)
    {
        buffer = batch.buffer();
        deadline = decoder.deadline();
        maxIdle = decoder.maxIdle();
        operand = decoder.operand();
        expectedVersion = decoder.expectedVersion();
        structureId = decoder.structureId();
        action = decoder.action();
        condition = decoder.condition();
        returnPrevious = decoder.flags().returnPrevious();
        keyLength = decoder.keyLength();
        keyOffset = batch.limit() + MapBatchDecoder.CommandsDecoder.keyHeaderLength();
        decoder.skipKey();
        valueLength = decoder.valueLength();
        valueOffset = batch.limit() + MapBatchDecoder.CommandsDecoder.valueHeaderLength();
        decoder.skipValue();
        expectedLength = decoder.expectedLength();
        expectedOffset = batch.limit() + MapBatchDecoder.CommandsDecoder.expectedHeaderLength();
        decoder.skipExpected();
        hash = hasher.hash(buffer, keyOffset, keyLength);
        return this;
    }

    long valueAsLong()
    {
        return buffer.getLong(valueOffset, ByteOrder.LITTLE_ENDIAN);
    }

    boolean isSameKey(final Command other)
    {
        if (structureId != other.structureId || hash != other.hash || keyLength != other.keyLength)
        {
            return false;
        }
        for (int i = 0; i < keyLength; i++)
        {
            if (buffer.getByte(keyOffset + i) != other.buffer.getByte(other.keyOffset + i))
            {
                return false;
            }
        }
        return true;
    }
}
