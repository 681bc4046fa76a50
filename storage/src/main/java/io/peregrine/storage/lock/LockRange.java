package io.peregrine.storage.lock;

/**
 * Which locks an entry is done to: all, except while a snapshot and the log are being joined.
 */
@FunctionalInterface
public interface LockRange
{
    /**
     * @param hash of the name of a lock.
     * @return whether it is among them.
     */
    boolean covers(long hash);
}
