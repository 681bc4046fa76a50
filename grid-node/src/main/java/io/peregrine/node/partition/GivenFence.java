package io.peregrine.node.partition;

/**
 * The fence that comes with the write which is being carried out, if one does. A field of its owner.
 */
final class GivenFence
{
    private boolean isGiven;
    private long lock;
    private long number;
    private int lockPartition;

    boolean isGiven()
    {
        return isGiven;
    }

    /**
     * @return hash of the lock's name.
     */
    long lock()
    {
        return lock;
    }

    long number()
    {
        return number;
    }

    int lockPartition()
    {
        return lockPartition;
    }

    void set(final int newLockPartition, final long newLock, final long newNumber)
    {
        isGiven = true;
        lockPartition = newLockPartition;
        lock = newLock;
        number = newNumber;
    }

    void clear()
    {
        isGiven = false;
    }
}
