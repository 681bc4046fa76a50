package io.peregrine.storage.lock;

import java.util.concurrent.TimeUnit;

import io.peregrine.storage.codec.LockAction;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.memory.MemoryBudget;

/**
 * The counting semaphores of one partition: how many permits each has, who holds how many until when, and who waits.
 * <p>
 * <b>A semaphore is a record</b> with its total and what is free of it, beside a list of its holders. The total is set
 * by the entry that first names it. One that nobody holds is remembered for {@link #FORGOTTEN_AFTER_NS} more, so that
 * those who name it one after the other agree on the total, and then forgotten.
 * <p>
 * <b>The line is never overtaken.</b> What is free goes to the first of the line as soon as it is enough for that one;
 * those behind wait, however little they ask for, as does whoever comes while somebody waits. So a large request is
 * never starved by small ones. A line is there only while something is held.
 * <p>
 * <b>Who is a holder.</b> The holder number names it, and the fence (the sequence of the entry that gave the permits)
 * says which of its times it is. To acquire under the name of one who holds, or waits, changes nothing but the end of
 * the lease. Holders are not bound to sessions; those who wait are.
 * <p>
 * <b>Time.</b> The deadline of the record is never later than the first end of a lease, nor than the end of the waiting
 * of the first of the line. It may be earlier: it is counted anew when it has come, not with each lease that goes, so
 * that a command takes the same time however many hold.
 */
public final class PermitTable extends LineTable
{
    /**
     * For how long a semaphore is remembered that nobody holds.
     */
    public static final long FORGOTTEN_AFTER_NS = TimeUnit.DAYS.toNanos(1);

    private static final long NOTHING_DUE = Long.MAX_VALUE;

    private final LockRules rules;
    private int free;
    private long due;

    /**
     * No semaphore was named.
     *
     * @param map    empty, for the records.
     * @param budget of the node, which those who hold and wait count against.
     * @param rules  to go by.
     */
    public PermitTable(final MapStore map, final MemoryBudget budget, final LockRules rules)
    {
        super(map, budget);
        this.rules = rules;
    }

    @Override
    public ResultStatus apply(final LockAction action, final LockCall call)
    {
        long handle = find(call);
        if (handle == 0 && action == LockAction.ACQUIRE)
        {
            make(call, call.total, call.total, call.sequence, LockCall.end(call.time, FORGOTTEN_AFTER_NS));
            handle = find(call);
        }
        call.tell(0, 0);
        if (handle == 0)
        {
            return ResultStatus.NOT_HOLDER;
        }
        if (call.total != 0 && call.total != view.total())
        {
            call.tell(view.total(), 0);
            return ResultStatus.OTHER_TOTAL;
        }
        begin(call);
        final ResultStatus status = switch (action)
        {
            case ACQUIRE -> acquire(call);
            case RENEW -> renew(call);
            case RELEASE -> release(call, holder(call, true));
            case LEAVE -> leaveLine(call) ? ResultStatus.APPLIED : release(call, holder(call, false));
            case FORCE -> force(call);
            case COUNT_DOWN, NULL_VAL -> ResultStatus.NOT_HOLDER;
        };
        end(handle, call, action == LockAction.FORCE && call.holder == 0);
        return status;
    }

    @Override
    public void expire(final LockCall call, final long named)
    {
        final long handle = find(call);
        if (handle == 0 || !rules.isExpired(view.end(), named))
        {
            return;
        }
        begin(call);
        final WaitQueue holding = holding(call);
        Waiter next = holding == null ? null : holding.first;
        due = NOTHING_DUE;
        while (next != null)
        {
            final Waiter each = next;
            next = each.next;
            if (rules.isOver(each.until, call.time))
            {
                takeBack(each);
            }
            else
            {
                due = Math.min(due, each.until);
            }
        }
        end(handle, call, holding == null);
    }

    @Override
    void onLeft(final LockCall call)
    {
        final long handle = find(call);
        begin(call);
        end(handle, call, false);
    }

    @Override
    boolean has(final LockCall call)
    {
        final Waiter holder = holder(call, false);
        call.tell(holder == null ? 0 : holder.ticket, holder == null ? 0 : holder.until);
        return holder != null;
    }

