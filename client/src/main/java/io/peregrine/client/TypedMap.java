package io.peregrine.client;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The typed handle. Holds no state of the map; any thread.
 */
final class TypedMap<K, V> extends DerivedMap<K, V>
{
    private final MapCalls<K, V> calls;
    private final ManyKeys<K, V> many;
    private final Scans<K, V> scans;

    TypedMap(final MapCalls<K, V> calls)
    {
        this.calls = calls;
        many = new ManyKeys<>(calls);
        scans = new Scans<>(calls);
    }

    MapCalls<K, V> calls()
    {
        return calls;
    }

    @Override
    public GridMap<K, V> within(final Duration timeout)
    {
        return new TypedMap<>(calls.within(timeout));
    }

    @Override
    public GridMap<K, V> staleness(final Duration most)
    {
        return new TypedMap<>(calls.staleness(most));
    }

    @Override
    public GridMap<K, V> fenced(final LockLease lease)
    {
        return new TypedMap<>(calls.fenced(lease));
    }

    @Override
    public String name()
    {
        return calls.map.name;
    }

    @SuppressWarnings("unchecked")
    @Override
    public V get(final Object key)
    {
        return calls.get((K) Objects.requireNonNull(key, "key"));
    }

    @SuppressWarnings("unchecked")
    @Override
    public boolean containsKey(final Object key)
    {
        return calls.containsKey((K) Objects.requireNonNull(key, "key"));
    }

    @Override
    public Versioned<V> getVersioned(final K key)
    {
        return calls.getVersioned(Objects.requireNonNull(key, "key"));
    }

    @Override
    public long set(final K key, final V value, final Expiry expiry)
    {
        final Caller caller = enter(key, value, expiry);
        try
        {
            calls.put(caller, key, value).expiry(expiry);
            return calls.run(caller).version();
        }
        finally
        {
            caller.exit();
        }
    }

    @Override
    public V put(final K key, final V value, final Expiry expiry)
    {
        final Caller caller = enter(key, value, expiry);
        try
        {
            calls.put(caller, key, value).expiry(expiry).returnPrevious();
            return calls.previous(calls.run(caller));
        }
        finally
        {
            caller.exit();
        }
    }

    @Override
    public V putIfAbsent(final K key, final V value, final Expiry expiry)
    {
        final Caller caller = enter(key, value, expiry);
        try
        {
            calls.put(caller, key, value).expiry(expiry).ifAbsent().returnPrevious();
            return calls.previous(calls.run(caller));
        }
        finally
        {
            caller.exit();
        }
    }

    @Override
    public V replace(final K key, final V value)
    {
        final Caller caller = enter(key, value, Expiry.OF_MAP);
        try
        {
            calls.put(caller, key, value).ifPresent().returnPrevious();
            return calls.previous(calls.run(caller));
        }
        finally
        {
            caller.exit();
        }
    }

    @Override
    public boolean replace(final K key, final V oldValue, final V newValue)
    {
        Objects.requireNonNull(oldValue, "old value");
        final Caller caller = enter(key, newValue, Expiry.OF_MAP);
        try
        {
            calls.put(caller, key, newValue);
            calls.ifValue(caller, oldValue);
            return calls.run(caller).applied();
        }
        finally
        {
            caller.exit();
        }
    }

    @Override
    public long replaceIfVersion(final K key, final long version, final V value, final Expiry expiry)
    {
        final Caller caller = enter(key, value, expiry);
        try
        {
            calls.put(caller, key, value).expiry(expiry).ifVersion(version);
            final MapResult result = calls.run(caller);
            return result.applied() ? result.version() : 0;
        }
        finally
        {
            caller.exit();
        }
    }

    @SuppressWarnings("unchecked")
    @Override
    public V remove(final Object key)
    {
        final Caller caller = enter(key);
        try
        {
            calls.remove(caller, (K) key).returnPrevious();
            return calls.previous(calls.run(caller));
        }
        finally
        {
            caller.exit();
        }
    }

    @SuppressWarnings("unchecked")
    @Override
    public boolean remove(final Object key, final Object value)
    {
        Objects.requireNonNull(value, "value");
        final Caller caller = enter(key);
        try
        {
            calls.remove(caller, (K) key);
            calls.ifValue(caller, (V) value);
            return calls.run(caller).applied();
        }
        finally
        {
            caller.exit();
        }
    }

    @Override
    public boolean removeIfVersion(final K key, final long version)
    {
        final Caller caller = enter(key);
        try
        {
            calls.remove(caller, key).ifVersion(version);
            return calls.run(caller).applied();
        }
        finally
        {
            caller.exit();
        }
    }

    @Override
    public boolean delete(final K key)
    {
        final Caller caller = enter(key);
        try
        {
            calls.remove(caller, key);
            return calls.run(caller).present();
        }
        finally
        {
            caller.exit();
        }
    }

    @Override
    public long addAndGet(final K key, final long delta)
    {
        final Caller caller = enter(key);
        try
        {
            calls.add(caller, key, delta);
            return calls.run(caller).number();
        }
        finally
        {
            caller.exit();
        }
    }

    @Override
    public boolean touch(final K key, final Expiry expiry)
    {
        Objects.requireNonNull(expiry, "expiry");
        final Caller caller = enter(key);
        try
        {
            calls.expire(caller, key).expiry(expiry);
            return calls.run(caller).applied();
        }
        finally
        {
            caller.exit();
        }
    }

    @Override
    public Map<K, KeyResult> setAll(final Map<? extends K, ? extends V> entries)
    {
        return many.setAll(entries);
    }

    @Override
    public Map<K, KeyResult> deleteAll(final Collection<? extends K> keys)
    {
        return many.deleteAll(keys);
    }

    @Override
    public void clear()
    {
        many.clear();
    }

    @Override
    public long sizeAsLong()
    {
        return many.size();
    }

    @SuppressWarnings("unchecked")
    @Override
    public boolean containsValue(final Object value)
    {
        return scans.containsValue((V) Objects.requireNonNull(value, "value"));
    }

    @Override
    public ScanPage<K, V> scan(final ScanCursor from, final int maxEntries)
    {
        return scans.page(from, maxEntries);
    }

    @Override
    public Set<K> keySet()
    {
        return new MapViews.Keys<>(this, scans);
    }

    @Override
    public Collection<V> values()
    {
        return new MapViews.Values<>(this, scans);
    }

    @Override
    public Set<Entry<K, V>> entrySet()
    {
        return new MapViews.Entries<>(this, scans);
    }

    @Override
    public AsyncGridMap<K, V> async()
    {
        return calls.grid.async(calls);
    }

    @Override
    public FlyweightMap flyweight()
    {
        return new FlyweightMap(calls.grid, calls.map)
            .within(calls.timeoutNs).staleness(calls.stalenessNs).carry(calls.lease);
    }

    @Override
    public void destroy()
    {
        calls.grid.destroy(calls.map);
    }

    private Caller enter(final Object key, final Object value, final Expiry expiry)
    {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(expiry, "expiry");
        return enter(key);
    }

    private Caller enter(final Object key)
    {
        Objects.requireNonNull(key, "key");
        final Caller caller = calls.caller();
        caller.enter();
        return caller;
    }
}
