package io.peregrine.storage.lock;

import java.util.ArrayList;
import java.util.List;

import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.session.Digest;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Those who wait for locks, semaphores or latches of one partition, line by line; and those who hold permits of
 * semaphores, in lists of the same make. Data agent's thread.
 * <p>
 * They are few as compared with locks, so they are objects on the Java heap, counted in the budget of the node as side
 * tables are; what nobody waits for has nothing here.
 */
public final class WaitQueues
{
    private static final int WAITER_BYTES = 160;
    private static final int QUEUE_BYTES = 160;
    private static final int MAX_SPARE = 32;
    private static final int ROOMY = 1024;

    private final MemoryBudget budget;
    private final Long2ObjectHashMap<WaitQueue> byHash = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Waiter> byIdentity = new Long2ObjectHashMap<>();
    private final UnsafeBuffer name = new UnsafeBuffer(0, 0);
    private LockListener listener = LockListener.NONE;
    private Waiter spare;
    private int spares;
    private int size;
    private long charged;

    WaitQueues(final MemoryBudget budget)
    {
        this.budget = budget;
    }

    /**
     * Have someone told when one who waits waits no longer.
     *
     * @param newListener to tell.
     */
    public void listener(final LockListener newListener)
    {
        listener = newListener;
    }

    /**
     * All who wait, for whatever lock.
     *
     * @return count.
     */
    public int size()
    {
        return size;
    }

    /**
     * Memory of those who wait, as it is counted in the budget.
     *
     * @return bytes.
     */
    public long bytes()
    {
        return charged;
    }

    /**
     * Those who wait for one lock.
     *
     * @param hash   of its name.
     * @param name   buffer with the name.
     * @param offset where.
     * @param length bytes.
     * @return count, those whose time is over included.
     */
    public int size(final long hash, final DirectBuffer name, final int offset, final int length)
    {
        final WaitQueue queue = find(hash, name, offset, length);
        return queue == null ? 0 : queue.size;
    }

    /**
     * Those who wait for one lock.
     *
     * @param call with the lock.
     * @return count, those whose time is over included.
     */
    public int size(final LockCall call)
    {
        return size(call.hash, call.buffer, call.offset, call.length);
    }

    /**
     * Those of a line who wait with a session wait no longer.
     *
     * @return whether there were any.
     */
    boolean passOver(final WaitQueue queue, final long session)
    {
        final int before = size;
        Waiter next = queue.first;
        while (next != null)
        {
            final Waiter waiter = next;
            next = waiter.next;
            if (waiter.session == session)
            {
                passOver(waiter);
            }
        }
        return size != before;
    }

    /**
     * @return all lines, in a list that stays as it is when they move.
     */
    List<WaitQueue> lines()
    {
        final List<WaitQueue> lines = new ArrayList<>();
        for (final WaitQueue head : byHash.values())
        {
            for (WaitQueue queue = head; queue != null; queue = queue.sameHash)
            {
                lines.add(queue);
            }
        }
        return lines;
    }

    /**
     * Forget those who wait for locks that are not held, after records were removed as a whole.
     *
     * @param map of the held ones.
     */
    void forgetUnheld(final MapStore map)
    {
        for (final WaitQueue queue : lines())
        {
            name.wrap(queue.name);
            while (queue.size > 0 && map.find(queue.hash, name, 0, queue.name.length) == 0)
            {
                remove(queue.first);
            }
        }
    }

    /**
     * One is waited for no longer: it holds the lock.
     */
    void given(final Waiter waiter, final long fence, final long end)
    {
        final long ticket = waiter.ticket;
        remove(waiter);
        listener.onWaited(ticket, fence, end);
    }

    /**
     * One waits no longer, and did not get the lock.
     */
    void passOver(final Waiter waiter)
    {
        given(waiter, 0, 0);
    }

    /**
     * @return null if nobody waits for this lock.
     */
    WaitQueue find(final long hash, final DirectBuffer name, final int offset, final int length)
    {
        if (size == 0)
        {
            return null;
        }
        WaitQueue queue = byHash.get(hash);
        while (queue != null && !queue.isOf(name, offset, length))
        {
            queue = queue.sameHash;
        }
        return queue;
    }

