package io.peregrine.storage.log;

import org.agrona.BitUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The entries of all partitions of one data agent that somebody may still need: not yet applied here, not yet
 * acknowledged by a backup, or on their way to a learner. One append-only ring; owned by the data agent's thread.
 * <pre>
 *   claim(length) -> encode at buffer(), offset() -> commit(log)        append; a claim may move other entries
 *   trim(log, sequence)                                                 forget a prefix
 *   truncate(log, sequence)                                             forget a suffix that was not committed
 *   after(log, sequence), next(position)                                read on from a sequence
 * </pre>
 * Each entry is in a frame that knows those before and after it in the same partition, so that each partition walks its
 * own log in both directions and no index is kept beside it. A trimmed or truncated frame is marked dead; room comes
 * back when the frames before it are dead too. What is still needed of one partition must not hold up all others, so
 * when much is used and most of that is dead, the oldest live frames move behind the newest: a few with each claim, as
 * many as it takes when there is no room. A log without a live frame starts at the first byte of the ring again: where
 * entries are trimmed as soon as they are applied, it stays within the same few cache lines, and the memory behind,
 * which is never zeroed, is never touched.
 */
public final class EntryLog implements AutoCloseable
{
    /**
     * No such position.
     */
    public static final long NO_POSITION = PartitionLog.NO_POSITION;

    private static final int TIDY_SHARE = 4;
    private static final int TIDY_FACTOR = 2;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final int maxEntryLength;
    private final int capacity;
    private final long address;
    private final Frames frames;
    private long head;
    private long tail;
    private long live;
    private long moves;
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
            Frames.frameLength(maxEntryLength) > capacity / 2)
        {
            throw new IllegalArgumentException(
                "log capacity must be a power of two, and hold two entries of " + maxEntryLength + ": " + capacity);
        }
        this.capacity = capacity;
        this.maxEntryLength = maxEntryLength;
        address = UnsafeApi.allocateMemory(capacity);
        buffer.wrap(address, capacity);
        frames = new Frames(buffer, capacity);
    }

    /**
     * The least capacity that holds entries of this length.
     *
     * @param maxEntryLength the longest entry in bytes.
     * @return a power of two.
     */
    public static int minCapacity(final int maxEntryLength)
    {
        return BitUtil.findNextPositivePowerOfTwo((int) (2 * Frames.frameLength(maxEntryLength)));
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
        final long needed = Frames.frameLength(length);
        if (length > maxEntryLength || !makeRoom(needed))
        {
            return false;
        }
        pad(needed);
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
        return frames.offsetOf(claimed) + Frames.HEADER_LENGTH;
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
        log.appended(EntryStamp.sequence(buffer, offset()));
        final int frameLength = frames.append(position, log, length);
        live += frameLength;
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
        while (position != NO_POSITION && frames.sequence(position) > sequence)
        {
            found = position;
            position = frames.previous(position);
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
        while (position != NO_POSITION && frames.sequence(position) > sequence)
        {
            position = frames.previous(position);
        }
        return position == NO_POSITION ? log.trimmed() : frames.sequence(position);
    }

    /**
     * The next entry of the same partition.
     *
     * @param position of an entry.
     * @return position, or {@link #NO_POSITION} if it is the last.
     */
    public long next(final long position)
    {
        return frames.next(position);
    }

    /**
     * Where an entry begins.
     *
     * @param position of it.
     * @return offset in {@link #buffer()}, a multiple of 8.
     */
    public int offset(final long position)
    {
        return frames.offsetOf(position) + Frames.HEADER_LENGTH;
    }

    /**
     * The length of an entry.
     *
     * @param position of it.
     * @return bytes.
     */
    public int length(final long position)
    {
        return frames.entryLength(position);
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
        while (position != NO_POSITION && frames.sequence(position) <= sequence)
        {
            kill(position);
            log.trimmedTo(frames.sequence(position));
            position = frames.next(position);
        }
        log.firstPosition = position;
        if (position == NO_POSITION)
        {
            log.lastPosition = NO_POSITION;
        }
        else
        {
            frames.previous(position, NO_POSITION);
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
        while (position != NO_POSITION && frames.sequence(position) > sequence)
        {
            kill(position);
            position = frames.previous(position);
        }
        log.lastPosition = position;
        if (position == NO_POSITION)
        {
            log.firstPosition = NO_POSITION;
            log.truncatedTo(log.trimmed());
        }
        else
        {
            frames.next(position, NO_POSITION);
            log.truncatedTo(frames.sequence(position));
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
            kill(position);
            position = frames.next(position);
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

    /**
     * Bytes of entries that are needed, with their frames.
     *
     * @return bytes.
     */
    public int live()
    {
        return (int) live;
    }

    /**
     * @return frames that were moved, ever. Positions from before a move are not valid any more.
     */
    public long moves()
    {
        return moves;
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

    private void kill(final long position)
    {
        frames.kill(position);
        live -= frames.length(position);
    }

    private void freeDead()
    {
        while (head != tail && frames.isDead(head))
        {
            head += frames.length(head);
        }
        if (head == tail)
        {
            frames.beginAt(tail);
        }
    }

    private boolean makeRoom(final long needed)
    {
        final long used = tail - head;
        if (used > capacity / TIDY_SHARE)
        {
            long moved = 0;
            while (live > 0 && (moved < TIDY_FACTOR * needed && TIDY_FACTOR * live <= used ||
                moved < capacity && !hasRoom(needed) && live + needed <= capacity))
            {
                moved += moveOldest();
            }
        }
        return hasRoom(needed);
    }

    /**
     * The room of the frame itself is part of what it moves to: before the end of the ring, or at its first byte.
     */
    private int moveOldest()
    {
        final long from = head;
        final int length = frames.length(from);
        head += length;
        pad(length);
        frames.move(from, tail);
        tail += length;
        moves++;
        freeDead();
        return length;
    }

    private boolean hasRoom(final long needed)
    {
        return tail + padding(needed) + needed - head <= capacity;
    }

    private int padding(final long needed)
    {
        final int left = capacity - frames.offsetOf(tail);
        return needed > left ? left : 0;
    }

    private void pad(final long needed)
    {
        final int padding = padding(needed);
        if (padding > 0)
        {
            frames.pad(tail, padding);
            tail += padding;
        }
    }
}
