package io.peregrine.perf.verify.history;

/**
 * What an operation does with its key, which is the name of a lock or a semaphore where it is one of those.
 */
public enum Function
{
    /** Reads the value. */
    READ,
    /** Sets the value, or removes the entry. */
    WRITE,
    /** Does so where the value is the one that was expected. */
    CAS,
    /** Acquires a lock. */
    ACQUIRE,
    /** Writes with the fence with which the lock was acquired. */
    FENCED,
    /** Lets go of the lock. */
    RELEASE,
    /** Acquires permits of a semaphore. */
    ACQUIRE_PERMITS,
    /** Lets go of the permits. */
    RELEASE_PERMITS
}
