package io.peregrine.storage.lock;

/**
 * Told when one who waits in line waits no longer, so that it can be woken. Data agent's thread, in the middle of an
 * apply: it must not change the partition.
 */
@FunctionalInterface
public interface LockListener
{
    /**
     * Nobody is to be woken.
     */
    LockListener NONE = (ticket, fence, end) ->
    {
    };

    /**
     * @param ticket with which it waited.
     * @param fence  of the lock that it holds from now on; 0 if it was passed over.
     * @param end    of its lease, in partition time; 0 if it was passed over.
     */
    void onWaited(long ticket, long fence, long end);
}
