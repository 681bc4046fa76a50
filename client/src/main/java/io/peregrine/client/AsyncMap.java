package io.peregrine.client;

import io.peregrine.client.port.KeyHash;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The asynchronous handle: encodes on the calling thread, and leaves the rest to the lane. Any thread.
 */
final class AsyncMap<K, V> implements AsyncGridMap<K, V>
{
    private final MapCalls<K, V> calls;
    private final AsyncLane lane;

    AsyncMap(final MapCalls<K, V> calls, final AsyncLane lane)
    {
        this.calls = calls;
        this.lane = lane;
    }

    @Override
    public CompletionStage<V> get(final K key)
    {
        return submit(key, (caller) -> calls.remove(caller, key), true, this::decode);
    }

    @Override
    public CompletionStage<Versioned<V>> getVersioned(final K key)
    {
        return submit(key, (caller) -> calls.remove(caller, key), true, calls::versioned);
    }

    @Override
    public CompletionStage<Long> set(final K key, final V value, final Expiry expiry)
    {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(expiry, "expiry");
        return submit(key, (caller) -> calls.put(caller, key, value).expiry(expiry), MapResult::version);
    }

    @Override
    public CompletionStage<V> put(final K key, final V value)
    {
        Objects.requireNonNull(value, "value");
        return submit(key, (caller) -> calls.put(caller, key, value).returnPrevious(), calls::previous);
    }

    @Override
    public CompletionStage<V> putIfAbsent(final K key, final V value)
    {
        Objects.requireNonNull(value, "value");
        return submit(key, (caller) -> calls.put(caller, key, value).ifAbsent().returnPrevious(), calls::previous);
    }

    @Override
    public CompletionStage<Boolean> replace(final K key, final V oldValue, final V newValue)
    {
        Objects.requireNonNull(oldValue, "old value");
        Objects.requireNonNull(newValue, "new value");
        return submit(key, (caller) ->
        {
            calls.put(caller, key, newValue);
            return calls.ifValue(caller, oldValue);
        }, MapResult::applied);
    }

    @Override
    public CompletionStage<Long> replaceIfVersion(final K key, final long version, final V value)
    {
        Objects.requireNonNull(value, "value");
        return submit(key, (caller) -> calls.put(caller, key, value).ifVersion(version),
            (result) -> result.applied() ? result.version() : 0);
    }

    @Override
    public CompletionStage<V> remove(final K key)
    {
        return submit(key, (caller) -> calls.remove(caller, key).returnPrevious(), calls::previous);
    }

    @Override
    public CompletionStage<Boolean> removeIfVersion(final K key, final long version)
    {
        return submit(key, (caller) -> calls.remove(caller, key).ifVersion(version), MapResult::applied);
    }

    @Override
    public CompletionStage<Boolean> delete(final K key)
    {
        return submit(key, (caller) -> calls.remove(caller, key), MapResult::present);
    }

    @Override
    public CompletionStage<Long> addAndGet(final K key, final long delta)
    {
        return submit(key, (caller) -> calls.add(caller, key, delta), MapResult::number);
    }

    @Override
    public CompletionStage<Boolean> touch(final K key, final Expiry expiry)
    {
        Objects.requireNonNull(expiry, "expiry");
        return submit(key, (caller) -> calls.expire(caller, key).expiry(expiry), MapResult::applied);
    }

    @Override
    public AsyncGridMap<K, V> within(final Duration timeout)
    {
        return new AsyncMap<>(calls.within(timeout), lane);
    }

    @Override
    public AsyncGridMap<K, V> staleness(final Duration most)
    {
        return new AsyncMap<>(calls.staleness(most), lane);
    }

    @Override
    public AsyncGridMap<K, V> fenced(final LockLease lease)
    {
        return new AsyncMap<>(calls.fenced(lease), lane);
    }

    private V decode(final MapResult result)
    {
        return result.valueLength() < 0 ? null :
            calls.decodeValue(result.valueBuffer(), result.valueOffset(), result.valueLength());
    }

    private <T> CompletionStage<T> submit(
        final K key, final Function<Caller, MapCommand> encoding, final Function<MapResult, T> conversion)
    {
        return submit(key, encoding, false, conversion);
    }

    private <T> CompletionStage<T> submit(
        final K key,
        final Function<Caller, MapCommand> encoding,
        final boolean read,
        final Function<MapResult, T> conversion)
    {
        Objects.requireNonNull(key, "key");
        final AsyncRequest<T> request;
        final Caller caller = calls.caller();
        caller.enter();
        try
        {
            final MapCommand command = encoding.apply(caller);
            if (!read)
            {
                calls.checkLease();
                command.lease = calls.lease;
            }
            final long hash = KeyHash.hash(command.key, 0, command.keyLength);
            final int partition = calls.map.partition(hash, command.key, 0, command.keyLength);
            request = new AsyncRequest<>(
                calls, partition, hash, command, read ? calls.stalenessNs : AsyncRequest.NO_READ, conversion, lane);
        }
        finally
        {
            caller.exit();
        }
        lane.submit(request);
        return request.stage;
    }
}
