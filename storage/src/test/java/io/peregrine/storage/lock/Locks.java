package io.peregrine.storage.lock;

import java.nio.charset.StandardCharsets;

import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.memory.KeyHasher;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.memory.PagePool;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The locks of a partition, driven by hand: each command is an entry.
 */
final class Locks implements AutoCloseable, LockListener
{
    static final int ID = 1;
    private static final int RESERVE = 8;

    final MemoryBudget budget = new MemoryBudget(1L << 30);
    final PagePool pool = new PagePool(budget);
    final MapSpace maps;
    final LockRules rules;
    final KeyHasher hasher;
    final LockTable table;
    final LockCall call = new LockCall();
    long sequence;
    long time = 1;
    String woken = "";

    Locks()
    {
        this(new LockRules(), Locks::hash);
    }

    Locks(final LockRules rules, final KeyHasher hasher)
    {
        this.rules = rules;
        this.hasher = hasher;
        maps = new MapSpace(pool, hasher);
        table = new LockTable(maps.create(ID, 0), budget, rules);
        table.queues().listener(this);
    }

    static long hash(final DirectBuffer key, final int offset, final int length)
    {
        long hash = 0xCBF29CE484222325L + length;
        for (int i = 0; i < length; i++)
        {
            hash = (hash ^ (key.getByte(offset + i) & 0xFF)) * 0x100000001B3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        return hash ^ (hash >>> 31);
    }

    @Override
    public void onWaited(final long ticket, final long fence, final long end)
    {
        woken += ticket + "=" + fence + "@" + end + " ";
    }

    LockCall on(final String name)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
        return call.lock(hasher.hash(bytes, 0, bytes.capacity()), bytes, 0, bytes.capacity())
            .flags(false, false).at(++sequence, time);
    }

    ResultStatus acquire(final String name, final long session, final long lease, final long wait)
    {
        if (!pool.reserve(RESERVE))
        {
            throw new AssertionError("no memory");
        }
        final ResultStatus status = table.acquire(on(name).by(session, session, 0).lasting(lease, wait));
        pool.unreserve(RESERVE);
        return status;
    }

    ResultStatus renew(final String name, final long session, final long fence, final long lease)
    {
        return table.renew(on(name).by(session, session, fence).lasting(lease, 0));
    }

    ResultStatus release(final String name, final long session, final long fence)
    {
        return table.release(on(name).by(session, session, fence));
    }

    ResultStatus leave(final String name, final long session)
    {
        return table.leave(on(name).by(session, session, 0));
    }

    ResultStatus force(final String name)
    {
        return table.force(on(name).by(0, 0, 0));
    }

    void sessionEnded(final long session)
    {
        table.sessionEnded(call.by(session, 0, 0).at(sequence, time), (hash) -> true);
    }

    /**
     * What the primary does when the end of a lease has come.
     */
    void expire(final String name)
    {
        on(name);
        if (look(name) && table.view().end() <= time)
        {
            table.expire(call, table.view().end());
        }
    }

    boolean look(final String name)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
        return table.view().look(hasher.hash(bytes, 0, bytes.capacity()), bytes, 0, bytes.capacity());
    }

    int waiters(final String name)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
        return table.queues().size(hasher.hash(bytes, 0, bytes.capacity()), bytes, 0, bytes.capacity());
    }

    long fence()
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
