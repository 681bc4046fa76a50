package io.peregrine.client;

import io.peregrine.client.codec.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Commands on keys of one routing part, in one map or several: all of them are carried out at one moment, or none.
 * Conditions are on what is there before the batch; effects take place in the order of the commands, and an addition
 * adds to what those before it leave. For one thread; may be executed again.
 */
public final class Batch
{
    /**
     * The most commands in a batch.
     */
    public static final int MAX_COMMANDS = 1024;

    private static final int MIN_BYTES_LIMIT = 64 * 1024;

    private final List<BatchCommand> commands = new ArrayList<>();
    private final PortGrid grid;
    private long timeoutNs;
    private Lease lease;
    private byte[] routing;
    private int partition;
    private long bytes;

    Batch(final PortGrid grid)
    {
        this.grid = grid;
        timeoutNs = grid.timeoutNs();
    }

    /**
     * Set the limit of time for carrying it out, instead of {@code call.timeout}.
     *
     * @param timeout 1 ns to 146 years.
     * @return this.
     */
    public Batch within(final Duration timeout)
    {
        timeoutNs = Durations.toTimeout(timeout);
        return this;
    }

    /**
     * Let it carry the fence of a lease, as {@link GridMap#fenced}: all or nothing is done of it then too.
     *
     * @param newLease of a lock of this grid.
     * @return this.
     */
    public Batch fenced(final LockLease newLease)
    {
        lease = Lease.of(newLease, grid);
        return this;
    }

    /**
     * Insert or overwrite.
     *
     * @param map   of this grid.
     * @param key   of the entry.
     * @param value of the entry.
     * @param <K>   keys.
     * @param <V>   values.
     * @return this.
     */
    public <K, V> Batch put(final GridMap<K, V> map, final K key, final V value)
    {
        return put(map, key, value, When.ALWAYS, Expiry.OF_MAP);
    }

    /**
     * Insert or overwrite under a condition.
     *
     * @param map   of this grid.
     * @param key   of the entry.
     * @param value of the entry.
     * @param when  what has to hold.
     * @param <K>   keys.
     * @param <V>   values.
     * @return this.
     */
    public <K, V> Batch put(final GridMap<K, V> map, final K key, final V value, final When when)
    {
        return put(map, key, value, when, Expiry.OF_MAP);
    }

    /**
     * Insert or overwrite under a condition.
     *
     * @param map    of this grid.
     * @param key    of the entry.
     * @param value  of the entry.
     * @param when   what has to hold.
     * @param expiry of the entry.
     * @param <K>    keys.
     * @param <V>    values.
     * @return this.
     */
    public <K, V> Batch put(
        final GridMap<K, V> map, final K key, final V value, final When when, final Expiry expiry)
    {
        return add(map, Action.PUT, key, Objects.requireNonNull(value, "value"), when, expiry, 0);
    }

    /**
     * Remove, if it is there.
     *
     * @param map of this grid.
     * @param key of the entry.
     * @param <K> keys.
     * @param <V> values.
     * @return this.
     */
    public <K, V> Batch remove(final GridMap<K, V> map, final K key)
    {
        return remove(map, key, When.ALWAYS);
    }

    /**
     * Remove under a condition.
     *
     * @param map  of this grid.
     * @param key  of the entry.
     * @param when what has to hold.
     * @param <K>  keys.
     * @param <V>  values.
     * @return this.
     */
    public <K, V> Batch remove(final GridMap<K, V> map, final K key, final When when)
    {
        return add(map, Action.REMOVE, key, null, when, Expiry.OF_MAP, 0);
    }

    /**
     * Add to a number, as {@link GridMap#addAndGet}.
     *
     * @param map   of this grid.
     * @param key   of the number.
     * @param delta to add.
     * @param <K>   keys.
     * @param <V>   values.
     * @return this.
     */
    public <K, V> Batch add(final GridMap<K, V> map, final K key, final long delta)
    {
        return add(map, Action.ADD, key, null, When.ALWAYS, Expiry.OF_MAP, delta);
    }

    /**
     * Do nothing but demand that a condition holds.
     *
     * @param map  of this grid.
     * @param key  of the entry.
     * @param when what has to hold.
     * @param <K>  keys.
     * @param <V>  values.
     * @return this.
     */
    public <K, V> Batch check(final GridMap<K, V> map, final K key, final When when)
    {
        return add(map, Action.CHECK, key, null, when, Expiry.OF_MAP, 0);
    }

    /**
     * The number of commands so far.
     *
     * @return 0 to {@link #MAX_COMMANDS}.
     */
    public int size()
    {
        return commands.size();
    }

    /**
     * Carry out all commands or none, and wait.
     *
     * @return what became of them.
     */
    public BatchResult execute()
    {
        if (commands.isEmpty())
        {
            return BatchResult.EMPTY;
        }
        final Caller caller = grid.caller().within(timeoutNs);
        caller.enter();
        try
        {
            final BlockingCalls calls = caller.calls();
            return lease == null ? BatchCalls.execute(calls, partition, commands, null) : Fencing.write(
                lease, calls, () -> BatchCalls.execute(calls, partition, commands, lease));
        }
        finally
        {
            caller.exit();
        }
    }

    private <K, V> Batch add(
        final GridMap<K, V> map,
        final Action action,
        final K key,
        final V value,
        final When when,
        final Expiry expiry,
        final long operand)
    {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(when, "when");
        Objects.requireNonNull(expiry, "expiry");
        if (commands.size() == MAX_COMMANDS)
        {
            throw Errors.failed(ErrorCode.BATCH_TOO_LONG, "a batch has at most " + MAX_COMMANDS + " commands");
        }
        if (!(map instanceof TypedMap<K, V> typed) || typed.calls().grid != grid)
        {
            throw Errors.failed(ErrorCode.ARGUMENT_INVALID, "the map is not one of this grid");
        }
        final Caller caller = grid.caller().within(timeoutNs);
        caller.enter();
        try
        {
            final BatchCommand command = BatchCommand.encode(
                caller, typed.calls(), action, key, value, when, expiry, operand);
            route(typed.calls().map, command);
            limit(typed.calls().map, command);
            commands.add(command);
            return this;
        }
        finally
        {
            caller.exit();
        }
    }

    private void route(final MapTarget map, final BatchCommand command)
    {
        final byte[] part = command.routing(map);
        if (commands.isEmpty())
        {
            routing = part;
            partition = command.partition(map);
        }
        else if (!Arrays.equals(routing, part))
        {
            throw Errors.failed(ErrorCode.WRONG_ROUTING, "the key has another routing part than those before it in " +
                "the batch; put what belongs together between { and } in String keys, or let the codec name the part");
        }
    }

    private void limit(final MapTarget map, final BatchCommand command)
    {
        final long limit = Math.max(MIN_BYTES_LIMIT, 2L * map.maxValueLength + map.maxKeyLength);
        if (bytes + command.length() > limit)
        {
            throw Errors.failed(ErrorCode.BATCH_TOO_LONG, "a batch has at most " + limit + " bytes");
        }
        bytes += command.length();
    }
}
