package io.peregrine.storage.map;

import io.peregrine.storage.memory.Arena;
import io.peregrine.storage.memory.KeyHasher;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.memory.PagePool;
import io.peregrine.storage.memory.SequenceLock;

/**
 * All maps of one partition: they share memory, the lock that readers look at, and the wheel of deadlines. Writer
 * thread, except {@link #reader(int)}.
 */
public final class MapSpace implements AutoCloseable
{
    private static final int MAP_BYTES = 256;
    private static final int SPACE_BYTES = 1536;

    private final Arena arena;
    private final KeyHasher hasher;
    private final SequenceLock lock = new SequenceLock();
    private final MapTable maps = new MapTable();
    private final DeadlineWheel wheel;
    private final Expirer expirer;
    private final IndexGrowth growth;
    private final Records records;
    private final PageNeeds needs;
    private final Reclaimer reclaimer;
    private final Compactor compactor;
    private final Evictor evictor;
    private final Scanner scanner;
    private final RecordView view;
    private final RecordView walker;
    private volatile ReadTrace trace;
    private long size;
    private boolean isClosed;

    /**
     * An empty space. Takes no page until something is written.
     *
     * @param pool   of the data agent that owns the partition.
     * @param hasher of keys.
     */
    public MapSpace(final PagePool pool, final KeyHasher hasher)
    {
        this.arena = new Arena(pool, lock);
        this.hasher = hasher;
        this.wheel = new DeadlineWheel(arena);
        this.growth = new IndexGrowth(arena, lock);
        this.records = new Records(arena, wheel);
        this.needs = new PageNeeds(arena, records, maps);
        this.reclaimer = new Reclaimer(arena, records);
        this.view = new RecordView(this, hasher);
        this.walker = new RecordView(this, hasher);
        this.expirer = new Expirer(arena, wheel, maps, view);
        this.compactor = new Compactor(this, walker);
        this.evictor = new Evictor(this, walker);
        this.scanner = new Scanner(arena, view);
        pool.budget().charge(SPACE_BYTES);
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
        if (structureId < 1 || structureId > MapStore.MAX_STRUCTURE_ID)
        {
            throw new IllegalArgumentException("structure id out of range: " + structureId);
        }
        if (isClosed || maps.get(structureId) != null)
        {
            throw new IllegalStateException(isClosed ? "the partition is closed" : "id is in use: " + structureId);
        }
        if ((traits & MapStore.TRACED) != 0 && trace == null)
        {
            trace = new ReadTrace(arena.pool().budget());
        }
        final MapStore store = new MapStore(this, structureId, traits);
        arena.pool().budget().charge(MAP_BYTES);
        maps.add(store);
        return store;
    }

    /**
     * Find a map.
     *
     * @param structureId of it.
     * @return null if it was never created here, or dropped.
     */
    public MapStore map(final int structureId)
    {
        return maps.get(structureId);
    }

    /**
     * Find a map to read. Any thread, without a lock.
     *
     * @param structureId of it.
     * @return null if it was not created here, or dropped.
     */
    public MapReader reader(final int structureId)
    {
        final MapStore store = maps.get(structureId);
        return store == null ? null : store.reader();
    }

    /**
     * Destroy a map: readers get {@link MapReader#DESTROYED} from now on. Constant time: memory comes back by {@link
     * #reclaim(int)}.
     *
     * @param structureId of it.
     * @return false if there is none.
     */
    public boolean drop(final int structureId)
    {
        final MapStore store = maps.get(structureId);
        if (store == null)
        {
            return false;
        }
        store.detach(null);
        maps.removed();
        arena.pool().budget().release(MAP_BYTES);
        return true;
    }

    /**
     * Give the memory of cleared and dropped maps back, bit by bit.
     *
     * @param limit the most records to free in this call.
     * @return records freed; 0 when nothing is left to do.
     */
    public int reclaim(final int limit)
    {
        return reclaimer.reclaim(limit);
    }

    /**
     * @return entries of all maps.
     */
    public long size()
    {
        return size;
    }

    /**
     * @return pages that the partition holds.
     */
    public int usedPages()
    {
        return arena.pageCount();
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
        return PageNeeds.worst(keyLength, valueLength);
    }

    /**
     * Pages that a put takes if it is the next change of the partition: 0 when it finds free places. Exact enough for
     * a full store, and cheap.
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
        return pagesFor(structureId, hash, keyLength, valueLength, expiry, 0);
    }

    /**
     * As {@link #pagesFor(int, long, int, int, Expiry)}, for a put over an entry that is there.
     *
     * @param structureId of the map.
     * @param hash        of the key.
     * @param keyLength   bytes.
     * @param valueLength bytes.
     * @param expiry      of the entry, or null.
     * @param handle      of the entry that is overwritten, as {@link MapStore#find} returned it, or 0.
     * @return count for {@link PagePool#reserve(int)}; 0 if the record stays where it is.
     */
    public int pagesFor(
        final int structureId,
        final long hash,
        final int keyLength,
        final int valueLength,
        final Expiry expiry,
        final long handle)
    {
        return needs.of(structureId, hash, keyLength, valueLength, expiry, (int) handle);
    }

