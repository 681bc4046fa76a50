package io.peregrine.storage.log;

import java.nio.ByteOrder;

import org.agrona.BitUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The entries of all partitions of one data agent that somebody may still need: not yet applied here, not yet
 * acknowledged by a backup, or on their way to a learner. One append-only ring; owned by the data agent's thread.
 * <pre>
 *   claim(length) -> encode at buffer(), offset() -> commit(log)        append
 *   trim(log, sequence)                                                 forget a prefix
 *   truncate(log, sequence)                                             forget a suffix that was not committed
 *   after(log, sequence), next(position)                                read on from a sequence
 * </pre>
 * A frame is a header of 32 bytes and the entry, padded to 8 bytes:
 * <pre>
 *   +0 length of the frame  +4 partition, or DEAD  +8 previous  +16 next  +24 length of the entry  +28 reserved
 * </pre>
 * Previous and next are positions of frames of the same partition, so that each partition walks its own log in both
 * directions and no index is kept beside it. Positions never go back. A trimmed or truncated frame is marked dead;
 * room comes back when the frames before it are dead too. A log without a live frame starts at the first byte of the
 * ring again: where entries are trimmed as soon as they are applied, the log stays within the same few cache lines, and
 * the memory behind, which is never zeroed, is never touched.
 */
public final class EntryLog implements AutoCloseable
{
    /**
     * No such position.
     */
    public static final long NO_POSITION = PartitionLog.NO_POSITION;

    private static final int HEADER_LENGTH = 32;
    private static final int PARTITION_OFFSET = 4;
    private static final int PREVIOUS_OFFSET = 8;
    private static final int NEXT_OFFSET = 16;
    private static final int ENTRY_LENGTH_OFFSET = 24;
    private static final int ALIGNMENT = 8;
    private static final int DEAD = -1;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final int maxEntryLength;
    private final int capacity;
    private final int mask;
    private final long address;
    private long base;
    private long head;
    private long tail;
    private long claimed = NO_POSITION;
    private int claimedLength;
    private boolean closed;

    /**
     * An empty log.
     *
     * @param capacity       of the ring in bytes, a power of two, at least twice what the longest entry needs.
     * @param maxEntryLength the longest entry in bytes.
     */
    public EntryLog(final int capacity, final int maxEntryLength)
    {
        if (!BitUtil.isPowerOfTwo(capacity) || maxEntryLength < EntryStamp.LENGTH ||
            frameLength(maxEntryLength) > capacity / 2)
        {
            throw new IllegalArgumentException("log capacity must be a power of two, and hold two entries of " +
                maxEntryLength + " bytes: " + capacity);
        }
        this.capacity = capacity;
        this.maxEntryLength = maxEntryLength;
        mask = capacity - 1;
        address = UnsafeApi.allocateMemory(capacity);
        buffer.wrap(address, capacity);
    }

    /**
     * The least capacity that holds entries of this length.
     *
     * @param maxEntryLength the longest entry in bytes.
     * @return a power of two.
     */
    public static int minCapacity(final int maxEntryLength)
    {
        return BitUtil.findNextPositivePowerOfTwo((int) (2 * frameLength(maxEntryLength)));
    }

    /**
     * Claim room for an entry. A claim ends by {@link #commit} or {@link #abort}, before anything else is done here.
     *
     * @param length the most bytes that the entry will have.
     * @return false if the log is full or the entry is too long: nothing has changed.
     */
    public boolean claim(final int length)
    {
        assert !closed && claimed == NO_POSITION : "closed, or a claim is open";
        final long needed = frameLength(length);
        final int tailOffset = offsetOf(tail);
        final int padding = tailOffset + needed > capacity ? capacity - tailOffset : 0;
        if (length > maxEntryLength || tail + padding + needed - head > capacity)
        {
            return false;
        }
        if (padding > 0)
        {
            putInt(tailOffset, padding);
            putInt(tailOffset + PARTITION_OFFSET, DEAD);
            tail += padding;
        }
        claimed = tail;
        claimedLength = length;
        return true;
    }

    /**
     * The ring. Entries are at {@link #offset()} and {@link #offset(long)}.
     *
     * @return always the same buffer.
     */
    public UnsafeBuffer buffer()
    {
        return buffer;
    }

    /**
     * Where the claimed entry begins, and stays readable until it is trimmed.
     *
     * @return offset in {@link #buffer()}, a multiple of 8.
     */
    public int offset()
    {
        return offsetOf(claimed) + HEADER_LENGTH;
    }

    /**
     * Append the claimed entry. Its stamp must carry the sequence that follows in that partition.
     *
     * @param log    of the partition.
     * @param length of the entry, at most what was claimed.
     * @return the position of the entry.
     */
    public long commit(final PartitionLog log, final int length)
    {
        assert claimed != NO_POSITION && length >= EntryStamp.LENGTH && length <= claimedLength : "no such claim";
        final long position = claimed;
        final int frame = offsetOf(position);
        log.appended(EntryStamp.sequence(buffer, frame + HEADER_LENGTH));
        final int frameLength = (int) frameLength(length);
        putInt(frame, frameLength);
        putInt(frame + PARTITION_OFFSET, log.partition());
        putLong(frame + PREVIOUS_OFFSET, log.lastPosition);
        putLong(frame + NEXT_OFFSET, NO_POSITION);
        putInt(frame + ENTRY_LENGTH_OFFSET, length);
        if (log.lastPosition == NO_POSITION)
        {
            log.firstPosition = position;
        }
        else
        {
            putLong(offsetOf(log.lastPosition) + NEXT_OFFSET, position);
        }
        log.lastPosition = position;
        tail = position + frameLength;
        claimed = NO_POSITION;
        return position;
    }

