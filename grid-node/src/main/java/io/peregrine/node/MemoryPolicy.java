package io.peregrine.node;

/**
 * What happens to a write when the memory limit is reached.
 */
public enum MemoryPolicy
{
    /**
     * It is refused; nothing that was acknowledged goes.
     */
    REFUSE,

    /**
     * Entries that seem least useful are removed to make room.
     */
    EVICT
}
