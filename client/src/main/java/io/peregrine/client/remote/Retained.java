package io.peregrine.client.remote;

import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The requests of one lane that have no answer yet, with their bytes, so that they can be sent again. Ids rise by one;
 * the bytes lie in a ring in the order of ids, but for one long request at a time that has memory of its own. The
 * lane's thread, without garbage but for long requests.
 */
final class Retained
{
    /**
     * No request, or one that was answered.
     */
    static final int FREE = 0;
    /**
     * To be sent, for the first time or again.
     */
    static final int UNSENT = 1;
    /**
     * Sent by the connection that is open now, not answered.
     */
    static final int SENT = 2;
    /**
     * Answered by the lane itself; the answer waits to be taken.
     */
    static final int FINISHED = 3;

    /**
     * Goes to the node that the client is connected to.
     */
    static final int HOME = -1;
    /**
     * Goes to who leads its partition.
     */
    static final int LEADER = -2;

    private static final int ALIGNMENT = 8;

    final int[] offsets;
    final int[] lengths;
    final int[] partitions;
    final int[] states;
    final int[] sends;
    /**
     * Copies of a write that were answered as not carried out.
     */
    final int[] refusals;
    final boolean[] again;
    final RequestKind[] kinds;
    /**
     * Whether it is a read that may be a little old.
     */
    final boolean[] mayBeOld;
    /**
     * Where it was sent other than to who leads its partition; {@link Table#NOWHERE} where it was not.
     */
    final int[] copies;
    /**
     * The member that it goes to, {@link #HOME} or {@link #LEADER}.
     */
    final int[] addressees;
    final long[] sessionIds;
    final long[] numbers;
    final int[] next;
    final int[] previous;
    private final long[] ends;
    private final UnsafeBuffer ring;
    private final UnsafeBuffer longRequest = new UnsafeBuffer(0, 0);
    private final int mask;
    private long longId;
    private long nextId;
    private long oldestId;
    private long oldestDueId;
    private long head;
    private long tail;
    private int claimed;

    /**
     * @param firstId of the requests.
     * @param limit   the most requests, rounded down to a power of two.
     * @param memory  bytes of the ring, a power of two.
     */
    Retained(final long firstId, final int limit, final int memory)
    {
        final int capacity = Integer.highestOneBit(limit);
        offsets = new int[capacity];
        lengths = new int[capacity];
        partitions = new int[capacity];
        states = new int[capacity];
        sends = new int[capacity];
        refusals = new int[capacity];
        again = new boolean[capacity];
        kinds = new RequestKind[capacity];
        mayBeOld = new boolean[capacity];
        copies = new int[capacity];
        addressees = new int[capacity];
        sessionIds = new long[capacity];
        numbers = new long[capacity];
        next = new int[capacity];
        previous = new int[capacity];
        ends = new long[capacity];
        ring = new UnsafeBuffer(new byte[memory]);
        mask = capacity - 1;
        nextId = firstId;
        oldestId = firstId;
        oldestDueId = firstId;
        Arrays.fill(kinds, RequestKind.READ);
        Arrays.fill(copies, Table.NOWHERE);
        Arrays.fill(addressees, LEADER);
    }

    int capacity()
    {
        return mask + 1;
    }

    long nextId()
    {
        return nextId;
    }

    long oldestId()
    {
        return oldestId;
    }

    /**
     * The oldest request whose answer is not held back on purpose; {@link #nextId} if there is none.
     */
    long oldestDueId()
    {
        long id = Math.max(oldestId, oldestDueId);
        while (id < nextId && (states[slot(id)] == FREE || kinds[slot(id)] == RequestKind.AWAIT))
        {
            id++;
        }
        oldestDueId = id;
        return id;
    }

    int slot(final long id)
    {
        return (int) id & mask;
    }

    /**
     * The id of the request that is kept in a slot.
     */
    long id(final int slot)
    {
        return oldestId + (slot - (int) oldestId & mask);
    }

    /**
     * Is this a request without an answer?
     */
    boolean isKept(final long id)
    {
        return id >= oldestId && id < nextId && states[slot(id)] != FREE;
    }

    boolean isEmpty()
    {
        return oldestId == nextId;
    }

    /**
     * Room for the bytes of the next request.
     *
     * @return whether there is any.
     */
    boolean claim(final int length)
    {
        if (nextId - oldestId > mask)
        {
            return false;
        }
        final int slot = slot(nextId);
        final int needed = BitUtil.align(length, ALIGNMENT);
        if (needed > ring.capacity() / 2)
        {
            return claimLong(slot, length);
        }
        final int index = (int) tail & ring.capacity() - 1;
        final int padding = index + needed > ring.capacity() ? ring.capacity() - index : 0;
        if (tail + padding + needed - head > ring.capacity())
        {
            return false;
        }
        offsets[slot] = padding == 0 ? index : 0;
        lengths[slot] = length;
        claimed = padding + needed;
        return true;
    }

    /**
     * The bytes that were claimed are those of the next request.
     *
     * @return its id.
     */
    long commit(final int partition, final RequestKind kind)
    {
        final long id = nextId++;
        final int slot = slot(id);
        if (claimed == 0)
        {
            longId = id;
        }
        tail += claimed;
        ends[slot] = tail;
        partitions[slot] = partition;
        kinds[slot] = kind;
        mayBeOld[slot] = false;
        copies[slot] = Table.NOWHERE;
        addressees[slot] = LEADER;
        states[slot] = UNSENT;
        noCopies(slot);
        numbers[slot] = 0;
        sessionIds[slot] = 0;
        return id;
    }

    void abort()
    {
        if (claimed == 0)
        {
            longRequest.wrap(0, 0);
        }
    }

    MutableDirectBuffer buffer(final long id)
    {
        return id == longId || id == nextId && claimed == 0 ? longRequest : ring;
    }

    /**
     * A request is answered, or nobody waits for it any more: its room is given back as soon as those before it are.
     */
    void free(final long id)
    {
        states[slot(id)] = FREE;
        if (id == longId)
        {
            longId = 0;
            longRequest.wrap(0, 0);
        }
        while (oldestId < nextId && states[slot(oldestId)] == FREE)
        {
            head = ends[slot(oldestId)];
            oldestId++;
        }
    }

    private boolean claimLong(final int slot, final int length)
    {
        if (longId != 0)
        {
            return false;
        }
        longRequest.wrap(new byte[length]);
        offsets[slot] = 0;
        lengths[slot] = length;
        claimed = 0;
        return true;
    }

    /**
     * No copy of a request is on its way, and none was carried out.
     */
    void noCopies(final int slot)
    {
        sends[slot] = 0;
        refusals[slot] = 0;
    }
}
