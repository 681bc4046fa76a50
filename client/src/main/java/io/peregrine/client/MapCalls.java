package io.peregrine.client;

import io.peregrine.client.port.KeyHash;
import io.peregrine.client.port.LocalReads;
import java.time.Duration;
import org.agrona.DirectBuffer;

/**
 * The calls of typed handles: encode, read from memory or ask, send and wait, decode. Any thread; each brings its
 * {@link Caller}.
 */
final class MapCalls<K, V>
{
    final PortGrid grid;
    final MapTarget map;
    final Codec<K> keyCodec;
    final Codec<V> valueCodec;
    final long timeoutNs;
    final long stalenessNs;
    /**
     * Whose fence writes carry; null for none.
     */
    final Lease lease;
    private final LocalReads reads;

    MapCalls(final PortGrid grid, final MapTarget map, final Codec<K> keyCodec, final Codec<V> valueCodec)
    {
        this(grid, map, keyCodec, valueCodec, grid.timeoutNs(), 0, null);
    }

    private MapCalls(
        final PortGrid grid,
        final MapTarget map,
        final Codec<K> keyCodec,
        final Codec<V> valueCodec,
        final long timeoutNs,
        final long stalenessNs,
        final Lease lease)
    {
        this.lease = lease;
        this.stalenessNs = stalenessNs;
        this.timeoutNs = timeoutNs;
        this.grid = grid;
        this.map = map;
        this.keyCodec = keyCodec;
        this.valueCodec = valueCodec;
        reads = map.reads;
    }

    /**
     * The same calls with another time to wait.
     */
    MapCalls<K, V> within(final Duration timeout)
    {
        return new MapCalls<>(grid, map, keyCodec, valueCodec, Durations.toTimeout(timeout), stalenessNs, lease);
    }

    /**
     * The same calls, of which reads may be a little old.
     */
    MapCalls<K, V> staleness(final Duration most)
    {
        return new MapCalls<>(grid, map, keyCodec, valueCodec, timeoutNs, Durations.toStaleness(most), lease);
    }

    /**
     * The same calls, of which writes carry the fence of a lease.
     */
    MapCalls<K, V> fenced(final LockLease newLease)
    {
        return new MapCalls<>(
            grid, map, keyCodec, valueCodec, timeoutNs, stalenessNs, Lease.of(newLease, grid));
    }

    /**
     * The calling thread's own, with the time to wait of these calls.
     */
    Caller caller()
    {
        return grid.caller().within(timeoutNs);
    }

    V get(final K key)
    {
        final Caller caller = caller();
        caller.enter();
        try
        {
            final int keyLength = caller.encodeKey(keyCodec, key);
            final DirectBuffer keyBytes = caller.key.view();
            final long hash = KeyHash.hash(keyBytes, 0, keyLength);
            final int partition = map.partition(hash, keyBytes, 0, keyLength);
            final int result = reads == null ? LocalReads.ASK_AGENT :
                reads.tryGet(partition, hash, keyBytes, 0, keyLength, caller.read, 0, caller.read.capacity());
            if (result >= 0)
            {
                return decodeValue(caller.read, 0, result);
            }
            return result == LocalReads.ABSENT ? null : getSlowly(caller, partition, hash, keyLength);
        }
        finally
        {
            caller.exit();
        }
    }

    private V getSlowly(final Caller caller, final int partition, final long hash, final int keyLength)
    {
        final DirectBuffer keyBytes = caller.key.view();
        int result = LocalReads.TOO_LONG;
        while (LocalReads.isTooLong(result))
        {
            caller.ensureRead(LocalReads.requiredLength(result));
            result = reads == null ? LocalReads.ASK_AGENT :
                reads.get(partition, hash, keyBytes, 0, keyLength, caller.read, 0, caller.read.capacity());
        }
        if (result >= 0)
        {
            final V value = decodeValue(caller.read, 0, result);
            caller.trimRead();
            return value;
        }
        if (result == LocalReads.ABSENT)
        {
            return null;
        }
        final MapResult reply = ask(caller, result, partition, true, keyLength);
        return reply.valueLength() < 0 ? null :
            decodeValue(reply.valueBuffer(), reply.valueOffset(), reply.valueLength());
    }

    Versioned<V> getVersioned(final K key)
    {
        final Caller caller = caller();
        caller.enter();
        try
        {
            final int keyLength = caller.encodeKey(keyCodec, key);
            final DirectBuffer keyBytes = caller.key.view();
            final long hash = KeyHash.hash(keyBytes, 0, keyLength);
            final int partition = map.partition(hash, keyBytes, 0, keyLength);
            int result = LocalReads.TOO_LONG;
            while (LocalReads.isTooLong(result))
            {
                caller.ensureRead(LocalReads.requiredLength(result));
                result = reads == null ? LocalReads.ASK_AGENT : reads.get(
                    partition, hash, keyBytes, 0, keyLength, caller.read, 0, caller.read.capacity(), caller.details);
            }
            if (result == LocalReads.ABSENT)
            {
                return null;
            }
            if (result >= 0)
            {
                final V value = decodeValue(caller.read, 0, result);
                caller.trimRead();
                return Versioned.of(
                    value, caller.details.version(), caller.details.ttlLeft(), caller.details.maxIdle(), 0);
            }
            return versioned(ask(caller, result, partition, true, keyLength));
        }
        finally
        {
            caller.exit();
        }
    }

