package io.peregrine.node.partition;

import io.peregrine.client.codec.MapBatchRequestDecoder.CommandsDecoder;
import io.peregrine.client.codec.MapRequestDecoder;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * A command on one key as it stands in a request, alone or in a batch: where its parts are, after their lengths were
 * found to lie within the message. A field of its owner; nothing is copied.
 */
final class Command
{
    static final int PUT = 0;
    static final int REMOVE = 1;
    static final int ADD = 2;
    static final int CHECK = 3;
    static final int EXPIRE = 4;

    private static final int MAX_CONDITION = 4;
    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int SINGLE_FIELDS = MapRequestDecoder.ttlEncodingOffset();
    private static final int SINGLE_ACTION = MapRequestDecoder.actionEncodingOffset();
    private static final int BATCH_ACTION = CommandsDecoder.actionEncodingOffset();
    private static final int MAX_IDLE = CommandsDecoder.maxIdleEncodingOffset();
    private static final int OPERAND = CommandsDecoder.operandEncodingOffset();
    private static final int EXPECTED_VERSION = CommandsDecoder.expectedVersionEncodingOffset();
    private static final int STRUCTURE_ID = CommandsDecoder.structureIdEncodingOffset();

    DirectBuffer buffer;
    int fieldsOffset;
    int actionOffset;
    int tailOffset;
    int keyOffset;
    int keyLength;
    int valueLength;
    int expectedLength;
    int end;

    /**
     * @param message     buffer with a MapRequest.
     * @param root        where its root block begins.
     * @param blockLength of the root block.
     * @param limit       where the message ends.
     * @return whether it is well-formed to its very end.
     */
    boolean wrapSingle(final DirectBuffer message, final int root, final int blockLength, final int limit)
    {
        buffer = message;
        fieldsOffset = root + SINGLE_FIELDS;
        actionOffset = root + SINGLE_ACTION;
        return wrapTail(root + blockLength, limit) && end == limit;
    }

    /**
     * @param message buffer with a MapBatchRequest.
     * @param block   where the block of one command begins.
     * @param limit   where the message ends.
     * @return whether it is well-formed; the next command begins at {@link #end}.
     */
    boolean wrapInBatch(final DirectBuffer message, final int block, final int limit)
    {
        buffer = message;
        fieldsOffset = block;
        actionOffset = block + BATCH_ACTION;
        return wrapTail(block + CommandsDecoder.sbeBlockLength(), limit);
    }

    int structureId()
    {
        return buffer.getInt(fieldsOffset + STRUCTURE_ID, ByteOrder.LITTLE_ENDIAN);
    }

    long ttl()
    {
        return buffer.getLong(fieldsOffset, ByteOrder.LITTLE_ENDIAN);
    }

    long maxIdle()
    {
        return buffer.getLong(fieldsOffset + MAX_IDLE, ByteOrder.LITTLE_ENDIAN);
    }

    long operand()
    {
        return buffer.getLong(fieldsOffset + OPERAND, ByteOrder.LITTLE_ENDIAN);
    }

    long expectedVersion()
    {
        return buffer.getLong(fieldsOffset + EXPECTED_VERSION, ByteOrder.LITTLE_ENDIAN);
    }

    int action()
    {
        return buffer.getByte(actionOffset);
    }

    int condition()
    {
        return buffer.getByte(actionOffset + 1);
    }

    int flags()
    {
        return buffer.getByte(actionOffset + 2);
    }

    /**
     * The three in the lower three bytes.
     */
    int actionConditionFlags()
    {
        return buffer.getInt(actionOffset, ByteOrder.LITTLE_ENDIAN) & 0xFF_FFFF;
    }

    boolean needsMemory()
    {
        final int action = action();
        return action == PUT || action == ADD || action == EXPIRE;
    }

    private boolean wrapTail(final int offset, final int limit)
    {
        tailOffset = offset;
        keyLength = length(offset, limit);
        keyOffset = offset + LENGTH_BYTES;
        if (keyLength < 0)
        {
            return false;
        }
        final int valueAt = keyOffset + keyLength;
        valueLength = length(valueAt, limit);
        if (valueLength < 0)
        {
            return false;
        }
        final int expectedAt = valueAt + LENGTH_BYTES + valueLength;
        expectedLength = length(expectedAt, limit);
        end = expectedAt + LENGTH_BYTES + expectedLength;
        return expectedLength >= 0 &&
            action() >= PUT && action() <= EXPIRE && condition() >= 0 && condition() <= MAX_CONDITION;
    }

    private int length(final int offset, final int limit)
    {
        if (limit - offset < LENGTH_BYTES)
        {
            return -1;
        }

        final int length = buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
        return length < 0 || length > limit - offset - LENGTH_BYTES ? -1 : length;
    }
}
