package io.peregrine.client;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;

/**
 * A map of the grid, for any number of threads. Every operation on one key is linearizable; what is said of
 * {@link ConcurrentMap} holds, and null is neither a key nor a value. Keys are equal when they are encoded to the same
 * bytes; so are values, in {@code remove(key, value)}, {@code replace(key, old, new)} and {@code containsValue}.
 * <p>
 * {@code compute}, {@code merge} and their like call the function again when the entry was changed meanwhile. Views,
 * iterators and {@code forEach} show an entry that is there for the whole time once, and one that comes or goes
 * meanwhile or not. {@code size()} and {@code isEmpty()} count entries whose expiry is due and not yet carried out.
 * A write sets the expiry anew, as the map says where the call says nothing.
 *
 * @param <K> keys.
 * @param <V> values.
 */
public interface GridMap<K, V> extends ConcurrentMap<K, V>
{
    /**
     * The name of the map.
     *
     * @return as it was opened.
     */
    String name();

    /**
     * Read a value with the version and expiry of its entry.
     *
     * @param key of the entry.
     * @return null if there is none.
     */
    Versioned<V> getVersioned(K key);

    /**
     * Insert or overwrite, without asking for the value before.
     *
     * @param key   of the entry.
     * @param value of the entry.
     * @return the version of the entry.
     */
    default long set(final K key, final V value)
    {
        return set(key, value, Expiry.OF_MAP);
    }

    /**
     * Insert or overwrite, without asking for the value before.
     *
     * @param key    of the entry.
     * @param value  of the entry.
     * @param expiry of the entry.
     * @return the version of the entry.
     */
    long set(K key, V value, Expiry expiry);

    /**
     * Insert or overwrite.
     *
     * @param key    of the entry.
     * @param value  of the entry.
     * @param expiry of the entry.
     * @return the value before, or null.
     */
    V put(K key, V value, Expiry expiry);

    /**
     * Insert, unless there is an entry.
     *
     * @param key    of the entry.
     * @param value  of the entry.
     * @param expiry of the entry.
     * @return the value that is there and stays, or null if it was inserted.
     */
    V putIfAbsent(K key, V value, Expiry expiry);

    /**
     * Overwrite an entry that nobody has changed since it was read.
     *
     * @param key     of the entry.
     * @param version that it must have.
     * @param value   of the entry from now on.
     * @return the version from now on; 0 if the entry has another or is not there.
     */
    default long replaceIfVersion(final K key, final long version, final V value)
    {
        return replaceIfVersion(key, version, value, Expiry.OF_MAP);
    }

    /**
     * Overwrite an entry that nobody has changed since it was read.
     *
     * @param key     of the entry.
     * @param version that it must have.
     * @param value   of the entry from now on.
     * @param expiry  of the entry.
     * @return the version from now on; 0 if the entry has another or is not there.
     */
    long replaceIfVersion(K key, long version, V value, Expiry expiry);

    /**
     * Remove an entry that nobody has changed since it was read.
     *
     * @param key     of the entry.
     * @param version that it must have.
     * @return false if the entry has another or is not there.
     */
    boolean removeIfVersion(K key, long version);

    /**
     * Remove, without asking for the value before.
     *
     * @param key of the entry.
     * @return true if there was an entry.
     */
    boolean delete(K key);

    /**
     * Add to a number, which has 8 bytes as {@link Codecs#LONG} encodes it. An absent one counts as 0; the expiry of
     * one that is there stays.
     *
     * @param key   of the number.
     * @param delta to add.
     * @return the sum.
     * @throws FailedException with {@link ErrorCode#NOT_A_NUMBER} or {@link ErrorCode#OVERFLOW}; nothing changes then.
     */
    long addAndGet(K key, long delta);

    /**
     * Set the expiry of an entry anew, and leave the value.
     *
     * @param key    of the entry.
     * @param expiry of it from now on.
     * @return false if there is no entry.
     */
    boolean touch(K key, Expiry expiry);

    /**
     * Read several entries. Not at one moment.
     *
     * @param keys of them.
     * @return the entries that are there, in the order of the keys.
     */
    Map<K, V> getAll(Collection<? extends K> keys);

    /**
     * Insert or overwrite several entries, each by itself.
     *
     * @param entries to put.
     * @return what became of each, in their order.
     */
    Map<K, KeyResult> setAll(Map<? extends K, ? extends V> entries);

    /**
     * Remove several entries, each by itself.
     *
     * @param keys of them.
     * @return what became of each, in their order.
     */
    Map<K, KeyResult> deleteAll(Collection<? extends K> keys);

    /**
     * Insert or overwrite several entries, each by itself, as {@link #setAll}.
     *
     * @param entries to put.
     * @throws OutcomeUnknownException if some were put and others were not, or may not have been; {@link #setAll} says
     *                                 which.
     */
    @Override
    void putAll(Map<? extends K, ? extends V> entries);

