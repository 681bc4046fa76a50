package io.peregrine.storage.lock;

import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.map.Expiry;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.memory.MemoryBudget;

/**
 * The locks of one partition: who holds which, until when, and who waits for it. Changed by entries only, and the same
 * entries do the same on each copy. Data agent's thread.
 * <p>
 * <b>A held lock is a record.</b> Its key is the name, its value the holder, its version the fence, its deadline the
 * end of the lease; so memory, expiry, snapshots and digests are those of maps. A lock that nobody holds is not here
 * at all: nothing has to be remembered of it, because a fence is the sequence of the entry that gave the lock, and
 * sequences of a partition never go back.
 * <p>
 * <b>Waiting.</b> Where a lock is held, one who may wait is put at the end of its line, and the entry that frees the
 * lock gives it to the first of the line whose time is not over. So a lock with a line is always held. Those whose
 * time is over are passed over when the line moves; else they leave by a command of their own, or with their session.
 * <p>
 * <b>Who is the holder.</b> Session and holder number name it, and the fence says which of its times it is: who has
 * let go, or has lost the lock, is not the holder by an old fence. To acquire a lock that one holds, or waits for,
 * under the same name changes nothing but the end of the lease: so a request may be made again when its answer was
 * lost. A lock that is not bound to a session has session 0, and whoever knows holder number and fence is the holder.
 * <p>
 * <b>Time.</b> A lease ends by an Expire entry, which the primary appends when partition time has come to the end;
 * until then the lock is held. Sessions that end take their waiters along, and leave what they hold to the end of its
 * lease: the holder may be there still, and counts on it.
 */
public final class LockTable
{
    /**
     * The most that wait for one lock; a part of what the state is, equal on each copy.
     */
    public static final int MAX_WAITERS_OF_LOCK = 16 * 1024;
    /**
     * The most that wait for locks of one partition; asked by the primary before it appends an entry.
     */
    public static final int MAX_WAITERS = 32 * 1024;
    private final MapStore map;
    private final LockRules rules;
    private final WaitQueues queues;
    private final Expiry expiry = new Expiry();
    private final LockView view;

    /**
     * No lock is held.
     *
     * @param map    empty, for the held ones.
     * @param budget of the node, which those who wait count against.
     * @param rules  to go by.
     */
    public LockTable(final MapStore map, final MemoryBudget budget, final LockRules rules)
    {
        this.map = map;
        this.rules = rules;
        view = new LockView(map);
        queues = new WaitQueues(budget);
    }

    /**
     * The records of the held locks.
     *
     * @return the map.
     */
    public MapStore map()
    {
        return map;
    }

    /**
     * A look at the holders.
     *
     * @return always the same object; the next look moves it, and so does a change.
     */
    public LockView view()
    {
        return view;
    }

    /**
     * Those who wait.
     *
     * @return always the same object.
     */
    public WaitQueues queues()
    {
        return queues;
    }

    /**
     * Apply: take a lock, or get in line for it.
     *
     * @param call with lock, session, holder, lease, wait and entry.
     * @return APPLIED, with fence and end of the lease; QUEUED, with ticket and end of the waiting; HELD, with fence
     *         and end of the lease of the other one; QUEUE_FULL.
     */
    public ResultStatus acquire(final LockCall call)
    {
        final long handle = find(call);
        if (handle == 0)
        {
            give(call.owner(), call.holder, LockCall.end(call.time, call.lease));
            map.put(
                call.hash, call.buffer, call.offset, call.length,
                view.value, 0, LockView.VALUE_LENGTH, rules.fence(call.sequence), expiry);
            call.tell(rules.fence(call.sequence), expiry.deadline());
            return ResultStatus.APPLIED;
        }
        view.wrap(map.wrap(handle));
        if (view.isNamed(call))
        {
            extend(handle, call, view.fence(), Math.max(view.end(), LockCall.end(call.time, call.lease)));
            return ResultStatus.APPLIED;
        }
        call.tell(view.fence(), view.end());
        return getInLine(call);
    }

    private ResultStatus getInLine(final LockCall call)
    {
        final WaitQueue known = queues.find(call.hash, call.buffer, call.offset, call.length);
        final Waiter before = known == null ? null : queues.find(known, call.session, call.holder);
        if (before != null)
        {
            call.tell(before.ticket, before.until);
            return ResultStatus.QUEUED;
        }
        if (call.wait == 0)
        {
            return ResultStatus.HELD;
        }
        if (known != null && known.size >= MAX_WAITERS_OF_LOCK)
        {
            return ResultStatus.QUEUE_FULL;
        }
        final Waiter waiter = queues.create();
        waiter.ticket = call.sequence;
        waiter.session = call.session;
        waiter.owner = call.owner();
        waiter.holder = call.holder;
        waiter.lease = call.lease;
        waiter.until = LockCall.end(call.time, call.wait);
        queues.append(queues.findOrAdd(call.hash, call.buffer, call.offset, call.length), waiter);
        call.tell(waiter.ticket, waiter.until);
        return ResultStatus.QUEUED;
    }

