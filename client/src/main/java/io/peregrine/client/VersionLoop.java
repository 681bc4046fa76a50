package io.peregrine.client;

import java.util.Objects;
import java.util.function.BiFunction;

/**
 * Changes an entry by a function: reads it with its version, applies the function, writes if the version is the same,
 * and begins again if it is not. The function runs on the calling thread and may call the grid.
 */
final class VersionLoop
{
    private VersionLoop()
    {
    }

    /**
     * Change an entry.
     *
     * @param insert whether to call the function, with null, when there is no entry.
     * @return the value that is there afterwards, or null.
     */
    static <K, V> V run(
        final GridMap<K, V> map,
        final K key,
        final BiFunction<? super K, ? super V, ? extends V> function,
        final boolean insert)
    {
        Objects.requireNonNull(function, "function");
        while (true)
        {
            final Versioned<V> current = map.getVersioned(key);
            if (current == null && !insert)
            {
                return null;
            }
            final V next = function.apply(key, current == null ? null : current.value());
            if (write(map, key, current, next))
            {
                return next;
            }
        }
    }

    private static <K, V> boolean write(
        final GridMap<K, V> map, final K key, final Versioned<V> current, final V next)
    {
        if (current == null)
        {
            return next == null || map.putIfAbsent(key, next) == null;
        }
        return next == null ?
            map.removeIfVersion(key, current.version()) :
            map.replaceIfVersion(key, current.version(), next) != 0;
    }
}
