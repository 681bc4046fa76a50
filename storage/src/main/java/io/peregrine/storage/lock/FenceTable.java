package io.peregrine.storage.lock;

import java.util.Arrays;

import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.session.Digest;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The fences that writes to one partition have carried: the highest seen of each lock. Changed by entries only; data
 * agent's thread.
 * <p>
 * A lock is known by the partition it lives in and the hash of its name. Its fences are sequences of the log of that
 * partition, so fences of its other locks are comparable with them, and that is what the bound rests on: when the
 * table is full, the lock that was seen longest ago is forgotten, and the floor of its partition is raised to its
 * fence. Below the floor no fence of a lock is taken that the table does not name. So an old holder is never let in; a
 * holder that is caught by the floor through no fault of its own renews its lease with a fresh fence, which is above
 * every floor. Two locks whose names have one hash count as one lock here: that too can only refuse too much.
 */
public final class FenceTable
{
    /**
     * The most locks that are remembered; a part of what the state is, equal on each copy.
     */
    public static final int MAX_FENCES = 1024;

    private static final int ROW_BYTES = 96;
    private static final int FLOOR_BYTES = 48;

    private final MemoryBudget budget;
    private final LockRules rules;
    private final Long2ObjectHashMap<Row> rows = new Long2ObjectHashMap<>();
    private final Int2ObjectHashMap<Row> floors = new Int2ObjectHashMap<>();
    private Row oldest;
    private Row newest;
    private int size;
    private long charged;

    /**
     * What is remembered of one lock, or the floor of one partition.
     */
    static final class Row
    {
        int partition;
        long lock;
        long fence;
        Row older;
        Row newer;
        Row sameHash;
    }

    /**
     * Nothing was seen.
     *
     * @param budget of the node, which the table counts against.
     * @param rules  to go by.
     */
    public FenceTable(final MemoryBudget budget, final LockRules rules)
    {
        this.budget = budget;
        this.rules = rules;
    }

    /**
     * The locks that are remembered.
     *
     * @return count.
     */
    public int size()
    {
        return size;
    }

    /**
     * Is a write with this fence to be refused?
     *
     * @param partition of the lock.
     * @param lock      hash of its name.
     * @param fence     that the write carries.
     * @return whether a higher one was seen, or may have been.
     */
    public boolean isStale(final int partition, final long lock, final long fence)
    {
        return rules.isStale(bound(partition, lock), fence);
    }

    /**
     * The lowest fence of a lock that is not refused.
     *
     * @param partition of the lock.
     * @param lock      hash of its name.
     * @return the highest seen, or the floor if the lock is not remembered; 0 if there is neither.
     */
    public long bound(final int partition, final long lock)
    {
        final Row row = find(partition, lock);
        return row == null ? floor(partition) : row.fence;
    }

    /**
     * Is the lock remembered, or does the floor speak for it?
     *
     * @param partition of the lock.
     * @param lock      hash of its name.
     * @return true if it is.
     */
    public boolean isRemembered(final int partition, final long lock)
    {
        return find(partition, lock) != null;
    }

    /**
     * The floor of a partition's locks.
     *
     * @param partition of the locks.
     * @return fence, 0 for none.
     */
    public long floor(final int partition)
    {
        final Row floor = floors.get(partition);
        return floor == null ? 0 : floor.fence;
    }

    /**
     * Apply: a write with this fence has taken effect.
     *
     * @param partition of the lock.
     * @param lock      hash of its name.
     * @param fence     that the write carried.
     */
    public void seen(final int partition, final long lock, final long fence)
    {
        Row row = find(partition, lock);
        if (row == null)
        {
            if (size == MAX_FENCES)
            {
                foldOldest();
            }
            row = add(partition, lock);
        }
        else
        {
            unlink(row);
        }
        row.fence = Math.max(row.fence, fence);
        append(row);
    }

    /**
     * Apply: no fence below this one is taken of locks that are not remembered.
     */
    void raiseFloor(final int partition, final long fence)
    {
        Row floor = floors.get(partition);
        if (floor == null)
        {
            floor = new Row();
            floor.partition = partition;
            floors.put(partition, floor);
            charge(FLOOR_BYTES);
        }
        floor.fence = Math.max(floor.fence, fence);
    }

    Row oldest()
    {
        return oldest;
    }

    /**
     * @return partitions that have a floor, in order.
     */
    int[] floored()
    {
        final int[] partitions = new int[floors.size()];
        int at = 0;
        for (final Row floor : floors.values())
        {
            partitions[at++] = floor.partition;
        }
        Arrays.sort(partitions);
        return partitions;
    }

    /**
     * Forget all, and give the memory back.
     */
    public void close()
    {
        rows.clear();
        floors.clear();
        oldest = null;
        newest = null;
        size = 0;
        charge(-charged);
    }

    /**
     * A digest of everything; the order in which locks were seen is a part of it.
     *
     * @return 64 bits.
     */
    public long digest()
    {
        long digest = 0;
        for (Row row = oldest; row != null; row = row.newer)
        {
            digest = Digest.mix(Digest.mix(Digest.mix(digest, row.partition), row.lock), row.fence);
        }
        for (final int partition : floored())
        {
            digest = Digest.mix(Digest.mix(digest, partition), floor(partition));
        }
        return digest;
    }

    private void foldOldest()
    {
        final Row row = oldest;
        raiseFloor(row.partition, row.fence);
        unlink(row);
        final long hash = hash(row.partition, row.lock);
        final Row head = rows.get(hash);
        if (head == row && row.sameHash == null)
        {
            rows.remove(hash);
        }
        else if (head == row)
        {
            rows.put(hash, row.sameHash);
        }
        else
        {
            Row before = head;
            while (before.sameHash != row)
            {
                before = before.sameHash;
            }
            before.sameHash = row.sameHash;
        }
        size--;
        charge(-ROW_BYTES);
    }

    private Row add(final int partition, final long lock)
    {
        final Row row = new Row();
        row.partition = partition;
        row.lock = lock;
        row.sameHash = rows.put(hash(partition, lock), row);
        size++;
        charge(ROW_BYTES);
        return row;
    }

    private Row find(final int partition, final long lock)
    {
        Row row = rows.get(hash(partition, lock));
        while (row != null && (row.partition != partition || row.lock != lock))
        {
            row = row.sameHash;
        }
        return row;
    }

    private void append(final Row row)
    {
        row.older = newest;
        row.newer = null;
        if (newest == null)
        {
            oldest = row;
        }
        else
        {
            newest.newer = row;
        }
        newest = row;
    }

    private void unlink(final Row row)
    {
        if (row.older == null)
        {
            oldest = row.newer;
        }
        else
        {
            row.older.newer = row.newer;
        }
        if (row.newer == null)
        {
            newest = row.older;
        }
        else
        {
            row.newer.older = row.older;
        }
    }

    private void charge(final long bytes)
    {
        charged += bytes;
        budget.charge(bytes);
    }

    private static long hash(final int partition, final long lock)
    {
        return Digest.mix(lock, partition);
    }
}
