package io.peregrine.storage.log;

import java.nio.ByteOrder;
import java.util.Arrays;

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The frames of an {@link EntryLog} in its ring, by their positions. A frame is a header of 32 bytes and the entry,
 * padded to 8 bytes:
 * <pre>
 *   +0 length of the frame  +4 partition, or DEAD  +8 previous  +16 next  +24 length of the entry  +28 reserved
 * </pre>
 * Previous and next are positions of frames of the same partition. Owned by the data agent's thread.
 */
final class Frames
{
    static final int HEADER_LENGTH = 32;

    private static final long NO_POSITION = PartitionLog.NO_POSITION;
    private static final int PARTITION_OFFSET = 4;
    private static final int PREVIOUS_OFFSET = 8;
    private static final int NEXT_OFFSET = 16;
    private static final int ENTRY_LENGTH_OFFSET = 24;
    private static final int ALIGNMENT = 8;
    private static final int DEAD = -1;

    private final UnsafeBuffer buffer;
    private final int mask;
    private PartitionLog[] logs = new PartitionLog[1];
    private long base;

    Frames(final UnsafeBuffer buffer, final int capacity)
    {
        this.buffer = buffer;
        this.mask = capacity - 1;
    }

    static long frameLength(final int entryLength)
    {
        return BitUtil.align((long) entryLength + HEADER_LENGTH, ALIGNMENT);
    }

    /**
     * There is no frame: the next one begins at the first byte of the ring.
     */
    void beginAt(final long position)
    {
        base = position;
    }

    int offsetOf(final long position)
    {
        return (int) (position - base) & mask;
    }

    int length(final long position)
    {
        return buffer.getInt(offsetOf(position), ByteOrder.LITTLE_ENDIAN);
    }

    int entryLength(final long position)
    {
        return buffer.getInt(offsetOf(position) + ENTRY_LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    long sequence(final long position)
    {
        return EntryStamp.sequence(buffer, offsetOf(position) + HEADER_LENGTH);
    }

    long previous(final long position)
    {
        return buffer.getLong(offsetOf(position) + PREVIOUS_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    void previous(final long position, final long previous)
    {
        buffer.putLong(offsetOf(position) + PREVIOUS_OFFSET, previous, ByteOrder.LITTLE_ENDIAN);
    }

    long next(final long position)
    {
        return buffer.getLong(offsetOf(position) + NEXT_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    void next(final long position, final long next)
    {
        buffer.putLong(offsetOf(position) + NEXT_OFFSET, next, ByteOrder.LITTLE_ENDIAN);
    }

    boolean isDead(final long position)
    {
        return buffer.getInt(offsetOf(position) + PARTITION_OFFSET, ByteOrder.LITTLE_ENDIAN) == DEAD;
    }

    void kill(final long position)
    {
        buffer.putInt(offsetOf(position) + PARTITION_OFFSET, DEAD, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * A dead frame, up to the end of the ring.
     */
    void pad(final long position, final int length)
    {
        buffer.putInt(offsetOf(position), length, ByteOrder.LITTLE_ENDIAN);
        kill(position);
    }

    /**
     * An entry of so many bytes is the last of its partition.
     *
     * @return length of its frame.
     */
    int append(final long position, final PartitionLog log, final int entryLength)
    {
        final int offset = offsetOf(position);
        final int length = (int) frameLength(entryLength);
        buffer.putInt(offset, length, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + PARTITION_OFFSET, log.partition(), ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + ENTRY_LENGTH_OFFSET, entryLength, ByteOrder.LITTLE_ENDIAN);
        own(log);
        next(position, NO_POSITION);
        link(log.lastPosition, position, log);
        log.lastPosition = position;
        return length;
    }

    /**
     * A frame that is alive goes elsewhere; its bytes there may be some of those that it has here.
     */
    void move(final long from, final long to)
    {
        final int length = length(from);
        buffer.putBytes(offsetOf(to), buffer, offsetOf(from), length);
        final PartitionLog log = logs[buffer.getInt(offsetOf(to) + PARTITION_OFFSET, ByteOrder.LITTLE_ENDIAN)];
        link(previous(to), to, log);
        if (next(to) == NO_POSITION)
        {
            log.lastPosition = to;
        }
        else
        {
            previous(next(to), to);
        }
    }

    private void link(final long previous, final long position, final PartitionLog log)
    {
        previous(position, previous);
        if (previous == NO_POSITION)
        {
            log.firstPosition = position;
        }
        else
        {
            next(previous, position);
        }
    }

    private void own(final PartitionLog log)
    {
        final int number = log.partition();
        if (number >= logs.length)
        {
            logs = Arrays.copyOf(logs, BitUtil.findNextPositivePowerOfTwo(number + 1));
        }
        logs[number] = log;
    }
}
