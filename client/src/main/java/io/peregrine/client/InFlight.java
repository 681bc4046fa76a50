package io.peregrine.client;

/**
 * The requests of one lane that have no answer yet. Ids rise by one; a slot is free again when the answer has
 * come, even that of a request which nobody waits for any more. Single-threaded, without garbage.
 */
final class InFlight
{
    /**
     * There is no such request, or it was answered before.
     */
    static final int NONE = 0;
    /**
     * Somebody waits for the answer.
     */
    static final int WAITING = 1;
    /**
     * Nobody waits for the answer any more.
     */
    static final int ABANDONED = 2;

    private static final int LIMIT = 4096;
    private static final int FILTER = 256;

    private final byte[] states;
    private final long[] deadlines;
    private final long[] hashes;
    private final int[] filter = new int[FILTER];
    private final int mask;
    private long nextId;
    private long oldest;
    private int count;

    /**
     * No deadline is before this; 0 when there is none.
     */
    private long earliest;

    InFlight(final long firstId, final int limit)
    {
        nextId = firstId;
        oldest = firstId;
        final int capacity = Integer.highestOneBit(Math.min(LIMIT, limit));
        states = new byte[capacity];
        deadlines = new long[capacity];
        hashes = new long[capacity];
        mask = capacity - 1;
    }

    int capacity()
    {
        return mask + 1;
    }

    int count()
    {
        return count;
    }

    long nextId()
    {
        return nextId;
    }

    boolean isFull()
    {
        return states[(int) nextId & mask] != NONE;
    }

    /**
     * Add the request with {@link #nextId()}.
     *
     * @param keyHash of the key that it changes.
     */
    void add(final long keyHash)
    {
        final int slot = (int) nextId & mask;
        states[slot] = WAITING;
        hashes[slot] = keyHash;
        deadlines[slot] = Long.MAX_VALUE;
        filter[(int) keyHash & FILTER - 1]++;
        nextId++;
        count++;
    }

    void deadline(final long id, final long deadline)
    {
        deadlines[(int) id & mask] = deadline;
        if (earliest == 0 || deadline - earliest < 0)
        {
            earliest = deadline;
        }
    }

    /**
     * A request that somebody waits for, past its deadline.
     *
     * @return its id, or 0.
     */
    long pastDeadline(final long now)
    {
        if (earliest == 0 || now - earliest < 0)
        {
            return 0;
        }
        earliest = 0;
        for (long id = oldestWaiting(); id != 0 && id < nextId; id++)
        {
            if (states[(int) id & mask] == WAITING)
            {
                final long deadline = deadline(id);
                if (now - deadline >= 0)
                {
                    earliest = deadline;
                    return id;
                }
                earliest = earliest == 0 || deadline - earliest < 0 ? deadline : earliest;
            }
        }
        return 0;
    }

    long deadline(final long id)
    {
        return deadlines[(int) id & mask];
    }

    /**
     * The answer came.
     *
     * @return what the request was until now.
     */
    int complete(final long id)
    {
        if (id >= nextId || id + mask < nextId - 1)
        {
            return NONE;
        }
        final int slot = (int) id & mask;
        final int state = states[slot];
        if (state != NONE)
        {
            states[slot] = NONE;
            filter[(int) hashes[slot] & FILTER - 1]--;
            count--;
        }
        return state;
    }

    void abandon(final long id)
    {
        final int slot = (int) id & mask;
        if (states[slot] == WAITING)
        {
            states[slot] = ABANDONED;
        }
    }

    /**
     * May a request be in flight that changes this key? Now and then true for another key.
     */
    boolean mayChange(final long keyHash)
    {
        return count != 0 && filter[(int) keyHash & FILTER - 1] != 0;
    }

    /**
     * The oldest request that somebody waits for.
     *
     * @return its id, or 0.
     */
    long oldestWaiting()
    {
        if (oldest + mask < nextId - 1)
        {
            oldest = nextId - 1 - mask;
        }
        while (oldest < nextId && states[(int) oldest & mask] != WAITING)
        {
            oldest++;
        }
        return oldest < nextId ? oldest : 0;
    }
}
