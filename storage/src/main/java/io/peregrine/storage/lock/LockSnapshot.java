package io.peregrine.storage.lock;

import java.util.ArrayList;

import io.peregrine.storage.codec.LockRowsDecoder;
import io.peregrine.storage.codec.LockRowsEncoder;
import io.peregrine.storage.codec.MessageHeaderDecoder;
import io.peregrine.storage.codec.MessageHeaderEncoder;
import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.map.Expiry;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.map.RecordConsumer;
import io.peregrine.storage.map.RecordView;
import io.peregrine.storage.memory.KeyHasher;
import io.peregrine.storage.memory.PagePool;
import io.peregrine.storage.session.MessageLayout;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongArrayList;

/**
 * Writes a range of the locks of a partition into a LockRows message, and loads one; semaphores and latches too. A lock
 * and its line are in the same message, as nothing that is done to a lock needs any other. One for all partitions of a
 * data agent.
 */
public final class LockSnapshot
{
    private static final int MAX_LOCKS = 4096;
    private static final int MOST_ROWS = 65534;
    private static final int LOCK_BYTES = LockRowsEncoder.LocksEncoder.sbeBlockLength() + Integer.BYTES;
    private static final int WAITER_BYTES = LockRowsEncoder.WaitersEncoder.sbeBlockLength();
    private static final int HOLDER_BYTES = LockRowsEncoder.HoldersEncoder.sbeBlockLength();

    private final KeyHasher hasher;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final ExpandableArrayBuffer name = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final LockRowsEncoder encoder = new LockRowsEncoder();
    private final LockRowsDecoder decoder = new LockRowsDecoder();
    private final RecordConsumer consumer = this::onRecord;
    private final ArrayList<WaitQueue> lines = new ArrayList<>();
    private final ArrayList<WaitQueue> holdings = new ArrayList<>();
    private final LongArrayList taken = new LongArrayList();
    private final IntArrayList names = new IntArrayList();
    private final Expiry expiry = new Expiry();
    private LineTable table;
    private LockRowsEncoder.LocksEncoder locks;
    private int softLimit;
    private int waiters;
    private int holders;
    private long lastHash;
    private int length;

    /**
     * @param hasher of names.
     */
    public LockSnapshot(final KeyHasher hasher)
    {
        this.hasher = hasher;
    }

    /**
     * Write what lies at and after a cursor of the map of locks.
     *
     * @param of     the locks.
     * @param cursor as in {@link MapStore#scan}.
     * @param bytes  that the message is to have at most, if it is more than one lock.
     * @return the next cursor.
     */
    public long write(final LineTable of, final long cursor, final int bytes)
    {
        table = of;
        softLimit = bytes;
        waiters = 0;
        holders = 0;
        lines.clear();
        holdings.clear();
        locks = encoder.wrapAndApplyHeader(buffer, 0, headerEncoder).locksCount(MOST_ROWS);
        final long next = of.map().scan(cursor, MAX_LOCKS, consumer);
        locks.resetCountToIndex();
        writeWaiters();
        writeHolders();
        length = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        lines.clear();
        holdings.clear();
        table = null;
        return next;
    }

    private void writeWaiters()
    {
        final LockRowsEncoder.WaitersEncoder rows = encoder.waitersCount(waiters);
        for (int i = 0; i < lines.size(); i++)
        {
            for (Waiter waiter = first(lines.get(i)); waiter != null; waiter = waiter.next)
            {
                rows.next().ticket(waiter.ticket).session(waiter.session).owner(waiter.owner).holder(waiter.holder)
                    .lease(waiter.lease).until(waiter.until).row(i).permits(waiter.permits);
            }
        }
    }

    private void writeHolders()
    {
        final LockRowsEncoder.HoldersEncoder rows = encoder.holdersCount(holders);
        for (int i = 0; i < holdings.size(); i++)
        {
            for (Waiter holder = first(holdings.get(i)); holder != null; holder = holder.next)
            {
                rows.next().fence(holder.ticket).holder(holder.holder).end(holder.until).row(i)
                    .permits(holder.permits);
            }
        }
    }

    private static Waiter first(final WaitQueue queue)
    {
        return queue == null ? null : queue.first;
    }

