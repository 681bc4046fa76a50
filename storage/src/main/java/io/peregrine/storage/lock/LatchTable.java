package io.peregrine.storage.lock;

import io.peregrine.storage.codec.LockAction;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.memory.MemoryBudget;

/**
 * The countdown latches of one partition: what each began with, what is left, and who waits for it to be nothing.
 * <p>
 * A latch is a record, made by the entry that first names it, which sets where it begins. It counts to zero once: then
 * it is open, whoever waits goes on, and whoever comes does not wait. An open latch is remembered for
 * {@link PermitTable#FORGOTTEN_AFTER_NS}; one that is not open, until it is. To force it is to have it count anew: it
 * is forgotten at once, but where somebody waits it stays, with all of its count.
 */
public final class LatchTable extends LineTable
{
    private static final long NEVER = Long.MAX_VALUE;

    private final LockRules rules;

    /**
     * No latch was named.
     *
     * @param map    empty, for the records.
     * @param budget of the node, which those who wait count against.
     * @param rules  to go by.
     */
    public LatchTable(final MapStore map, final MemoryBudget budget, final LockRules rules)
    {
        super(map, budget);
        this.rules = rules;
    }

    @Override
    public ResultStatus apply(final LockAction action, final LockCall call)
    {
        long handle = find(call);
        if (handle == 0 && (action == LockAction.ACQUIRE || action == LockAction.COUNT_DOWN))
        {
            make(call, call.total, call.total, call.sequence, NEVER);
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
        return switch (action)
        {
            case ACQUIRE -> has(call) ? ResultStatus.APPLIED : getInLine(call);
            case COUNT_DOWN -> countDown(handle, call);
            case LEAVE -> leaveLine(call) ? ResultStatus.APPLIED : ResultStatus.NOT_HOLDER;
            case FORCE -> countAnew(handle, call);
            case RENEW, RELEASE, NULL_VAL -> ResultStatus.NOT_HOLDER;
        };
    }

    /**
     * An open latch is forgotten: nobody waits for it.
     */
    @Override
    public void expire(final LockCall call, final long named)
    {
        if (find(call) != 0 && view.left() == 0 && rules.isExpired(view.end(), named))
        {
            remove(call);
        }
    }

    @Override
    boolean has(final LockCall call)
    {
        call.tell(view.left() == 0 ? view.fence() : 0, 0);
        return view.left() == 0;
    }

    private ResultStatus countDown(final long handle, final LockCall call)
    {
        final int left = Math.max(0, view.left() - 1);
        if (view.left() != 0)
        {
            final long end = left == 0 ? LockCall.end(call.time, PermitTable.FORGOTTEN_AFTER_NS) : NEVER;
            change(handle, call, view.total(), left, view.fence(), end);
        }
        call.tell(left, 0);
        WaitQueue line = left == 0 ? line(call) : null;
        for (int woken = 0; line != null && rules.wakesAnother(woken); line = line(call))
        {
            woken++;
            final boolean isLate = rules.isOver(line.first.until, call.time);
            queues.given(line.first, isLate ? 0 : call.sequence, 0);
        }
        return ResultStatus.APPLIED;
    }

    private ResultStatus countAnew(final long handle, final LockCall call)
    {
        call.tell(view.left(), 0);
        if (line(call) == null)
        {
            remove(call);
        }
        else
        {
            change(handle, call, view.total(), view.total(), view.fence(), NEVER);
        }
        return ResultStatus.APPLIED;
    }
}