    /**
     * A part of all entries, by a bounded amount of work. An entry that is there from the first page to the last is on
     * one of them; the same entry is on two only when it was removed and made again.
     *
     * @param from       {@link ScanCursor#START}, then {@link ScanPage#next()} until its end.
     * @param maxEntries about the most to return, 1 to 10,000.
     * @return entries and where to continue.
     */
    ScanPage<K, V> scan(ScanCursor from, int maxEntries);

    /**
     * Count the entries.
     *
     * @return more than {@link #size()} can say.
     */
    long sizeAsLong();

    /**
     * The same map with another limit of time for each call, instead of {@code call.timeout}: also for the handles that
     * {@link #async()} and {@link #flyweight()} make of it. What has to send several requests one after the other, such
     * as a scan or {@code compute}, has the time for each.
     *
     * @param timeout that a call waits at most, 1 ns to 146 years.
     * @return a handle for any number of threads.
     */
    GridMap<K, V> within(Duration timeout);

    /**
     * The same map, of which {@code get}, {@code getOrDefault}, {@code containsKey} and {@link #getVersioned} may be
     * answered by any copy in sync, and so be a little old: also for the handles that {@link #async()} and
     * {@link #flyweight()} make of it. What is read was the latest at most so long before the answer left; {@link
     * Versioned#age()} says how long at most. A copy that cannot tell leaves it to the primary. Two reads may be
     * answered by two copies, the second by the older one, and one's own writes that are acknowledged may be missing
     * within that time. Everything else is as ever.
     *
     * @param most how old a read may be, 0 to 146 years; 0 is the latest value.
     * @return a handle for any number of threads.
     */
    GridMap<K, V> staleness(Duration most);

    /**
     * The same map, of which every write carries the fence of a lease: also for the handles that {@link #async()} and
     * {@link #flyweight()} make of it. The store remembers the highest fence that it has seen of each lock, and refuses
     * a lower one: so a holder that was stopped for longer than its lease changes nothing that the next holder has
     * written. The write fails with {@link ErrorCode#STALE_FENCE} then; with {@link ErrorCode#NOT_HOLDER} where the
     * lease was released, or is known to be lost. Each partition of the map remembers for itself, from the first write
     * with a fence that it gets. Reads, and the end of the map by {@link #destroy()}, are as ever.
     *
     * @param lease of a lock of this grid.
     * @return a handle for any number of threads.
     */
    GridMap<K, V> fenced(LockLease lease);

    /**
     * Insert or overwrite, with the fence of a lease, as {@link #fenced}.
     *
     * @param key   of the entry.
     * @param value of the entry.
     * @param lease of a lock of this grid.
     * @return the value before, or null.
     */
    default V put(final K key, final V value, final LockLease lease)
    {
        return fenced(lease).put(key, value);
    }

    /**
     * Insert or overwrite, without asking for the value before, with the fence of a lease, as {@link #fenced}.
     *
     * @param key   of the entry.
     * @param value of the entry.
     * @param lease of a lock of this grid.
     * @return the version of the entry.
     */
    default long set(final K key, final V value, final LockLease lease)
    {
        return fenced(lease).set(key, value);
    }

    /**
     * Insert, unless there is an entry, with the fence of a lease, as {@link #fenced}.
     *
     * @param key   of the entry.
     * @param value of the entry.
     * @param lease of a lock of this grid.
     * @return the value that is there and stays, or null if it was inserted.
     */
    default V putIfAbsent(final K key, final V value, final LockLease lease)
    {
        return fenced(lease).putIfAbsent(key, value);
    }

    /**
     * Remove, without asking for the value before, with the fence of a lease, as {@link #fenced}.
     *
     * @param key   of the entry.
     * @param lease of a lock of this grid.
     * @return true if there was an entry.
     */
    default boolean delete(final K key, final LockLease lease)
    {
        return fenced(lease).delete(key);
    }

    /**
     * Add to a number, as {@link #addAndGet(Object, long)}, with the fence of a lease, as {@link #fenced}.
     *
     * @param key   of the number.
     * @param delta to add.
     * @param lease of a lock of this grid.
     * @return the sum.
     */
    default long addAndGet(final K key, final long delta, final LockLease lease)
    {
        return fenced(lease).addAndGet(key, delta);
    }

    /**
     * The same map without waiting.
     *
     * @return a handle for any number of threads.
     */
    AsyncGridMap<K, V> async();

    /**
     * The same map at the level of bytes.
     *
     * @return a handle for one thread, to be closed.
     */
    FlyweightMap flyweight();

    /**
     * Remove the map with all its entries from the grid, for every user. Every handle then fails with
     * {@link ErrorCode#DESTROYED}, also when a map is made under this name again.
     */
    void destroy();
}