    private boolean onRecord(final RecordView record)
    {
        final int nameLength = record.keyLength();
        name.checkLimit(nameLength);
        record.copyKey(name, 0);
        final long hash = record.hash();
        final WaitQueue line = table.queues().find(hash, name, 0, nameLength);
        final WaitQueue holding = table.holders().find(hash, name, 0, nameLength);
        final int lineSize = line == null ? 0 : line.size;
        final int holdingSize = holding == null ? 0 : holding.size;
        final int next =
            LOCK_BYTES + nameLength + WAITER_BYTES * (waiters + lineSize) + HOLDER_BYTES * (holders + holdingSize);
        if (!lines.isEmpty() && hash != lastHash &&
            (lines.size() >= MAX_LOCKS || encoder.limit() + next > softLimit))
        {
            return false;
        }
        lastHash = hash;
        lines.add(line);
        holdings.add(holding);
        waiters += lineSize;
        holders += holdingSize;
        final LockView view = table.view();
        view.wrap(record);
        locks.next().fence(view.fence()).end(view.end()).first(view.session()).second(view.holder())
            .putName(name, 0, nameLength);
        return true;
    }

    /**
     * The message.
     *
     * @return buffer that has it at 0, until the next is written.
     */
    public DirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * The length of the message.
     *
     * @return bytes.
     */
    public int length()
    {
        return length;
    }

    /**
     * Are these bytes locks of the range, that entries up to a sequence can have made?
     *
     * @param kind     of what they are to be.
     * @param range    of hashes.
     * @param sequence of the last entry.
     * @param src      with the bytes.
     * @param offset   where.
     * @param bytes    how many.
     * @return true if they can be loaded.
     */
    public boolean isLoadable(
        final StructureKind kind,
        final LockRange range,
        final long sequence,
        final DirectBuffer src,
        final int offset,
        final int bytes)
    {
        final int end = offset + bytes;
        int at = MessageLayout.skipRoot(
            src, offset, end, LockRowsDecoder.TEMPLATE_ID, LockRowsDecoder.SCHEMA_ID, LockRowsDecoder.BLOCK_LENGTH);
        at = MessageLayout.skipGroup(src, at, end, LockRowsDecoder.LocksDecoder.sbeBlockLength(), 1);
        at = MessageLayout.skipGroup(src, at, end, LockRowsDecoder.WaitersDecoder.sbeBlockLength(), 0);
        if (MessageLayout.skipGroup(src, at, end, LockRowsDecoder.HoldersDecoder.sbeBlockLength(), 0) != end)
        {
            return false;
        }
        decoder.wrapAndApplyHeader(src, offset, headerDecoder);
        taken.clear();
        for (final LockRowsDecoder.LocksDecoder lock : decoder.locks())
        {
            final long fence = lock.fence();
            final boolean isSound = fence > 0 && fence <= sequence && lock.end() > 0 &&
                isSound(kind, lock.first(), lock.second());
            taken.addLong(kind == StructureKind.SEMAPHORES ? lock.first() - lock.second() : 0);
            final int nameLength = lock.nameLength();
            final int nameAt = decoder.limit() + LockRowsDecoder.LocksDecoder.nameHeaderLength();
            lock.skipName();
            if (!isSound || nameLength == 0 || nameLength > MapStore.MAX_KEY_LENGTH ||
                !range.covers(hasher.hash(src, nameAt, nameLength)))
            {
                return false;
            }
        }
        return hasSoundWaiters(kind, sequence) && hasSoundHolders(sequence);
    }

    private static boolean isSound(final StructureKind kind, final long first, final long second)
    {
        return kind == StructureKind.LOCKS ? first >= 0 :
            first >= 1 && first <= Integer.MAX_VALUE && second >= 0 && second <= first;
    }