    WaitQueue findOrAdd(final long hash, final DirectBuffer name, final int offset, final int length)
    {
        final WaitQueue known = find(hash, name, offset, length);
        if (known != null)
        {
            return known;
        }
        final WaitQueue queue = new WaitQueue(hash, name, offset, length);
        queue.sameHash = byHash.put(hash, queue);
        charge(QUEUE_BYTES + length);
        return queue;
    }

    /**
     * @param owner the session that it is bound to, or 0.
     * @return null if nobody of this identity waits.
     */
    Waiter find(final WaitQueue queue, final long owner, final long holder)
    {
        Waiter waiter = byIdentity.get(identity(queue, owner, holder));
        while (waiter != null && !waiter.is(queue, owner, holder))
        {
            waiter = waiter.sameHash;
        }
        return waiter;
    }

    /**
     * @return one to be filled, and then given to {@link #append}.
     */
    Waiter create()
    {
        final Waiter waiter = spare;
        if (waiter == null)
        {
            return new Waiter();
        }
        spare = waiter.next;
        spares--;
        return waiter;
    }

    void append(final WaitQueue queue, final Waiter waiter)
    {
        queue.append(waiter);
        waiter.sameHash = byIdentity.put(identity(queue, waiter.owner, waiter.holder), waiter);
        size++;
        charge(WAITER_BYTES);
    }

    /**
     * Take one out of its line, and the line away when it was the last.
     */
    void remove(final Waiter waiter)
    {
        final WaitQueue queue = waiter.queue;
        forgetIdentity(identity(queue, waiter.owner, waiter.holder), waiter);
        queue.unlink(waiter);
        size--;
        charge(-WAITER_BYTES);
        if (spares < MAX_SPARE)
        {
            waiter.next = spare;
            spare = waiter;
            spares++;
        }
        if (queue.size == 0)
        {
            forgetQueue(queue);
        }
        if (size == 0)
        {
            shrink();
        }
    }

    void clear()
    {
        byHash.clear();
        byIdentity.clear();
        size = 0;
        charge(-charged);
        shrink();
    }

    /**
     * A digest of all: the order within a line matters, that of the lines does not.
     */
    long digest()
    {
        long digest = 0;
        for (final WaitQueue queue : lines())
        {
            long hash = Digest.mix(5, queue.hash);
            for (Waiter waiter = queue.first; waiter != null; waiter = waiter.next)
            {
                hash = Digest.mix(Digest.mix(hash, waiter.ticket), waiter.session);
                hash = Digest.mix(Digest.mix(hash, waiter.owner), waiter.holder);
                hash = Digest.mix(Digest.mix(hash, waiter.lease), waiter.until);
                hash = Digest.mix(hash, waiter.permits);
            }
            digest += hash;
        }
        return digest;
    }

    private void forgetIdentity(final long identity, final Waiter waiter)
    {
        final Waiter head = byIdentity.get(identity);
        if (head == waiter)
        {
            if (waiter.sameHash == null)
            {
                byIdentity.remove(identity);
            }
            else
            {
                byIdentity.put(identity, waiter.sameHash);
            }
        }
        else
        {
            Waiter before = head;
            while (before.sameHash != waiter)
            {
                before = before.sameHash;
            }
            before.sameHash = waiter.sameHash;
        }
        waiter.sameHash = null;
    }

    private void forgetQueue(final WaitQueue queue)
    {
        final WaitQueue head = byHash.get(queue.hash);
        if (head == queue && queue.sameHash == null)
        {
            byHash.remove(queue.hash);
        }
        else if (head == queue)
        {
            byHash.put(queue.hash, queue.sameHash);
        }
        else
        {
            WaitQueue before = head;
            while (before.sameHash != queue)
            {
                before = before.sameHash;
            }
            before.sameHash = queue.sameHash;
        }
        charge(-QUEUE_BYTES - queue.name.length);
    }

    private void shrink()
    {
        if (byIdentity.capacity() > ROOMY)
        {
            byHash.compact();
            byIdentity.compact();
        }
    }

    private void charge(final long bytes)
    {
        charged += bytes;
        budget.charge(bytes);
    }

    private static long identity(final WaitQueue queue, final long owner, final long holder)
    {
        return Digest.mix(Digest.mix(queue.hash, owner), holder);
    }
}
