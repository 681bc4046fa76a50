package io.peregrine.storage.lock;

import java.nio.charset.StandardCharsets;

import io.peregrine.storage.codec.LockAction;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.memory.KeyHasher;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.memory.PagePool;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The semaphores or the latches of a partition, driven by hand: each command is an entry.
 */
final class Permits implements AutoCloseable, LockListener
{
    private static final int RESERVE = 8;

    final MemoryBudget budget = new MemoryBudget(1L << 30);
    final PagePool pool = new PagePool(budget);
    final MapSpace maps;
    final LockRules rules;
    final KeyHasher hasher;
    final LineTable table;
    final LockCall call = new LockCall();
    long sequence;
    long time = 1;
    String woken = "";

    /**
     * Makes a table.
     */
    interface Making
    {
        LineTable make(MapStore map, MemoryBudget budget, LockRules rules);
    }

    Permits(final Making making)
    {
        this(making, new LockRules(), Locks::hash);
    }

    Permits(final Making making, final LockRules rules, final KeyHasher hasher)
    {
        this.rules = rules;
        this.hasher = hasher;
        maps = new MapSpace(pool, hasher);
        table = making.make(maps.create(1, 0), budget, rules);
        table.queues().listener(this);
    }

    @Override
    public void onWaited(final long ticket, final long fence, final long end)
    {
        woken += ticket + "=" + fence + "@" + end + " ";
    }

    String woken()
    {
        final String all = woken;
        woken = "";
        return all;
    }

    LockCall on(final String name)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
        return call.lock(hasher.hash(bytes, 0, bytes.capacity()), bytes, 0, bytes.capacity())
            .flags(true, false).at(++sequence, time);
    }

    ResultStatus apply(final LockAction action, final LockCall with)
    {
        if (!pool.reserve(RESERVE))
        {
            throw new AssertionError("no memory");
        }
        final ResultStatus status = table.apply(action, with);
        pool.unreserve(RESERVE);
        return status;
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
        while (isThere(name) && table.view().end() <= time)
        {
            table.expire(on(name), table.view().end());
        }
    }

    boolean isThere(final String name)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
        return table.view().look(hasher.hash(bytes, 0, bytes.capacity()), bytes, 0, bytes.capacity());
    }

    int free(final String name)
    {
        return isThere(name) ? table.view().left() : -1;
    }

    int waiters(final String name)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
        return table.queues().size(hasher.hash(bytes, 0, bytes.capacity()), bytes, 0, bytes.capacity());
    }

    int holders(final String name)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
        return table.holders().size(hasher.hash(bytes, 0, bytes.capacity()), bytes, 0, bytes.capacity());
    }

    long told()
    {
        return call.toldFence();
    }

    @Override
    public void close()
    {
        table.close();
        maps.close();
        pool.closeNow();
    }
}