    boolean containsKey(final K key)
    {
        final Caller caller = caller();
        caller.enter();
        try
        {
            final int keyLength = caller.encodeKey(keyCodec, key);
            final DirectBuffer keyBytes = caller.key.view();
            final long hash = KeyHash.hash(keyBytes, 0, keyLength);
            final int partition = map.partition(hash, keyBytes, 0, keyLength);
            final int result = reads == null ? LocalReads.ASK_AGENT :
                reads.find(partition, hash, keyBytes, 0, keyLength, null);
            return result >= 0 ||
                result != LocalReads.ABSENT && ask(caller, result, partition, false, keyLength).present();
        }
        finally
        {
            caller.exit();
        }
    }

    private MapResult ask(
        final Caller caller, final int result, final int partition, final boolean withValue, final int keyLength)
    {
        if (result != LocalReads.ASK_AGENT)
        {
            throw map.failure(result);
        }
        return check(caller.calls().read(map, partition, withValue, stalenessNs, caller.key.view(), 0, keyLength));
    }

    /**
     * Refuse what is done in the name of a lease that is not held any more.
     */
    void checkLease()
    {
        if (lease != null)
        {
            lease.checkHeld();
        }
    }

    /**
     * Carry out the command in {@link Caller#command}.
     */
    MapResult run(final Caller caller)
    {
        final MapCommand command = caller.command;
        final long hash = KeyHash.hash(command.key, command.keyOffset, command.keyLength);
        final int partition = map.partition(hash, command.key, command.keyOffset, command.keyLength);
        if (lease == null)
        {
            return check(caller.calls().command(map, partition, hash, command));
        }
        command.lease = lease;
        return Fencing.write(
            lease, caller.calls(), () -> check(caller.calls().command(map, partition, hash, command)));
    }

    MapCommand put(final Caller caller, final K key, final V value)
    {
        final int keyLength = caller.encodeKey(keyCodec, key);
        final int valueLength = caller.encodeValue(valueCodec, value);
        return caller.command.put(caller.key.view(), 0, keyLength, caller.value.view(), 0, valueLength);
    }

    MapCommand remove(final Caller caller, final K key)
    {
        return caller.command.remove(caller.key.view(), 0, caller.encodeKey(keyCodec, key));
    }

    MapCommand add(final Caller caller, final K key, final long delta)
    {
        return caller.command.add(caller.key.view(), 0, caller.encodeKey(keyCodec, key), delta);
    }

    MapCommand expire(final Caller caller, final K key)
    {
        return caller.command.expire(caller.key.view(), 0, caller.encodeKey(keyCodec, key));
    }

    MapCommand ifValue(final Caller caller, final V value)
    {
        final int length = caller.encodeExpected(valueCodec, value);
        return caller.command.ifValue(caller.expected.view(), 0, length);
    }

    /**
     * The value before a command, or the one that hindered it.
     */
    V previous(final MapResult result)
    {
        if (result.valueLength() < 0)
        {
            return null;
        }
        try
        {
            return valueCodec.decode(result.valueBuffer(), result.valueOffset(), result.valueLength());
        }
        catch (final Exception ex)
        {
            throw new OutcomeUnknownException(ErrorCode.CODEC_FAILED, "the call was " +
                (result.applied() ? "carried out" : "not carried out, for its condition did not hold") +
                ", but the codec threw " + ex + " when it decoded the value before; read with the right codec", ex);
        }
    }

    V decodeValue(final DirectBuffer buffer, final int offset, final int length)
    {
        try
        {
            return valueCodec.decode(buffer, offset, length);
        }
        catch (final GridException | ClassCastException ex)
        {
            throw ex;
        }
        catch (final Exception ex)
        {
            throw Errors.decode("value", ex);
        }
    }

    K decodeKey(final DirectBuffer buffer, final int offset, final int length)
    {
        try
        {
            return keyCodec.decode(buffer, offset, length);
        }
        catch (final GridException | ClassCastException ex)
        {
            throw ex;
        }
        catch (final Exception ex)
        {
            throw Errors.decode("key", ex);
        }
    }

    Versioned<V> versioned(final MapResult reply)
    {
        return reply.valueLength() < 0 ? null : Versioned.of(
            decodeValue(reply.valueBuffer(), reply.valueOffset(), reply.valueLength()),
            reply.version(),
            reply.ttlLeft(),
            reply.maxIdle(),
            reply.age());
    }

    static MapResult check(final MapResult result)
    {
        final GridException error = result.error();
        if (error != null)
        {
            throw error;
        }
        return result;
    }
}