    private ResultStatus acquire(final LockCall call)
    {
        serve(call);
        final Waiter holder = holder(call, false);
        if (holder != null)
        {
            extend(call, holder, Math.max(holder.until, LockCall.end(call.time, call.lease)));
            return ResultStatus.APPLIED;
        }
        if (!rules.waitsBehind(line(call) != null) && rules.mayHave(free, call.permits))
        {
            give(call, call.holder, call.permits, call.lease);
            return has(call) ? ResultStatus.APPLIED : ResultStatus.HELD;
        }
        return getInLine(call);
    }

    private ResultStatus renew(final LockCall call)
    {
        final Waiter holder = holder(call, true);
        if (holder == null)
        {
            return ResultStatus.NOT_HOLDER;
        }
        extend(call, holder, LockCall.end(call.time, call.lease));
        return ResultStatus.APPLIED;
    }

    private void extend(final LockCall call, final Waiter holder, final long newEnd)
    {
        holder.until = newEnd;
        due = Math.min(due, newEnd);
        call.tell(holder.ticket, newEnd);
    }

    private ResultStatus release(final LockCall call, final Waiter holder)
    {
        if (holder == null)
        {
            return ResultStatus.NOT_HOLDER;
        }
        call.tell(holder.ticket, holder.until);
        takeBack(holder);
        return ResultStatus.APPLIED;
    }

    /**
     * From the holder that is named, or from all; tells how many permits there were.
     */
    private ResultStatus force(final LockCall call)
    {
        final int before = free;
        if (call.holder != 0 && release(call, holder(call, false)) != ResultStatus.APPLIED)
        {
            return ResultStatus.NOT_HOLDER;
        }
        for (WaitQueue all = holding(call); call.holder == 0 && all != null; all = holding(call))
        {
            takeBack(all.first);
        }
        call.tell(free - before, 0);
        return ResultStatus.APPLIED;
    }

    private void begin(final LockCall call)
    {
        free = rules.free(view.left(), view.total(), view.fence(), call.sequence);
        due = holding(call) == null ? NOTHING_DUE : view.end();
    }

    /**
     * Let the line move, and note in the record what has changed.
     *
     * @param isForgotten if nobody holds it.
     */
    private void end(final long handle, final LockCall call, final boolean isForgotten)
    {
        serve(call);
        final WaitQueue line = line(call);
        final boolean isHeld = holding(call) != null;
        if (line != null)
        {
            due = Math.min(due, line.first.until);
        }
        if (!isHeld && isForgotten)
        {
            remove(call);
        }
        else
        {
            final long end = isHeld ? due : LockCall.end(call.time, FORGOTTEN_AFTER_NS);
            change(handle, call, view.total(), free, view.fence(), end);
        }
    }

    private void serve(final LockCall call)
    {
        final WaitQueue line = line(call);
        Waiter next = line == null ? null : line.first;
        while (next != null && (rules.isOver(next.until, call.time) || rules.mayHave(free, next.permits)))
        {
            final Waiter first = next;
            next = first.next;
            if (rules.isOver(first.until, call.time))
            {
                queues.passOver(first);
            }
            else
            {
                final long end = give(call, first.holder, first.permits, first.lease);
                queues.given(first, call.sequence, end);
            }
        }
    }

    private long give(final LockCall call, final long holder, final int permits, final long lease)
    {
        final Waiter given = holders.create();
        given.ticket = rules.fence(call.sequence);
        given.session = 0;
        given.owner = 0;
        given.holder = holder;
        given.lease = 0;
        given.until = LockCall.end(call.time, lease);
        given.permits = permits;
        holders.append(holders.findOrAdd(call.hash, call.buffer, call.offset, call.length), given);
        free -= permits;
        due = Math.min(due, given.until);
        return given.until;
    }

    private void takeBack(final Waiter holder)
    {
        free += holder.permits;
        holders.remove(holder);
    }

    /**
     * @return null if nobody holds it.
     */
    private WaitQueue holding(final LockCall call)
    {
        return holders.find(call.hash, call.buffer, call.offset, call.length);
    }

    /**
     * @param isFenced whether the fence has to be that of the holder.
     * @return null if who asks holds nothing.
     */
    private Waiter holder(final LockCall call, final boolean isFenced)
    {
        final WaitQueue holding = holding(call);
        final Waiter holder = holding == null ? null : holders.find(holding, 0, call.holder);
        return holder == null || isFenced && !rules.isHolder(holder.ticket, call.fence) ? null : holder;
    }
}
