package io.peregrine.client;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What follows from the other operations of a map. Any thread.
 */
abstract class DerivedMap<K, V> extends AbstractMap<K, V> implements GridMap<K, V>
{
    @Override
    public V getOrDefault(final Object key, final V fallback)
    {
        final V value = get(key);
        return value == null ? fallback : value;
    }

    @Override
    public V put(final K key, final V value)
    {
        return put(key, value, Expiry.OF_MAP);
    }

    @Override
    public V putIfAbsent(final K key, final V value)
    {
        return putIfAbsent(key, value, Expiry.OF_MAP);
    }

    @Override
    public V computeIfAbsent(final K key, final Function<? super K, ? extends V> function)
    {
        Objects.requireNonNull(function, "function");
        final V present = get(key);
        if (present != null)
        {
            return present;
        }
        final V made = function.apply(key);
        if (made == null)
        {
            return null;
        }
        final V other = putIfAbsent(key, made);
        return other == null ? made : other;
    }

    @Override
    public V computeIfPresent(final K key, final BiFunction<? super K, ? super V, ? extends V> function)
    {
        return VersionLoop.run(this, key, function, false);
    }

    @Override
    public V compute(final K key, final BiFunction<? super K, ? super V, ? extends V> function)
    {
        return VersionLoop.run(this, key, function, true);
    }

    @Override
    public V merge(final K key, final V value, final BiFunction<? super V, ? super V, ? extends V> function)
    {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(function, "function");
        return VersionLoop.run(
            this, key, (ignored, old) -> old == null ? value : function.apply(old, value), true);
    }

    @Override
    public void replaceAll(final BiFunction<? super K, ? super V, ? extends V> function)
    {
        Objects.requireNonNull(function, "function");
        for (final Entry<K, V> entry : entrySet())
        {
            computeIfPresent(
                entry.getKey(), (key, value) -> Objects.requireNonNull(function.apply(key, value), "value"));
        }
    }

    @Override
    public void forEach(final BiConsumer<? super K, ? super V> action)
    {
        Objects.requireNonNull(action, "action");
        for (final Entry<K, V> entry : entrySet())
        {
            action.accept(entry.getKey(), entry.getValue());
        }
    }

    @Override
    public Map<K, V> getAll(final Collection<? extends K> keys)
    {
        final Map<K, V> found = new LinkedHashMap<>();
        for (final K key : keys)
        {
            final V value = get(key);
            if (value != null)
            {
                found.put(key, value);
            }
        }
        return found;
    }

    @Override
    public void putAll(final Map<? extends K, ? extends V> entries)
    {
        ManyKeys.throwUnlessAllApplied(setAll(entries));
    }

    @Override
    public int size()
    {
        return (int) Math.min(Integer.MAX_VALUE, sizeAsLong());
    }

    @Override
    public boolean isEmpty()
    {
        return sizeAsLong() == 0;
    }
}
