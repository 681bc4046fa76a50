package io.peregrine.storage.lock;

/**
 * One who waits in line for a lock, a semaphore or a latch; or who holds permits of a semaphore.
 */
final class Waiter
{
    /**
     * Sequence of the entry with which it got in line; of a holder its fence.
     */
    long ticket;
    long session;
    /**
     * The session that the lock will be bound to, or 0.
     */
    long owner;
    long holder;
    long lease;
    /**
     * Partition time at which it is passed over; of a holder the end of its lease.
     */
    long until;
    int permits;
    WaitQueue queue;
    Waiter previous;
    Waiter next;
    /**
     * Another one whose identity has the same hash.
     */
    Waiter sameHash;

    boolean is(final WaitQueue of, final long ofOwner, final long ofHolder)
    {
        return queue == of && owner == ofOwner && holder == ofHolder;
    }
}
