package io.peregrine.node.partition;

/**
 * What this member is to a partition.
 */
public enum Role
{
    /**
     * Has no copy.
     */
    NONE,
    /**
     * Makes a copy, and is not in sync.
     */
    LEARNING,
    /**
     * In sync, and takes the log from the primary.
     */
    FOLLOWING,
    /**
     * The primary, serving or about to.
     */
    LEADING
}
