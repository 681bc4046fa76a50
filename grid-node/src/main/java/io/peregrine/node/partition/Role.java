package io.peregrine.node.partition;

/**
 * What this member is to a partition.
 */
public enum Role
{
    /**
     * Has no copy that counts: none, or one that it is learning.
     */
    NONE,
    /**
     * In sync, and takes the log from the primary.
     */
    FOLLOWING,
    /**
     * The primary, serving or about to.
     */
    LEADING
}
