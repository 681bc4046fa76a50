package io.peregrine.perf.verify.report;

import io.peregrine.client.port.KeyHash;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;

/**
 * Which partition a key is in.
 *
 * @param count of partitions.
 */
public record Partitions(int count)
{
    /**
     * Of a key.
     *
     * @param key without braces.
     * @return its partition.
     */
    public int of(final String key)
    {
        final byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return KeyHash.partition(KeyHash.hash(new UnsafeBuffer(bytes), 0, bytes.length), count);
    }
}