    private boolean hasSoundWaiters(final StructureKind kind, final long sequence)
    {
        final int count = taken.size();
        int lock = 0;
        long ticket = 0;
        for (final LockRowsDecoder.WaitersDecoder waiter : decoder.waiters())
        {
            final boolean isSameLine = waiter.row() == lock;
            if (waiter.row() < lock || waiter.row() >= count || isSameLine && waiter.ticket() <= ticket ||
                waiter.ticket() <= 0 || waiter.ticket() > sequence || waiter.session() < 0 || waiter.lease() < 0 ||
                waiter.until() <= 0 || waiter.owner() != 0 && waiter.owner() != waiter.session() ||
                waiter.permits() < 0 || kind != StructureKind.SEMAPHORES && waiter.permits() != 0)
            {
                return false;
            }
            lock = waiter.row();
            ticket = waiter.ticket();
        }
        return true;
    }

    /**
     * What holders have is what is not free.
     */
    private boolean hasSoundHolders(final long sequence)
    {
        int last = 0;
        for (final LockRowsDecoder.HoldersDecoder holder : decoder.holders())
        {
            final int row = holder.row();
            if (row < last || row >= taken.size() || holder.fence() <= 0 || holder.fence() > sequence ||
                holder.end() <= 0 || holder.permits() <= 0)
            {
                return false;
            }
            taken.setLong(row, taken.getLong(row) - holder.permits());
            last = row;
        }
        for (int i = 0; i < taken.size(); i++)
        {
            if (taken.getLong(i) != 0)
            {
                return false;
            }
        }
        return true;
    }

    /**
     * Put the locks of a loadable message into a table, and those who wait in line.
     *
     * @param into   the table.
     * @param maps   of the partition.
     * @param pool   to reserve memory from.
     * @param src    with the message.
     * @param offset where.
     * @return false for want of memory.
     */
    public boolean load(
        final LineTable into, final MapSpace maps, final PagePool pool, final DirectBuffer src, final int offset)
    {
        final MapStore map = into.map();
        final LockView view = into.view();
        decoder.wrapAndApplyHeader(src, offset, headerDecoder);
        names.clear();
        for (final LockRowsDecoder.LocksDecoder lock : decoder.locks())
        {
            final long fence = lock.fence();
            expiry.set(lock.end(), 0, 0);
            view.set(lock.first(), lock.second());
            final int nameLength = lock.nameLength();
            final int nameAt = decoder.limit() + LockRowsDecoder.LocksDecoder.nameHeaderLength();
            lock.skipName();
            names.addInt(nameAt);
            names.addInt(nameLength);
            final long hash = hasher.hash(src, nameAt, nameLength);
            final int pages = maps.pagesFor(map.structureId(), hash, nameLength, LockView.VALUE_LENGTH, expiry);
            if (!pool.reserve(pages))
            {
                return false;
            }
            map.put(hash, src, nameAt, nameLength, view.value, 0, LockView.VALUE_LENGTH, fence, expiry);
            pool.unreserve(pages);
        }
        loadWaiters(into.queues(), src);
        loadHolders(into.holders(), src);
        return true;
    }

    private void loadWaiters(final WaitQueues queues, final DirectBuffer src)
    {
        for (final LockRowsDecoder.WaitersDecoder row : decoder.waiters())
        {
            final int nameAt = names.getInt(2 * row.row());
            final int nameLength = names.getInt(2 * row.row() + 1);
            final Waiter waiter = queues.create();
            waiter.ticket = row.ticket();
            waiter.session = row.session();
            waiter.owner = row.owner();
            waiter.holder = row.holder();
            waiter.lease = row.lease();
            waiter.until = row.until();
            waiter.permits = row.permits();
            queues.append(
                queues.findOrAdd(hasher.hash(src, nameAt, nameLength), src, nameAt, nameLength), waiter);
        }
    }

    private void loadHolders(final WaitQueues queues, final DirectBuffer src)
    {
        for (final LockRowsDecoder.HoldersDecoder row : decoder.holders())
        {
            final int nameAt = names.getInt(2 * row.row());
            final int nameLength = names.getInt(2 * row.row() + 1);
            final Waiter holder = queues.create();
            holder.ticket = row.fence();
            holder.session = 0;
            holder.owner = 0;
            holder.holder = row.holder();
            holder.lease = 0;
            holder.until = row.end();
            holder.permits = row.permits();
            queues.append(
                queues.findOrAdd(hasher.hash(src, nameAt, nameLength), src, nameAt, nameLength), holder);
        }
    }
}
