package io.peregrine.perf.lock;

/**
 * What can be measured of locks.
 */
public enum LockRow
{
    /**
     * Acquiring and releasing a lock that nobody else wants.
     */
    ACQUIRE("acquire"),

    /**
     * Acquiring and releasing a permit of a semaphore that nobody else wants.
     */
    PERMIT("permit"),

    /**
     * Acquiring and releasing a lock, against Redis.
     */
    REDIS("redis"),

    /**
     * From the release of one process to the next in line, in another process.
     */
    HAND_OVER("hand-over"),

    /**
     * From the end of a killed holder's lease to the next in line.
     */
    TAKE_OVER("take-over"),

    /**
     * From the kill of a lock's primary to the next in line.
     */
    PRIMARY_LOSS("primary-loss"),

    /**
     * What a million locks take.
     */
    MEMORY("memory");

    private final String label;

    LockRow(final String label)
    {
        this.label = label;
    }

    /**
     * @return its name on the command line.
     */
    @Override
    public String toString()
    {
        return label;
    }
}
