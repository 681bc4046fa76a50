package io.peregrine.storage.lock;

import io.peregrine.storage.codec.LockAction;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.memory.MemoryBudget;

/**
 * The locks of one partition: who holds which, until when, and who waits for it.
 * <p>
 * <b>A held lock is a record.</b> Its value is the holder, its version the fence, its deadline the end of the lease. A
 * lock that nobody holds is not here at all: nothing has to be remembered of it, because a fence is the sequence of the
 * entry that gave the lock, and sequences of a partition never go back.
 * <p>
 * <b>Waiting.</b> The entry that frees a lock gives it to the first of the line whose time is not over. So a lock with
 * a line is always held.
 * <p>
 * <b>Who is the holder.</b> Session and holder number name it, and the fence says which of its times it is: who has
 * let go, or has lost the lock, is not the holder by an old fence. To acquire a lock that one holds, or waits for,
 * under the same name changes nothing but the end of the lease: so a request may be made again when its answer was
 * lost. A lock that is not bound to a session has session 0, and whoever knows holder number and fence is the holder;
 * who waits for such a one is named by its number alone, and leaves the line where its session ends.
 * <p>
 * <b>Time.</b> A lease ends by an Expire entry, which the primary appends when partition time has come to the end;
 * until then the lock is held. Sessions that end take their waiters along, and leave what they hold to the end of its
 * lease: the holder may be there still, and counts on it.
 */
public final class LockTable extends LineTable
{
    private final LockRules rules;

    /**
     * No lock is held.
     *
     * @param map    empty, for the held ones.
     * @param budget of the node, which those who wait count against.
     * @param rules  to go by.
     */
    public LockTable(final MapStore map, final MemoryBudget budget, final LockRules rules)
    {
        super(map, budget);
        this.rules = rules;
    }

    @Override
    public ResultStatus apply(final LockAction action, final LockCall call)
    {
        return switch (action)
        {
            case ACQUIRE -> acquire(call);
            case RENEW -> renew(call);
            case RELEASE -> release(call);
            case LEAVE -> leave(call);
            case FORCE -> force(call);
            case COUNT_DOWN, NULL_VAL -> ResultStatus.NOT_HOLDER;
        };
    }

    @Override
    boolean has(final LockCall call)
    {
        call.tell(view.fence(), view.end());
        return view.isNamed(call);
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
            final long fence = rules.fence(call.sequence);
            final long end = LockCall.end(call.time, call.lease);
            make(call, call.owner(), call.holder, fence, end);
            call.tell(fence, end);
            return ResultStatus.APPLIED;
        }
        if (view.isNamed(call))
        {
            extend(handle, call, view.fence(), Math.max(view.end(), LockCall.end(call.time, call.lease)));
            return ResultStatus.APPLIED;
        }
        call.tell(view.fence(), view.end());
        return getInLine(call);
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
        if (leaveLine(call))
        {
            return ResultStatus.APPLIED;
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
        call.tell(view.fence(), view.end());
        letGo(call, handle);
        return ResultStatus.APPLIED;
    }

    /**
     * Apply: end a lease whose end is still the one seen.
     */
    @Override
    public void expire(final LockCall call, final long named)
    {
        final long handle = find(call);
        if (handle != 0 && rules.isExpired(view.end(), named))
        {
            letGo(call, handle);
        }
    }

    /**
     * Give the lock to the first of the line whose time is not over, or to nobody.
     */
    private void letGo(final LockCall call, final long handle)
    {
        final WaitQueue queue = line(call);
        Waiter next = queue == null ? null : queue.first;
        while (next != null && rules.isOver(next.until, call.time))
        {
            final Waiter late = next;
            next = next.next;
            queues.passOver(late);
        }
        if (next == null)
        {
            remove(call);
            return;
        }
        final long newFence = rules.fence(call.sequence);
        final long newEnd = LockCall.end(call.time, next.lease);
        change(handle, call, next.owner, next.holder, newFence, newEnd);
        queues.given(next, newFence, newEnd);
    }

    private void extend(final long handle, final LockCall call, final long newFence, final long newEnd)
    {
        change(handle, call, view.session(), view.holder(), newFence, newEnd);
        call.tell(newFence, newEnd);
    }

    private boolean isHolder(final long handle, final LockCall call)
    {
        return handle != 0 && view.isNamed(call) && rules.isHolder(view.fence(), call.fence);
    }

    private ResultStatus notHolder(final long handle, final LockCall call)
    {
        call.tell(handle == 0 ? 0 : view.fence(), handle == 0 ? 0 : view.end());
        return ResultStatus.NOT_HOLDER;
    }
}
