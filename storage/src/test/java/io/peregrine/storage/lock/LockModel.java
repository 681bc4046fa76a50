package io.peregrine.storage.lock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;

import io.peregrine.storage.codec.ResultStatus;

/**
 * What locks are to do, in plain Java: a sequential lock with leases and a line.
 */
final class LockModel
{
    /**
     * A lock that is held.
     */
    static final class Held
    {
        long session;
        long fence;
        long end;
        final Deque<Wait> line = new ArrayDeque<>();
    }

    /**
     * One who waits.
     *
     * @param session that asked.
     * @param ticket  of it.
     * @param lease   that it will have.
     * @param until   when it is passed over.
     */
    record Wait(long session, long ticket, long lease, long until)
    {
    }

    final TreeMap<String, Held> held = new TreeMap<>();
    final TreeMap<String, Long> highest = new TreeMap<>();
    String woken = "";

    ResultStatus acquire(
        final String name, final long session, final long lease, final long wait, final long sequence, final long time)
    {
        final Held lock = held.get(name);
        if (lock == null)
        {
            give(name, new Held(), session, time + lease, sequence);
            return ResultStatus.APPLIED;
        }
        if (lock.session == session)
        {
            lock.end = Math.max(lock.end, time + lease);
            return ResultStatus.APPLIED;
        }
        if (lock.line.stream().anyMatch((w) -> w.session == session))
        {
            return ResultStatus.QUEUED;
        }
        if (wait == 0)
        {
            return ResultStatus.HELD;
        }
        lock.line.add(new Wait(session, sequence, lease, time + wait));
        return ResultStatus.QUEUED;
    }

    ResultStatus renew(
        final String name,
        final long session,
        final long fence,
        final long lease,
        final boolean isFresh,
        final long sequence,
        final long time)
    {
        final Held lock = held.get(name);
        if (lock == null || lock.session != session || lock.fence != fence)
        {
            return ResultStatus.NOT_HOLDER;
        }
        give(name, lock, session, time + lease, isFresh ? sequence : fence);
        return ResultStatus.APPLIED;
    }

    ResultStatus release(
        final String name, final long session, final long fence, final long sequence, final long time)
    {
        final Held lock = held.get(name);
        if (lock == null || lock.session != session || lock.fence != fence)
        {
            return ResultStatus.NOT_HOLDER;
        }
        letGo(name, lock, sequence, time);
        return ResultStatus.APPLIED;
    }

    ResultStatus leave(final String name, final long session, final long sequence, final long time)
    {
        final Held lock = held.get(name);
        if (lock != null && lock.session == session)
        {
            letGo(name, lock, sequence, time);
            return ResultStatus.APPLIED;
        }
        return lock != null && removeWaiting(lock, session) ? ResultStatus.APPLIED : ResultStatus.NOT_HOLDER;
    }

    ResultStatus force(final String name, final long sequence, final long time)
    {
        final Held lock = held.get(name);
        if (lock == null)
        {
            return ResultStatus.NOT_HOLDER;
        }
        letGo(name, lock, sequence, time);
        return ResultStatus.APPLIED;
    }

    void expire(final String name, final long sequence, final long time)
    {
        final Held lock = held.get(name);
        if (lock != null && lock.end <= time)
        {
            letGo(name, lock, sequence, time);
        }
    }

    void sessionEnded(final long session)
    {
        held.values().forEach((lock) -> removeWaiting(lock, session));
    }

    private boolean removeWaiting(final Held lock, final long session)
    {
        return lock.line.removeIf((w) -> w.session == session);
    }

    private void letGo(final String name, final Held lock, final long sequence, final long time)
    {
        Wait next = lock.line.poll();
        while (next != null && next.until <= time)
        {
            woken += next.ticket + "=0@0 ";
            next = lock.line.poll();
        }
        if (next == null)
        {
            held.remove(name);
            return;
        }
        give(name, lock, next.session, time + next.lease, sequence);
        woken += next.ticket + "=" + sequence + "@" + lock.end + " ";
    }

    private void give(
        final String name, final Held lock, final long session, final long end, final long fence)
    {
        lock.session = session;
        lock.end = end;
        lock.fence = fence;
        held.put(name, lock);
        highest.merge(name, fence, Math::max);
    }
}
