package io.peregrine.client;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A map of the grid without waiting, for any number of threads. What one thread asks for takes effect in the order
 * asked, among itself; a blocking call of that thread may overtake it. A stage completes with what the method of
 * {@link GridMap} returns or throws, on one thread that belongs to the grid, never on one that does the grid's work;
 * callbacks run there too, and hold each other up: hand long ones to an executor of your own. The {@code Async} methods
 * of a stage without an executor use that thread as well.
 * <p>
 * Cancelling the future of a stage, {@code stage.toCompletableFuture().cancel(true)}, gives the call up: it is not sent
 * if it was not yet, nor sent again; it may take effect if it was. Cancelling what was made of a stage does not.
 * <p>
 * Where too many requests have no answer yet, a stage completes at once with {@link RefusedException} and
 * {@link ErrorCode#TOO_MANY_IN_FLIGHT}.
 *
 * @param <K> keys.
 * @param <V> values.
 */
public interface AsyncGridMap<K, V>
{
    /**
     * The same map with another limit of time for each call, instead of {@code call.timeout}.
     *
     * @param timeout that a call takes at most, 1 ns to 146 years.
     * @return a handle for any number of threads.
     */
    AsyncGridMap<K, V> within(Duration timeout);

    /**
     * The same map, of which reads may be a little old, as {@link GridMap#staleness}.
     *
     * @param most how old a read may be, 0 to 146 years.
     * @return a handle for any number of threads.
     */
    AsyncGridMap<K, V> staleness(Duration most);

    /**
     * Read a value.
     *
     * @param key of the entry.
     * @return the value, or null.
     */
    CompletionStage<V> get(K key);

    /**
     * Read a value with the version and expiry of its entry.
     *
     * @param key of the entry.
     * @return null if there is none.
     */
    CompletionStage<Versioned<V>> getVersioned(K key);

    /**
     * Insert or overwrite, without asking for the value before.
     *
     * @param key    of the entry.
     * @param value  of the entry.
     * @param expiry of the entry.
     * @return the version of the entry.
     */
    CompletionStage<Long> set(K key, V value, Expiry expiry);

    /**
     * Insert or overwrite, without asking for the value before.
     *
     * @param key   of the entry.
     * @param value of the entry.
     * @return the version of the entry.
     */
    default CompletionStage<Long> set(final K key, final V value)
    {
        return set(key, value, Expiry.OF_MAP);
    }

    /**
     * Insert or overwrite.
     *
     * @param key   of the entry.
     * @param value of the entry.
     * @return the value before, or null.
     */
    CompletionStage<V> put(K key, V value);

    /**
     * Insert, unless there is an entry.
     *
     * @param key   of the entry.
     * @param value of the entry.
     * @return the value that is there and stays, or null if it was inserted.
     */
    CompletionStage<V> putIfAbsent(K key, V value);

    /**
     * Overwrite an entry that has a value.
     *
     * @param key      of the entry.
     * @param oldValue that it must have.
     * @param newValue from now on.
     * @return whether it was so.
     */
    CompletionStage<Boolean> replace(K key, V oldValue, V newValue);

    /**
     * Overwrite an entry that nobody has changed since it was read.
     *
     * @param key     of the entry.
     * @param version that it must have.
     * @param value   of the entry from now on.
     * @return the version from now on; 0 if the entry has another or is not there.
     */
    CompletionStage<Long> replaceIfVersion(K key, long version, V value);

    /**
     * Remove.
     *
     * @param key of the entry.
     * @return the value before, or null.
     */
    CompletionStage<V> remove(K key);

    /**
     * Remove an entry that nobody has changed since it was read.
     *
     * @param key     of the entry.
     * @param version that it must have.
     * @return false if the entry has another or is not there.
     */
    CompletionStage<Boolean> removeIfVersion(K key, long version);

    /**
     * Remove, without asking for the value before.
     *
     * @param key of the entry.
     * @return true if there was an entry.
     */
    CompletionStage<Boolean> delete(K key);

    /**
     * Add to a number.
     *
     * @param key   of the number.
     * @param delta to add.
     * @return the sum.
     */
    CompletionStage<Long> addAndGet(K key, long delta);

    /**
     * Set the expiry of an entry anew, and leave the value.
     *
     * @param key    of the entry.
     * @param expiry of it from now on.
     * @return false if there is no entry.
     */
    CompletionStage<Boolean> touch(K key, Expiry expiry);

    /**
     * The same map, of which every write carries the fence of a lease, as {@link GridMap#fenced}. After a write that
     * was refused for its fence, the next renewal of the lease gives a higher one; the write is not sent again.
     *
     * @param lease of a lock of this grid.
     * @return a handle for any number of threads.
     */
    AsyncGridMap<K, V> fenced(LockLease lease);
}
