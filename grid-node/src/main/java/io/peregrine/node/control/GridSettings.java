package io.peregrine.node.control;

/**
 * What is the same on every node of a grid. All of it is fixed when the grid is founded, but the numbers of copies.
 *
 * @param partitions     number of partitions that keys hash to.
 * @param replicas       copies of each partition, once there are as many nodes.
 * @param minInSync      members that an in-sync set needs before its primary acknowledges a write.
 * @param maxStructures  structures that may exist at one time.
 * @param maxKeyLength   bytes of the longest key.
 * @param maxValueLength bytes of the longest value.
 * @param aloneLeaseNs   how long a member may serve the only copy of a partition after it last asked the control plane.
 */
public record GridSettings(
    int partitions,
    int replicas,
    int minInSync,
    int maxStructures,
    int maxKeyLength,
    int maxValueLength,
    long aloneLeaseNs)
{
    /**
     * The most partitions that a table may have.
     */
    public static final int MAX_PARTITIONS = 4096;

    /**
     * The most copies of a partition.
     */
    public static final int MAX_REPLICAS = 8;

    /**
     * The longest key that a record's layout can hold, in bytes.
     */
    public static final int LONGEST_KEY = 4096;

    /**
     * The longest value that a record's layout can hold, in bytes.
     */
    public static final int LONGEST_VALUE = 8 * 1024 * 1024;

    /**
     * The usual lease of a member that is alone with a partition.
     */
    public static final long ALONE_LEASE_NS = 10_000_000_000L;

    /**
     * The longest such lease: an hour.
     */
    public static final long MAX_ALONE_LEASE_NS = 3_600_000_000_000L;

    /**
     * @return whether each is within its range.
     */
    public boolean valid()
    {
        return partitions >= 1 && partitions <= MAX_PARTITIONS &&
            validCopies(replicas, minInSync) &&
            maxStructures >= 1 && maxStructures <= StructureTable.MAX_STRUCTURE_ID &&
            maxKeyLength >= 1 && maxKeyLength <= LONGEST_KEY &&
            maxValueLength >= 0 && maxValueLength <= LONGEST_VALUE &&
            aloneLeaseNs > 0 && aloneLeaseNs <= MAX_ALONE_LEASE_NS;
    }

    static boolean validCopies(final int replicas, final int minInSync)
    {
        return minInSync >= 1 && replicas >= minInSync && replicas <= MAX_REPLICAS;
    }

    GridSettings withCopies(final int newReplicas, final int newMinInSync)
    {
        return new GridSettings(
            partitions, newReplicas, newMinInSync, maxStructures, maxKeyLength, maxValueLength, aloneLeaseNs);
    }

    boolean sameGrid(final GridSettings other)
    {
        return equals(other.withCopies(replicas, minInSync));
    }

    long digest()
    {
        long digest = Digest.mix(Digest.START, partitions);
        digest = Digest.mix(digest, replicas);
        digest = Digest.mix(digest, minInSync);
        digest = Digest.mix(digest, maxStructures);
        digest = Digest.mix(digest, maxKeyLength);
        digest = Digest.mix(digest, maxValueLength);
        return Digest.mix(digest, aloneLeaseNs);
    }
}
