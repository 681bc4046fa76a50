package io.peregrine.node.partition;

/**
 * What requests are checked against before anything of them enters a log.
 *
 * @param partitions       of the grid.
 * @param maxKeyLength     bytes of the longest key.
 * @param maxValueLength   bytes of the longest value.
 * @param maxRequestLength bytes of the longest request, pieces put together.
 * @param evict            whether entries give way when the memory limit is reached; writes are refused otherwise.
 */
public record Limits(int partitions, int maxKeyLength, int maxValueLength, int maxRequestLength, boolean evict)
{
    /**
     * The longest duration that a request may ask for, in nanoseconds: 146 years, so that no sum overflows.
     */
    public static final long MAX_DURATION_NS = Long.MAX_VALUE / 2;

    /**
     * Bytes that an entry may be longer than the request that it comes from.
     */
    public static final int ENTRY_OVERHEAD = 256;

    /**
     * @return bytes of the longest entry that a request may become.
     */
    public int maxEntryLength()
    {
        return maxRequestLength + ENTRY_OVERHEAD;
    }
}
