package io.peregrine.node.control;

/**
 * What is the same on every node of a grid and is fixed when the grid is founded.
 *
 * @param partitions     number of partitions that keys hash to.
 * @param minInSync      members that an in-sync set needs before its primary acknowledges a write.
 * @param maxStructures  structures that may exist at one time.
 * @param maxKeyLength   bytes of the longest key.
 * @param maxValueLength bytes of the longest value.
 */
public record GridSettings(int partitions, int minInSync, int maxStructures, int maxKeyLength, int maxValueLength)
{
    /**
     * The most partitions that a table may have.
     */
    public static final int MAX_PARTITIONS = 4096;

    /**
     * The longest key that a record's layout can hold, in bytes.
     */
    public static final int LONGEST_KEY = 4096;

    /**
     * The longest value that a record's layout can hold, in bytes.
     */
    public static final int LONGEST_VALUE = 8 * 1024 * 1024;

    boolean valid()
    {
        return partitions >= 1 && partitions <= MAX_PARTITIONS &&
            minInSync >= 1 &&
            maxStructures >= 1 && maxStructures <= StructureTable.MAX_STRUCTURE_ID &&
            maxKeyLength >= 1 && maxKeyLength <= LONGEST_KEY &&
            maxValueLength >= 0 && maxValueLength <= LONGEST_VALUE;
    }

    long digest()
    {
        long digest = Digest.mix(Digest.START, partitions);
        digest = Digest.mix(digest, minInSync);
        digest = Digest.mix(digest, maxStructures);
        digest = Digest.mix(digest, maxKeyLength);
        return Digest.mix(digest, maxValueLength);
    }
}