    /**
     * Visit entries past their end. They stay until they are removed, and are visited again by the next call until
     * then; the consumer may remove the entry that it is shown, and no other.
     *
     * @param now      partition time; earlier than before only where another term begins.
     * @param limit    the most entries to visit or to move within the wheel.
     * @param consumer of the entries; returns false to stop.
     * @return entries visited or moved; less than the limit when nothing is left to do now.
     */
    public int expired(final long now, final int limit, final RecordConsumer consumer)
    {
        if (trace != null)
        {
            trace.time(now);
            trace.fit(size);
        }
        return expirer.expired(now, limit, consumer);
    }

    /**
     * When {@link #expired} has work next.
     *
     * @return partition time, at or before the earliest end; {@link Long#MAX_VALUE} if there is none.
     */
    public long nextDeadline()
    {
        return wheel.nextDeadline();
    }

    /**
     * Choose one entry whose removal helps a put, among the maps with the trait {@link MapStore#EVICTABLE}. Bounded
     * work.
     *
     * @param structureId of the map of the put that lacks memory, or 0 to help another partition.
     * @param hash        of its key.
     * @param keyLength   bytes.
     * @param valueLength bytes.
     * @param consumer    receives the candidate; may remove it, and no other.
     * @return false if there is no candidate here.
     */
    public boolean evictionCandidate(
        final int structureId,
        final long hash,
        final int keyLength,
        final int valueLength,
        final RecordConsumer consumer)
    {
        final int ref = evictor.choose(maps.get(structureId), MapStore.tag(hash), keyLength, valueLength);
        if (ref != 0)
        {
            consumer.onRecord(view.wrap(ref));
        }
        return ref != 0;
    }

    /**
     * As {@link #evictionCandidate(int, long, int, int, RecordConsumer)}, for a put in another partition.
     *
     * @param keyLength   bytes.
     * @param valueLength bytes.
     * @param consumer    receives the candidate; may remove it, and no other.
     * @return false if there is no candidate here.
     */
    public boolean evictionCandidate(final int keyLength, final int valueLength, final RecordConsumer consumer)
    {
        return evictionCandidate(0, 0, keyLength, valueLength, consumer);
    }

    /**
     * Win pages back from sparsely used ones without losing an entry, by moving records together.
     *
     * @param limit the most records to move in this call.
     * @return records moved; 0 when there is nothing worth moving.
     */
    public int compact(final int limit)
    {
        return reclaimer.hasWork() ? reclaimer.reclaim(limit) : compactor.compact(limit);
    }

    /**
     * Drop everything at once: readers get {@link MapReader#DESTROYED}, all pages go back to the pool.
     */
    @Override
    public void close()
    {
        if (isClosed)
        {
            return;
        }
        isClosed = true;
        final MemoryBudget budget = arena.pool().budget();
        for (int i = 0; i < maps.capacity(); i++)
        {
            final MapStore store = maps.at(i);
            if (store != null)
            {
                store.detach(null);
                maps.removed();
                budget.release(MAP_BYTES);
            }
        }
        reclaimer.close();
        wheel.close();
        compactor.close();
        evictor.close();
        scanner.close();
        arena.close();
        if (trace != null)
        {
            trace.close();
        }
        budget.release(SPACE_BYTES);
    }

    Arena arena()
    {
        return arena;
    }

    public SequenceLock lock()
    {
        return lock;
    }

    IndexGrowth growth()
    {
        return growth;
    }

    Records records()
    {
        return records;
    }

    Scanner scanner()
    {
        return scanner;
    }

    ReadTrace trace()
    {
        return trace;
    }

    RecordView view(final int ref)
    {
        return view.wrap(ref);
    }

    boolean isTraced(final int structureId)
    {
        final MapStore store = maps.get(structureId);
        return store != null && store.is(MapStore.TRACED);
    }

    long lastUse(final int structureId, final int tag, final long time)
    {
        return isTraced(structureId) ? trace.lastUse(tag, time) : time;
    }

    void written(final MapStore store, final int tag)
    {
        if (store.is(MapStore.TRACED))
        {
            trace.noteWrite(tag);
        }
    }

    void resized(final long change)
    {
        size += change;
    }

    void reclaimLater(final Directory directory)
    {
        reclaimer.add(directory);
    }
}
