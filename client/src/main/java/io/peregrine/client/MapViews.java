package io.peregrine.client;

import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;

/**
 * The three views of a map. They hold nothing; iterators fetch page by page as they go.
 */
final class MapViews
{
    private MapViews()
    {
    }

    /**
     * An iterator over what a page decodes to. For one thread.
     */
    private abstract static class PageIterator<K, V, T> implements Iterator<T>
    {
        final TypedMap<K, V> map;
        private final Scans<K, V> scans;
        private final ScanLimits limits;
        private final Queue<T> page = new ArrayDeque<>();
        private ScanCursor cursor = ScanCursor.START;
        private T last;

        PageIterator(final TypedMap<K, V> map, final Scans<K, V> scans, final ScanLimits limits)
        {
            this.map = map;
            this.scans = scans;
            this.limits = limits;
        }

        abstract T decode(DirectBuffer buffer, int keyAt, int keyLength, int valueAt, int valueLength);

        abstract K keyOf(T item);

        @Override
        public boolean hasNext()
        {
            while (page.isEmpty() && !cursor.isEnd())
            {
                cursor = scans.fetch(cursor, limits, (buffer, keyAt, keyLength, valueAt, valueLength, version, ttl) ->
                    page.add(decode(buffer, keyAt, keyLength, valueAt, valueLength)));
            }
            return !page.isEmpty();
        }

        @Override
        public T next()
        {
            if (!hasNext())
            {
                throw new NoSuchElementException();
            }
            last = page.remove();
            return last;
        }

        @Override
        public void remove()
        {
            if (last == null)
            {
                throw new IllegalStateException("next() has to come first");
            }
            map.delete(keyOf(last));
            last = null;
        }
    }

    private static final class EntryIterator<K, V> extends PageIterator<K, V, Map.Entry<K, V>>
    {
        EntryIterator(final TypedMap<K, V> map, final Scans<K, V> scans)
        {
            super(map, scans, ScanLimits.ENTRIES);
        }

        @Override
        Map.Entry<K, V> decode(
            final DirectBuffer buffer, final int keyAt, final int keyLength, final int valueAt, final int valueLength)
        {
            final MapCalls<K, V> calls = map.calls();
            return new WriteThroughEntry<>(
                map, calls.decodeKey(buffer, keyAt, keyLength), calls.decodeValue(buffer, valueAt, valueLength));
        }

        @Override
        K keyOf(final Map.Entry<K, V> item)
        {
            return item.getKey();
        }
    }

    private static final class KeyIterator<K, V> extends PageIterator<K, V, K>
    {
        KeyIterator(final TypedMap<K, V> map, final Scans<K, V> scans)
        {
            super(map, scans, ScanLimits.KEYS);
        }

        @Override
        K decode(
            final DirectBuffer buffer, final int keyAt, final int keyLength, final int valueAt, final int valueLength)
        {
            return map.calls().decodeKey(buffer, keyAt, keyLength);
        }

        @Override
        K keyOf(final K item)
        {
            return item;
        }
    }

    private record ValueIterator<K, V>(Iterator<Map.Entry<K, V>> entries) implements Iterator<V>
    {
        @Override
        public boolean hasNext()
        {
            return entries.hasNext();
        }

        @Override
        public V next()
        {
            return entries.next().getValue();
        }

        @Override
        public void remove()
        {
            entries.remove();
        }
    }

    /**
     * A copy of an entry; setting its value puts it into the map.
     */
    private static final class WriteThroughEntry<K, V> extends AbstractMap.SimpleEntry<K, V>
    {
        private static final long serialVersionUID = 1L;

        private final transient TypedMap<K, V> map;

        WriteThroughEntry(final TypedMap<K, V> map, final K key, final V value)
        {
            super(key, value);
            this.map = map;
        }

        @Override
        public V setValue(final V value)
        {
            map.set(getKey(), value);
            return super.setValue(value);
        }
    }

