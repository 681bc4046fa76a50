package io.peregrine.storage.lock;

import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.memory.KeyHasher;
import org.agrona.DirectBuffer;

/**
 * The locks of a partition, driven by hand: each command is an entry.
 */
final class Locks extends DrivenLines<LockTable>
{
    Locks()
    {
        this(new LockRules(), Locks::hash);
    }

    Locks(final LockRules rules, final KeyHasher hasher)
    {
        super(LockTable::new, rules, hasher);
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

    LockCall on(final String name)
    {
        return at(name).flags(false, false);
    }

    ResultStatus acquire(final String name, final long session, final long lease, final long wait)
    {
        return withMemory(() -> table.acquire(on(name).by(session, session, 0).lasting(lease, wait)));
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

    long fence()
    {
        return call.toldFence();
    }
}
