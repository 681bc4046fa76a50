package io.peregrine.storage.partition;

import java.nio.ByteOrder;

import io.peregrine.storage.codec.Action;
import io.peregrine.storage.codec.CommandFlagsDecoder;
import io.peregrine.storage.codec.Condition;
import io.peregrine.storage.codec.MapBatchDecoder;
import io.peregrine.storage.codec.MapCommandDecoder;
import io.peregrine.storage.codec.MessageHeaderDecoder;
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

    /**
     * Take the command of a MapCommand entry, from where the schema has its fields: the generated decoder takes several
     * times as long, and every write is decoded here.
     */
    Command wrap(final DirectBuffer entry, final int offset, final KeyHasher hasher)
    {
        final int root = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        final int blockLength = entry.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        buffer = entry;
        deadline = entry.getLong(root + MapCommandDecoder.deadlineEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        maxIdle = entry.getLong(root + MapCommandDecoder.maxIdleEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        operand = entry.getLong(root + MapCommandDecoder.operandEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        expectedVersion =
            entry.getLong(root + MapCommandDecoder.expectedVersionEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        structureId = entry.getInt(root + MapCommandDecoder.structureIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        action = Action.get(entry.getByte(root + MapCommandDecoder.actionEncodingOffset()));
        condition = Condition.get(entry.getByte(root + MapCommandDecoder.conditionEncodingOffset()));
        returnPrevious = CommandFlagsDecoder.returnPrevious(
            entry.getByte(root + MapCommandDecoder.flagsEncodingOffset()));
        keyOffset = root + blockLength + MapCommandDecoder.keyHeaderLength();
        keyLength = lengthBefore(keyOffset);
        valueOffset = keyOffset + keyLength + MapCommandDecoder.valueHeaderLength();
        valueLength = lengthBefore(valueOffset);
        expectedOffset = valueOffset + valueLength + MapCommandDecoder.expectedHeaderLength();
        expectedLength = lengthBefore(expectedOffset);
        hash = hasher.hash(entry, keyOffset, keyLength);
        return this;
    }

    private int lengthBefore(final int offset)
    {
        return buffer.getInt(offset - Integer.BYTES, ByteOrder.LITTLE_ENDIAN);
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
