package io.peregrine.client;

import java.time.Duration;

/**
 * A value with what is known of its entry at the moment of the read.
 *
 * @param value   of the entry.
 * @param version of the entry: it rises with every change, also when the entry is removed and made again.
 * @param ttlLeft how long it lives yet whatever happens, or null for ever.
 * @param maxIdle how long it lives unused, or null for ever.
 * @param <V>     values.
 */
public record Versioned<V>(V value, long version, Duration ttlLeft, Duration maxIdle)
{
    static <V> Versioned<V> of(final V value, final long version, final long ttlLeft, final long maxIdle)
    {
        return new Versioned<>(value, version, duration(ttlLeft), duration(maxIdle));
    }

    static Duration duration(final long nanos)
    {
        return nanos < 0 ? null : Duration.ofNanos(nanos);
    }
}