    /**
     * Apply: begin the lease anew.
     *
     * @param call with lock, session, holder, fence, lease and entry.
     * @return APPLIED, with fence and end of the lease; NOT_HOLDER, with those of the holder.
     */
    public ResultStatus renew(final LockCall call)
    {
        final long handle = find(call);
        if (!isHolder(handle, call))
        {
            return notHolder(handle, call);
        }
        final long fence = call.isFresh ? rules.fence(call.sequence) : view.fence();
        extend(handle, call, fence, LockCall.end(call.time, call.lease));
        return ResultStatus.APPLIED;
    }

    /**
     * Apply: let go.
     *
     * @param call with lock, session, holder, fence and entry.
     * @return APPLIED; NOT_HOLDER, with fence and end of the lease of the holder.
     */
    public ResultStatus release(final LockCall call)
    {
        final long handle = find(call);
        if (!isHolder(handle, call))
        {
            return notHolder(handle, call);
        }
        call.tell(view.fence(), view.end());
        letGo(call, handle);
        return ResultStatus.APPLIED;
    }

    /**
     * Apply: wait no longer, and let go if the lock was given meanwhile.
     *
     * @param call with lock, session, holder and entry.
     * @return APPLIED; NOT_HOLDER if it neither waited nor held.
     */
    public ResultStatus leave(final LockCall call)
    {
        final long handle = find(call);
        final WaitQueue queue = queues.find(call.hash, call.buffer, call.offset, call.length);
        final Waiter waiter = queue == null ? null : queues.find(queue, call.session, call.holder);
        if (waiter != null)
        {
            call.tell(waiter.ticket, waiter.until);
            queues.passOver(waiter);
            return ResultStatus.APPLIED;
        }
        if (handle != 0)
        {
            view.wrap(map.wrap(handle));
        }
        if (handle == 0 || !view.isNamed(call))
        {
            return notHolder(handle, call);
        }
        call.tell(view.fence(), view.end());
        letGo(call, handle);
        return ResultStatus.APPLIED;
    }

    /**
     * Apply: take the lock from whoever holds it.
     *
     * @param call with lock and entry.
     * @return APPLIED, with fence and end of the one who had it; NOT_HOLDER if nobody had.
     */
    public ResultStatus force(final LockCall call)
    {
        final long handle = find(call);
        if (handle == 0)
        {
            return notHolder(handle, call);
        }
        view.wrap(map.wrap(handle));
        call.tell(view.fence(), view.end());
        letGo(call, handle);
        return ResultStatus.APPLIED;
    }

    /**
     * Apply: end a lease whose end is still the one seen.
     *
     * @param call  with lock and entry.
     * @param named end seen.
     */
    public void expire(final LockCall call, final long named)
    {
        final long handle = find(call);
        if (handle != 0 && rules.isExpired(map.wrap(handle).deadline(), named))
        {
            letGo(call, handle);
        }
    }

    /**
     * Forget those who wait for locks that are not held, after records were removed as a whole.
     */
    public void forgetUnheld()
    {
        queues.forgetUnheld(map);
    }

    /**
     * Forget all who wait, and give their memory back.
     */
    public void close()
    {
        queues.clear();
    }

    /**
     * A digest of those who wait; that of the records is the map's.
     *
     * @return 64 bits.
     */
    public long digest()
    {
        return queues.digest();
    }

    /**
     * Give the lock to the first of the line whose time is not over, or to nobody.
     */
    private void letGo(final LockCall call, final long handle)
    {
        final WaitQueue queue = queues.find(call.hash, call.buffer, call.offset, call.length);
        Waiter next = queue == null ? null : queue.first;
        while (next != null && next.until <= call.time)
        {
            final Waiter late = next;
            next = next.next;
            queues.passOver(late);
        }
        if (next == null)
        {
            map.remove(call.hash, call.buffer, call.offset, call.length);
            return;
        }
        final long newFence = rules.fence(call.sequence);
        give(next.owner, next.holder, LockCall.end(call.time, next.lease));
        overwrite(handle, call, newFence);
        queues.given(next, newFence, expiry.deadline());
    }

    private void extend(final long handle, final LockCall call, final long newFence, final long newEnd)
    {
        give(view.session(), view.holder(), newEnd);
        overwrite(handle, call, newFence);
        call.tell(newFence, newEnd);
    }

    private void overwrite(final long handle, final LockCall call, final long newFence)
    {
        final boolean isInPlace =
            map.overwrite(handle, call.hash, view.value, 0, LockView.VALUE_LENGTH, newFence, expiry);
        assert isInPlace : "records of locks have one shape";
    }

    private long find(final LockCall call)
    {
        return map.find(call.hash, call.buffer, call.offset, call.length);
    }

    private void give(final long toSession, final long toHolder, final long newEnd)
    {
        view.set(toSession, toHolder);
        expiry.set(newEnd, 0, 0);
    }

    private boolean isHolder(final long handle, final LockCall call)
    {
        if (handle == 0)
        {
            return false;
        }
        view.wrap(map.wrap(handle));
        return view.isNamed(call) && rules.isHolder(view.fence(), call.fence);
    }

    private ResultStatus notHolder(final long handle, final LockCall call)
    {
        call.tell(handle == 0 ? 0 : view.fence(), handle == 0 ? 0 : view.end());
        return ResultStatus.NOT_HOLDER;
    }
}
