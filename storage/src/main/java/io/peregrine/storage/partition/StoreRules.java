package io.peregrine.storage.partition;

import io.peregrine.storage.lock.LockRules;

/**
 * What copies of a partition that apply the same entries hang on, each as one small method: with another answer on one
 * of them they would not hold the same.
 * <p>
 * Not final, and with instance methods, for the tests that plant faults.
 */
public class StoreRules
{
    private final LockRules locks;

    /**
     * The rules as they are.
     */
    public StoreRules()
    {
        this(new LockRules());
    }

    /**
     * The rules with others for locks.
     *
     * @param locks rules of locks and fences.
     */
    public StoreRules(final LockRules locks)
    {
        this.locks = locks;
    }

    /**
     * The rules of locks and fences.
     *
     * @return always the same object.
     */
    public LockRules locks()
    {
        return locks;
    }

    /**
     * @param end   of a record, in partition time.
     * @param named end that an Expire entry gives for its key.
     * @return whether the entry removes the record; one that was used since has another end.
     */
    public boolean isExpired(final long end, final long named)
    {
        return end == named;
    }

    /**
     * @param chunk sequence that a chunk of a snapshot is of.
     * @param entry sequence of an entry of the log.
     * @return whether the entry has still to be done to the records of the chunk.
     */
    public boolean isBefore(final long chunk, final long entry)
    {
        return chunk < entry;
    }

    /**
     * @return whether sessions and the results that are kept for them come with a snapshot.
     */
    public boolean takesSessions()
    {
        return true;
    }
}
