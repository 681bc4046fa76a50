package io.peregrine.storage.partition;

import java.nio.ByteOrder;

import io.peregrine.storage.codec.MessageHeaderEncoder;
import io.peregrine.storage.codec.ResultEncoder;
import io.peregrine.storage.codec.ResultEncoder.CommandsEncoder;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.map.RecordView;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes the Result of the entry that is being applied, one command after the other, each before it changes anything.
 * Fields are put where the schema has them, without the generated encoder, which takes several times as long: every
 * write waits for its result.
 */
final class ResultWriter
{
    private static final int ROOT = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int GROUP = ROOT + ResultEncoder.BLOCK_LENGTH;
    private static final int FIRST_COMMAND = GROUP + CommandsEncoder.HEADER_SIZE;
    private static final int COMMAND_BLOCK = CommandsEncoder.sbeBlockLength();
    private static final long HEADER = ResultEncoder.BLOCK_LENGTH |
        (long) ResultEncoder.TEMPLATE_ID << 16 |
        (long) ResultEncoder.SCHEMA_ID << 32 |
        (long) ResultEncoder.SCHEMA_VERSION << 48;

    private final GrowingBuffer growing = new GrowingBuffer();
    private int end;

    /**
     * Begin the result of an entry, and end it too if no command follows.
     */
    void begin(final long sequence, final ResultStatus status, final int failed, final int count)
    {
        final UnsafeBuffer buffer = growing.buffer;
        buffer.putLong(0, HEADER, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(ROOT + ResultEncoder.sequenceEncodingOffset(), sequence, ByteOrder.LITTLE_ENDIAN);
        // Status, a reserved byte, which command failed, and how many records were removed: 8 bytes in a row.
        buffer.putLong(
            ROOT + ResultEncoder.statusEncodingOffset(), status.value() | (long) failed << 16, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(GROUP, COMMAND_BLOCK | count << 16, ByteOrder.LITTLE_ENDIAN);
        end = FIRST_COMMAND;
    }

    /**
     * How many records the entry removed as a whole.
     */
    void removed(final long count)
    {
        growing.buffer.putInt(ROOT + ResultEncoder.removedEncodingOffset(), (int) count, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * What one command found and left.
     *
     * @param version         of the record after the command.
     * @param previousVersion of the record before it.
     * @param previous        the record before it, if its value is to be told; else null.
     */
    void command(final long version, final long previousVersion, final RecordView previous)
    {
        final int length = previous == null ? 0 : previous.valueLength();
        final int at = end;
        final int valueAt = at + COMMAND_BLOCK + Integer.BYTES;
        end = valueAt + length;
        growing.ensure(end);
        final UnsafeBuffer buffer = growing.buffer;
        buffer.putLong(at + CommandsEncoder.versionEncodingOffset(), version, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(at + CommandsEncoder.previousVersionEncodingOffset(), previousVersion, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(at + COMMAND_BLOCK, length, ByteOrder.LITTLE_ENDIAN);
        if (length > 0)
        {
            previous.copyValue(buffer, valueAt);
        }
    }

    UnsafeBuffer buffer()
    {
        return growing.buffer;
    }

    int length()
    {
        return end;
    }
}