    /**
     * Give the claim back.
     */
    public void abort()
    {
        claimed = NO_POSITION;
        freeDead();
    }

    /**
     * The first entry of a partition after a sequence.
     *
     * @param log      of the partition.
     * @param sequence at or after {@link PartitionLog#trimmed()}.
     * @return position, or {@link #NO_POSITION} if there is none yet.
     */
    public long after(final PartitionLog log, final long sequence)
    {
        log.check(sequence >= log.trimmed(), "read from", sequence);
        long found = NO_POSITION;
        long position = log.lastPosition;
        while (position != NO_POSITION && sequence(position) > sequence)
        {
            found = position;
            position = getLong(offsetOf(position) + PREVIOUS_OFFSET);
        }
        return found;
    }

    /**
     * The last entry of a partition up to a sequence.
     *
     * @param log      of the partition.
     * @param sequence of an entry of this log or of another copy's.
     * @return its sequence, at most the one given; {@link PartitionLog#trimmed()} if all of them are trimmed.
     */
    public long highest(final PartitionLog log, final long sequence)
    {
        long position = log.lastPosition;
        while (position != NO_POSITION && sequence(position) > sequence)
        {
            position = getLong(offsetOf(position) + PREVIOUS_OFFSET);
        }
        return position == NO_POSITION ? log.trimmed() : sequence(position);
    }

    /**
     * The next entry of the same partition.
     *
     * @param position of an entry.
     * @return position, or {@link #NO_POSITION} if it is the last.
     */
    public long next(final long position)
    {
        return getLong(offsetOf(position) + NEXT_OFFSET);
    }

    /**
     * Where an entry begins.
     *
     * @param position of it.
     * @return offset in {@link #buffer()}, a multiple of 8.
     */
    public int offset(final long position)
    {
        return offsetOf(position) + HEADER_LENGTH;
    }

    /**
     * The length of an entry.
     *
     * @param position of it.
     * @return bytes.
     */
    public int length(final long position)
    {
        return getInt(offsetOf(position) + ENTRY_LENGTH_OFFSET);
    }

    /**
     * Forget entries that are applied here and needed by nobody else.
     *
     * @param log      of the partition.
     * @param sequence the last to forget, at most {@link PartitionLog#applied()}.
     */
    public void trim(final PartitionLog log, final long sequence)
    {
        log.check(sequence <= log.applied(), "trim", sequence);
        long position = log.firstPosition;
        while (position != NO_POSITION && sequence(position) <= sequence)
        {
            final int frame = offsetOf(position);
            putInt(frame + PARTITION_OFFSET, DEAD);
            log.trimmedTo(sequence(position));
            position = getLong(frame + NEXT_OFFSET);
        }
        log.firstPosition = position;
        if (position == NO_POSITION)
        {
            log.lastPosition = NO_POSITION;
        }
        else
        {
            putLong(offsetOf(position) + PREVIOUS_OFFSET, NO_POSITION);
        }
        freeDead();
    }

    /**
     * Forget entries that were never committed, because a new primary has others.
     *
     * @param log      of the partition.
     * @param sequence the last to keep, at least {@link PartitionLog#committed()}.
     */
    public void truncate(final PartitionLog log, final long sequence)
    {
        log.check(sequence >= log.committed(), "truncate to", sequence);
        long position = log.lastPosition;
        while (position != NO_POSITION && sequence(position) > sequence)
        {
            final int frame = offsetOf(position);
            putInt(frame + PARTITION_OFFSET, DEAD);
            position = getLong(frame + PREVIOUS_OFFSET);
        }
        log.lastPosition = position;
        if (position == NO_POSITION)
        {
            log.firstPosition = NO_POSITION;
            log.truncatedTo(log.trimmed());
        }
        else
        {
            putLong(offsetOf(position) + NEXT_OFFSET, NO_POSITION);
            log.truncatedTo(sequence(position));
        }
        freeDead();
    }

    /**
     * Forget all entries of a partition, whose log is of no more use.
     *
     * @param log of the partition.
     */
    public void forget(final PartitionLog log)
    {
        long position = log.firstPosition;
        while (position != NO_POSITION)
        {
            final int frame = offsetOf(position);
            putInt(frame + PARTITION_OFFSET, DEAD);
            position = getLong(frame + NEXT_OFFSET);
        }
        log.firstPosition = NO_POSITION;
        log.lastPosition = NO_POSITION;
        freeDead();
    }

    /**
     * Bytes between the oldest live entry and the newest.
     *
     * @return bytes, at most the capacity.
     */
    public int used()
    {
        return (int) (tail - head);
    }

    @Override
    public void close()
    {
        if (!closed)
        {
            closed = true;
            buffer.wrap(0, 0);
            UnsafeApi.freeMemory(address);
        }
    }

    private void freeDead()
    {
        while (head != tail && getInt(offsetOf(head) + PARTITION_OFFSET) == DEAD)
        {
            head += getInt(offsetOf(head));
        }
        if (head == tail)
        {
            base = tail;
        }
    }

    private long sequence(final long position)
    {
        return EntryStamp.sequence(buffer, offset(position));
    }

    private int offsetOf(final long position)
    {
        return (int) (position - base) & mask;
    }

    private static long frameLength(final int entryLength)
    {
        return BitUtil.align((long) entryLength + HEADER_LENGTH, ALIGNMENT);
    }

    private int getInt(final int offset)
    {
        return buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
    }

    private void putInt(final int offset, final int value)
    {
        buffer.putInt(offset, value, ByteOrder.LITTLE_ENDIAN);
    }

    private long getLong(final int offset)
    {
        return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    }

    private void putLong(final int offset, final long value)
    {
        buffer.putLong(offset, value, ByteOrder.LITTLE_ENDIAN);
    }
}