    /**
     * The keys.
     */
    static final class Keys<K, V> extends AbstractSet<K>
    {
        private final TypedMap<K, V> map;
        private final Scans<K, V> scans;

        Keys(final TypedMap<K, V> map, final Scans<K, V> scans)
        {
            this.map = map;
            this.scans = scans;
        }

        @Override
        public Iterator<K> iterator()
        {
            return new KeyIterator<>(map, scans);
        }

        @Override
        public int size()
        {
            return map.size();
        }

        @Override
        public boolean contains(final Object key)
        {
            return map.containsKey(key);
        }

        @SuppressWarnings("unchecked")
        @Override
        public boolean remove(final Object key)
        {
            return map.delete((K) Objects.requireNonNull(key, "key"));
        }

        @Override
        public boolean removeAll(final Collection<?> keys)
        {
            return removeEach(this, keys);
        }

        @Override
        public void clear()
        {
            map.clear();
        }
    }

    /**
     * The values.
     */
    static final class Values<K, V> extends AbstractCollection<V>
    {
        private final TypedMap<K, V> map;
        private final Scans<K, V> scans;

        Values(final TypedMap<K, V> map, final Scans<K, V> scans)
        {
            this.map = map;
            this.scans = scans;
        }

        @Override
        public Iterator<V> iterator()
        {
            return new ValueIterator<>(new EntryIterator<>(map, scans));
        }

        @Override
        public int size()
        {
            return map.size();
        }

        @Override
        public boolean contains(final Object value)
        {
            return map.containsValue(value);
        }

        @Override
        public boolean remove(final Object value)
        {
            final byte[] sought = encode(value);
            for (final Map.Entry<K, V> entry : map.entrySet())
            {
                if (Arrays.equals(sought, scans.encoded(entry.getValue())) &&
                    map.remove(entry.getKey(), entry.getValue()))
                {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean removeIf(final Predicate<? super V> filter)
        {
            Objects.requireNonNull(filter, "filter");
            boolean removed = false;
            for (final Map.Entry<K, V> entry : map.entrySet())
            {
                removed |= filter.test(entry.getValue()) && map.remove(entry.getKey(), entry.getValue());
            }
            return removed;
        }

        @Override
        public void clear()
        {
            map.clear();
        }

        @SuppressWarnings("unchecked")
        private byte[] encode(final Object value)
        {
            return scans.encoded((V) Objects.requireNonNull(value, "value"));
        }
    }

    /**
     * The entries.
     */
    static final class Entries<K, V> extends AbstractSet<Map.Entry<K, V>>
    {
        private final TypedMap<K, V> map;
        private final Scans<K, V> scans;

        Entries(final TypedMap<K, V> map, final Scans<K, V> scans)
        {
            this.map = map;
            this.scans = scans;
        }

        @Override
        public Iterator<Map.Entry<K, V>> iterator()
        {
            return new EntryIterator<>(map, scans);
        }

        @Override
        public int size()
        {
            return map.size();
        }

        @SuppressWarnings("unchecked")
        @Override
        public boolean contains(final Object other)
        {
            if (!(other instanceof Map.Entry<?, ?> entry) || entry.getKey() == null || entry.getValue() == null)
            {
                return false;
            }
            final V value = map.get(entry.getKey());
            return value != null && (value.equals(entry.getValue()) ||
                Arrays.equals(scans.encoded(value), scans.encoded((V) entry.getValue())));
        }

        @Override
        public boolean remove(final Object other)
        {
            return other instanceof Map.Entry<?, ?> entry && entry.getKey() != null && entry.getValue() != null &&
                map.remove(entry.getKey(), entry.getValue());
        }

        @Override
        public boolean removeAll(final Collection<?> entries)
        {
            return removeEach(this, entries);
        }

        @Override
        public void clear()
        {
            map.clear();
        }
    }

    private static boolean removeEach(final Collection<?> view, final Collection<?> gone)
    {
        boolean removed = false;
        for (final Object item : gone)
        {
            removed |= view.remove(item);
        }
        return removed;
    }
}
