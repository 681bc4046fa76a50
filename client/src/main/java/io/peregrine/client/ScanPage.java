package io.peregrine.client;

import java.time.Duration;
import java.util.List;

/**
 * Entries of a scan.
 *
 * @param entries in the order of hashes; may be empty before the end.
 * @param next    where to continue.
 * @param <K>     keys.
 * @param <V>     values.
 */
public record ScanPage<K, V>(List<ScanEntry<K, V>> entries, ScanCursor next)
{
    /**
     * An entry of a scan.
     *
     * @param key     of it.
     * @param value   of it.
     * @param version of it.
     * @param ttlLeft how long it lives yet whatever happens, or null for ever.
     * @param <K>     keys.
     * @param <V>     values.
     */
    public record ScanEntry<K, V>(K key, V value, long version, Duration ttlLeft)
    {
    }
}
