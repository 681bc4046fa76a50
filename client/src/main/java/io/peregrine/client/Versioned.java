package io.peregrine.client;

import java.time.Duration;

/**
 * A value with what is known of its entry at the moment of the read.
 *
 * @param value   of the entry.
 * @param version of the entry: it rises with every change, also when the entry is removed and made again.
 * @param ttlLeft how long it lives yet whatever happens, or null for ever.
 * @param maxIdle how long it lives unused, or null for ever.
 * @param age     this was the latest value at most so long ago; zero unless the read was allowed to be old, and then
 *                where it was told by the primary.
 * @param <V>     values.
 */
public record Versioned<V>(V value, long version, Duration ttlLeft, Duration maxIdle, Duration age)
{
    static <V> Versioned<V> of(
        final V value, final long version, final long ttlLeft, final long maxIdle, final long age)
    {
        return new Versioned<>(
            value,
            version,
            duration(ttlLeft),
            duration(maxIdle),
            age == 0 ? Duration.ZERO : Duration.ofNanos(age));
    }

    static Duration duration(final long nanos)
    {
        return nanos < 0 ? null : Duration.ofNanos(nanos);
    }
}
