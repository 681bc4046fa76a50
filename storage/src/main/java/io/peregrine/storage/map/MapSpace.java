package io.peregrine.storage.map;

import io.peregrine.storage.memory.KeyHasher;
import io.peregrine.storage.memory.PagePool;

/**
 * All maps of one partition: they share memory, the lock that readers look at, and the wheel of deadlines. Writer
 * thread,
 * except {@link #reader(int)}.
 */
public final class MapSpace implements AutoCloseable
{
    /**
     * An empty space. Takes no page until something is written.
     *
     * @param pool   of the data agent that owns the partition.
     * @param hasher of keys.
     */
    public MapSpace(final PagePool pool, final KeyHasher hasher)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Create a map. Costs some hundred bytes of heap, and no page until something is written.
     *
     * @param structureId from 1 to {@link MapStore#MAX_STRUCTURE_ID}; not in use in this partition.
     * @param traits      {@link MapStore#EVICTABLE}, {@link MapStore#TRACED}, both or 0.
     * @return the map.
     */
    public MapStore create(final int structureId, final int traits)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Find a map.
     *
     * @param structureId of it.
     * @return null if it was never created here, or dropped.
     */
    public MapStore map(final int structureId)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Find a map to read. Any thread, without a lock.
     *
     * @param structureId of it.
     * @return null if it was not created here, or dropped.
     */
    public MapReader reader(final int structureId)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Destroy a map: readers get {@link MapReader#DESTROYED} from now on. Constant time: memory comes back by
     * {@link #reclaim(int)}.
     *
     * @param structureId of it.
     * @return false if there is none.
     */
    public boolean drop(final int structureId)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Give the memory of cleared and dropped maps back, bit by bit.
     *
     * @param limit the most records to free in this call.
     * @return records freed; 0 when nothing is left to do.
     */
    public int reclaim(final int limit)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Entries of all maps.
     *
     * @return count.
     */
    public long size()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Pages that the partition holds.
     *
     * @return count.
     */
    public int usedPages()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Pages that the next put of these lengths can take at most, whatever is in the partition. For a batch, add them
     * up.
     *
     * @param keyLength   bytes.
     * @param valueLength bytes.
     * @return count for {@link PagePool#reserve(int)}.
     */
    public static int worstPages(final int keyLength, final int valueLength)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Pages that a put takes if it is the next change of the partition: 0 when it finds free places. Exact enough for
     * a full
     * store, and cheap.
     *
     * @param structureId of the map, created or not.
     * @param hash        of the key.
     * @param keyLength   bytes.
     * @param valueLength bytes.
     * @param expiry      of the entry, or null.
     * @return count for {@link PagePool#reserve(int)}.
     */
    public int pagesFor(
        final int structureId,
        final long hash,
        final int keyLength,
        final int valueLength,
        final Expiry expiry)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Visit entries past their end. They stay until they are removed, and are visited again by the next call until
     * then; the
     * consumer may remove the entry that it is shown, and no other.
     *
     * @param now      partition time, never earlier than before.
     * @param limit    the most entries to visit or to move within the wheel.
     * @param consumer of the entries; returns false to stop.
     * @return entries visited or moved; less than the limit when nothing is left to do now.
     */
    public int expired(final long now, final int limit, final RecordConsumer consumer)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * When {@link #expired} has work next.
     *
     * @return partition time, at or before the earliest end; {@link Long#MAX_VALUE} if there is none.
     */
    public long nextDeadline()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Choose one entry whose removal helps a put of these lengths, among the maps with the trait
     * {@link MapStore#EVICTABLE}. Bounded work.
     *
     * @param keyLength   bytes of the put that lacks memory.
     * @param valueLength bytes of it.
     * @param consumer    receives the candidate; may remove it, and no other.
     * @return false if there is no candidate here.
     */
    public boolean evictionCandidate(final int keyLength, final int valueLength, final RecordConsumer consumer)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Win pages back from sparsely used ones without losing an entry, by moving records together.
     *
     * @param limit the most records to move in this call.
     * @return records moved; 0 when there is nothing worth moving.
     */
    public int compact(final int limit)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Drop everything at once: readers get {@link MapReader#DESTROYED}, all pages go back to the pool.
     */
    @Override
    public void close()
    {
        throw new UnsupportedOperationException();
    }
}
