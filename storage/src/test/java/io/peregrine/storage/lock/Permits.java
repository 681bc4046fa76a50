package io.peregrine.storage.lock;

import io.peregrine.storage.codec.LockAction;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.memory.KeyHasher;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The semaphores or the latches of a partition, driven by hand: each command is an entry.
 */
final class Permits extends DrivenLines<LineTable>
{
    Permits(final Making<LineTable> making)
    {
        this(making, new LockRules(), Locks::hash);
    }

    Permits(final Making<LineTable> making, final LockRules rules, final KeyHasher hasher)
    {
        super(making, rules, hasher);
    }

    String woken()
    {
        final String all = woken;
        woken = "";
        return all;
    }

    LockCall on(final String name)
    {
        return at(name).flags(true, false);
    }

    ResultStatus apply(final LockAction action, final LockCall with)
    {
        return withMemory(() -> table.apply(action, with));
    }

    ResultStatus acquire(
        final String name, final int total, final int permits, final long holder, final long lease, final long wait)
    {
        return apply(
            LockAction.ACQUIRE,
            on(name).by(holder, holder, 0).lasting(lease, wait).counting(total, permits));
    }

    ResultStatus by(final LockAction action, final String name, final long holder, final long fence, final long lease)
    {
        return apply(action, on(name).by(holder, holder, fence).lasting(lease, 0).counting(0, 0));
    }

    ResultStatus countDown(final String name, final int total)
    {
        return apply(LockAction.COUNT_DOWN, on(name).by(0, 0, 0).lasting(0, 0).counting(total, 0));
    }

    void sessionEnded(final long session)
    {
        table.sessionEnded(call.by(session, 0, 0).at(++sequence, time), (hash) -> true);
    }

    /**
     * What the primary does when the time of a record has come.
     */
    void expire(final String name)
    {
        on(name);
        while (look(name) && table.view().end() <= time)
        {
            table.expire(on(name), table.view().end());
        }
    }

    int free(final String name)
    {
        return look(name) ? table.view().left() : -1;
    }

    int holders(final String name)
    {
        final UnsafeBuffer bytes = bytes(name);
        return table.holders().size(hash(bytes), bytes, 0, bytes.capacity());
    }

    long told()
    {
        return call.toldFence();
    }
}
