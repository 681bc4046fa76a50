package io.peregrine.client;

import java.time.Duration;
import java.util.List;
import org.agrona.concurrent.EpochClock;

/**
 * A grid: its structures by name. For any number of threads. Calls wait for their answer at most for the time of a call
 * ({@code call.timeout}); a thread that is interrupted before or while it waits gets an exception of the kind that says
 * whether the call took effect, and its interrupt flag stays set.
 */
public interface Grid extends AutoCloseable
{
    /**
     * Open a map, which is made when there is none of this name.
     *
     * @param name       1 to 255 bytes of UTF-8 without control characters, not beginning with {@code $peregrine.}.
     * @param keyCodec   of the keys.
     * @param valueCodec of the values.
     * @param <K>        keys.
     * @param <V>        values.
     * @return a handle for any number of threads.
     */
    default <K, V> GridMap<K, V> map(final String name, final Codec<K> keyCodec, final Codec<V> valueCodec)
    {
        return map(name, keyCodec, valueCodec, MapOptions.DEFAULT);
    }

    /**
     * Open a map, which is made when there is none of this name.
     *
     * @param name       1 to 255 bytes of UTF-8 without control characters.
     * @param keyCodec   of the keys.
     * @param valueCodec of the values.
     * @param options    of the map if it is made; what they set must be so if it is there.
     * @param <K>        keys.
     * @param <V>        values.
     * @return a handle for any number of threads.
     */
    <K, V> GridMap<K, V> map(String name, Codec<K> keyCodec, Codec<V> valueCodec, MapOptions options);

    /**
     * Open a map at the level of bytes.
     *
     * @param name    as for {@link #map}.
     * @param routing the rule by which the map's keys are routed: that of the codec of its keys.
     * @param options as for {@link #map}.
     * @return a handle for one thread, to be closed.
     */
    FlyweightMap flyweightMap(String name, Routing routing, MapOptions options);

    /**
     * Open a map at the level of bytes, with keys that are routed by the whole.
     *
     * @param name as for {@link #map}.
     * @return a handle for one thread, to be closed.
     */
    default FlyweightMap flyweightMap(final String name)
    {
        return flyweightMap(name, Routing.WHOLE, MapOptions.DEFAULT);
    }

    /**
     * Begin an atomic batch on keys of one routing part.
     *
     * @return an empty batch, for one thread.
     */
    Batch batch();

    /**
     * A lock, which need not be made before.
     *
     * @param name 1 to 255 bytes of UTF-8 without control characters, not beginning with {@code $peregrine.}.
     * @return a handle for any number of threads.
     */
    GridLock lock(String name);

    /**
     * A counting semaphore, which need not be made before.
     *
     * @param name    1 to 255 bytes of UTF-8 without control characters, not beginning with {@code $peregrine.}.
     * @param permits in all, 1 or more: the first who uses the name sets it, and others have to name the same.
     * @return a handle for any number of threads.
     */
    GridSemaphore semaphore(String name, int permits);

    /**
     * A countdown latch, which need not be made before.
     *
     * @param name  1 to 255 bytes of UTF-8 without control characters, not beginning with {@code $peregrine.}.
     * @param count where it begins, 1 or more: the first who uses the name sets it, and others have to name the same.
     * @return a handle for any number of threads.
     */
    GridLatch latch(String name, int count);

    /**
     * A number that all can change, which need not be made before.
     *
     * @param name 1 to 200 bytes of UTF-8 without control characters.
     * @return a handle for any number of threads.
     */
    GridCounter counter(String name);

    /**
     * A sequence that gives its numbers in the order of asking, each by a call to the grid.
     *
     * @param name 1 to 200 bytes of UTF-8 without control characters.
     * @return a handle for any number of threads.
     */
    default GridSequence sequence(final String name)
    {
        return sequence(name, 1);
    }

    /**
     * A sequence, of which this handle takes several numbers at a time.
     *
     * @param name  1 to 200 bytes of UTF-8 without control characters.
     * @param block how many, 1 or more.
     * @return a handle for any number of threads, which is to be kept.
     */
    GridSequence sequence(String name, int block);

    /**
     * Ids that are made here and are unique in the grid. The same handle for every call with the name.
     *
     * @param name 1 to 200 bytes of UTF-8 without control characters.
     * @return a handle for any number of threads; nothing is asked of the grid before the first id.
     */
    GridIds ids(String name);

    /**
     * Ids as {@link #ids(String)}, of the time that a clock says.
     *
     * @param name  1 to 200 bytes of UTF-8 without control characters.
     * @param clock milliseconds since 1970.
     * @return a handle of its own, to be closed.
     */
    GridIds ids(String name, EpochClock clock);

    /**
     * An election whose leader is followed by the next ten seconds after it has died.
     *
     * @param name 1 to 200 bytes of UTF-8 without control characters.
     * @return a handle for any number of threads.
     */
    default GridElection election(final String name)
    {
        return election(name, Duration.ofSeconds(10));
    }

    /**
     * An election.
     *
     * @param name  1 to 200 bytes of UTF-8 without control characters.
     * @param lease for how long one leads without renewal: the next follows after so long when a leader has died. 1 ns
     *              to 146 years; useful ones are much longer than a call takes.
     * @return a handle for any number of threads.
     */
    GridElection election(String name, Duration lease);

    /**
     * The names of all maps, without the grid's own.
     *
     * @return in no order; a copy.
     */
    List<String> mapNames();

    /**
     * What the node says of itself by which the grid is reached, or that is embedded here.
     *
     * @return a copy.
     */
    NodeStatus nodeStatus();

    /**
     * @return what operators ask for: what each node says, and orders to the grid.
     */
    GridOperations operations();

    /**
     * Was it closed, or the node or connection behind it?
     *
     * @return true if no call will work any more.
     */
    boolean isClosed();

    /**
     * Close this object: locks that are held are let go of, calls fail from now on, those that wait come to their end,
     * asynchronous ones that have no answer end as {@link OutcomeUnknownException}. What the grid holds stays. Lanes go
     * back as their threads call again or end, or with the node or connection behind. Safe to call twice.
     */
    @Override
    void close();
}
