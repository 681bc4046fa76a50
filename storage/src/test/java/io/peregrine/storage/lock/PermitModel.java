package io.peregrine.storage.lock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.peregrine.storage.codec.ResultStatus;

/**
 * What semaphores are to do, in plain Java: permits with leases and a line that nobody passes.
 */
final class PermitModel
{
    /**
     * A semaphore that is remembered.
     */
    static final class Pool
    {
        final Map<Long, Held> held = new LinkedHashMap<>();
        final Deque<Wait> line = new ArrayDeque<>();
        int total;
        long forgottenAt;

        int free()
        {
            return total - held.values().stream().mapToInt((h) -> h.permits).sum();
        }
    }

    /**
     * What one holds.
     *
     * @param permits how many.
     * @param fence   of them.
     * @param end     of the lease.
     */
    record Held(int permits, long fence, long end)
    {
    }

    /**
     * One who waits.
     *
     * @param holder  that asked.
     * @param permits that it asked for.
     * @param ticket  of it.
     * @param lease   that it will have.
     * @param until   when it is passed over.
     */
    record Wait(long holder, int permits, long ticket, long lease, long until)
    {
    }

    final TreeMap<String, Pool> pools = new TreeMap<>();
    String woken = "";
    long sequence;
    long time;

    ResultStatus acquire(
        final String name, final int total, final int permits, final long holder, final long lease, final long wait)
    {
        final Pool pool = pools.computeIfAbsent(name, (key) -> new Pool());
        pool.total = pool.total == 0 ? total : pool.total;
        if (pool.total != total)
        {
            return ResultStatus.OTHER_TOTAL;
        }
        serve(pool);
        final Held held = pool.held.get(holder);
        final ResultStatus status;
        if (held != null)
        {
            pool.held.put(holder, new Held(held.permits, held.fence, Math.max(held.end, time + lease)));
            status = ResultStatus.APPLIED;
        }
        else if (pool.line.isEmpty() && permits <= pool.free())
        {
            pool.held.put(holder, new Held(permits, sequence, time + lease));
            status = ResultStatus.APPLIED;
        }
        else if (pool.line.stream().anyMatch((w) -> w.holder == holder))
        {
            status = ResultStatus.QUEUED;
        }
        else if (wait == 0)
        {
            status = ResultStatus.HELD;
        }
        else
        {
            pool.line.add(new Wait(holder, permits, sequence, lease, time + wait));
            status = ResultStatus.QUEUED;
        }
        used(pool);
        return status;
    }

    ResultStatus renew(final String name, final long holder, final long fence, final long lease)
    {
        final Pool pool = pools.get(name);
        if (pool == null)
        {
            return ResultStatus.NOT_HOLDER;
        }
        final Held held = pool.held.get(holder);
        final boolean isHolder = held != null && held.fence == fence;
        if (isHolder)
        {
            pool.held.put(holder, new Held(held.permits, held.fence, time + lease));
        }
        used(pool);
        return isHolder ? ResultStatus.APPLIED : ResultStatus.NOT_HOLDER;
    }

    ResultStatus release(final String name, final long holder, final long fence)
    {
        final Pool pool = pools.get(name);
        if (pool == null)
        {
            return ResultStatus.NOT_HOLDER;
        }
        final boolean isHolder = pool.held.containsKey(holder) && pool.held.get(holder).fence == fence;
        if (isHolder)
        {
            pool.held.remove(holder);
        }
        used(pool);
        return isHolder ? ResultStatus.APPLIED : ResultStatus.NOT_HOLDER;
    }

    ResultStatus leave(final String name, final long holder)
    {
        final Pool pool = pools.get(name);
        if (pool == null)
        {
            return ResultStatus.NOT_HOLDER;
        }
        final boolean isGone = pool.line.removeIf((w) -> w.holder == holder) || pool.held.remove(holder) != null;
        used(pool);
        return isGone ? ResultStatus.APPLIED : ResultStatus.NOT_HOLDER;
    }

    /**
     * @param holder 0 for all.
     */
    ResultStatus force(final String name, final long holder)
    {
        final Pool pool = pools.get(name);
        if (pool == null)
        {
            return ResultStatus.NOT_HOLDER;
        }
        final boolean isGone = holder == 0 || pool.held.remove(holder) != null;
        if (holder == 0)
        {
            pool.held.clear();
        }
        used(pool);
        if (holder == 0 && pool.held.isEmpty())
        {
            pools.remove(name);
        }
        return isGone ? ResultStatus.APPLIED : ResultStatus.NOT_HOLDER;
    }

    void expire(final String name)
    {
        final Pool pool = pools.get(name);
        if (pool != null && pool.held.isEmpty() && pool.forgottenAt <= time)
        {
            pools.remove(name);
        }
        else if (pool != null && !pool.held.isEmpty())
        {
            pool.held.values().removeIf((h) -> h.end <= time);
            used(pool);
        }
    }

    void sessionEnded(final long session)
    {
        for (final Pool pool : pools.values())
        {
            if (pool.line.removeIf((w) -> w.holder == session))
            {
                serve(pool);
            }
        }
    }

    private void used(final Pool pool)
    {
        serve(pool);
        pool.forgottenAt = time + PermitTable.FORGOTTEN_AFTER_NS;
    }

    private void serve(final Pool pool)
    {
        while (!pool.line.isEmpty() &&
            (pool.line.peek().until <= time || pool.line.peek().permits <= pool.free()))
        {
            final Wait first = pool.line.poll();
            if (first.until > time)
            {
                final long end = time + first.lease;
                pool.held.put(first.holder, new Held(first.permits, sequence, end));
                woken += first.ticket + "=" + sequence + "@" + end + " ";
            }
        }
    }
}
