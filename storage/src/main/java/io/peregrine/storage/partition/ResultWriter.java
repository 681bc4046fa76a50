package io.peregrine.storage.partition;

import java.nio.ByteOrder;

import io.peregrine.storage.codec.MessageHeaderEncoder;
import io.peregrine.storage.codec.ResultEncoder;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.map.RecordView;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes the Result of the entry that is being applied, one command after the other, each before it changes anything.
 */
final class ResultWriter
{
    private static final DirectBuffer EMPTY = new UnsafeBuffer(new byte[0]);

    private final GrowingBuffer growing = new GrowingBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ResultEncoder encoder = new ResultEncoder();
    private ResultEncoder.CommandsEncoder commands;

    /**
     * Begin the result of an entry, and end it too if no command follows.
     */
    void begin(final long sequence, final ResultStatus status, final int failed, final int count)
    {
        commands = encoder.wrapAndApplyHeader(growing.buffer, 0, header)
            .sequence(sequence)
            .status(status)
            .reserved((short) 0)
            .failed(failed)
            .removed(0)
            .commandsCount(count);
    }

    /**
     * How many records the entry removed as a whole.
     */
    void removed(final long count)
    {
        encoder.removed(count);
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
        growing.ensure(encoder.limit() + ResultEncoder.CommandsEncoder.sbeBlockLength() + Integer.BYTES + length);
        commands.next().version(version).previousVersion(previousVersion);
        final int at = encoder.limit();
        commands.putPrevious(EMPTY, 0, 0);
        if (length > 0)
        {
            growing.buffer.putInt(at, length, ByteOrder.LITTLE_ENDIAN);
            previous.copyValue(growing.buffer, at + Integer.BYTES);
            encoder.limit(at + Integer.BYTES + length);
        }
    }

    UnsafeBuffer buffer()
    {
        return growing.buffer;
    }

    int length()
    {
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }
}
