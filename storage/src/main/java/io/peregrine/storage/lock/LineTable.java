package io.peregrine.storage.lock;

import io.peregrine.storage.codec.LockAction;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.map.Expiry;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.memory.MemoryBudget;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Things of one partition that are known by name and that one may wait for in line: locks, semaphores, latches. Changed
 * by entries only, and the same entries do the same on each copy. Data agent's thread.
 * <p>
 * <b>Each is a record.</b> Its key is the name, its value two numbers, its deadline the time at which something is due
 * of it; so memory, expiry, snapshots and digests are those of maps. All records have one shape, so that they are
 * changed in their place. What is not there at all is as if nobody had ever named it.
 * <p>
 * <b>Waiting is fair.</b> Who may not have it at once and has a time to wait gets in line, and the line is served first
 * come, first served. Those whose time is over are passed over when the line moves; else they leave by a command of
 * their own, or with their session. A line is there only where there is a record.
 */
public abstract class LineTable
{
    /**
     * The most that wait in one line; a part of what the state is, equal on each copy.
     */
    public static final int MAX_WAITERS_OF_LOCK = 16 * 1024;
    /**
     * The most that wait, or hold permits, in one partition; asked by the primary before it appends an entry.
     */
    public static final int MAX_WAITERS = 32 * 1024;

    final MapStore map;
    final WaitQueues queues;
    final WaitQueues holders;
    final LockView view;
    private final Expiry expiry = new Expiry();
    private final UnsafeBuffer name = new UnsafeBuffer(0, 0);

    LineTable(final MapStore map, final MemoryBudget budget)
    {
        this.map = map;
        view = new LockView(map);
        queues = new WaitQueues(budget);
        holders = new WaitQueues(budget);
    }

    /**
     * The records.
     *
     * @return the map.
     */
    public MapStore map()
    {
        return map;
    }

    /**
     * A look at the records.
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
     * Those who hold beside others: of semaphores only, in the order in which they were given.
     *
     * @return always the same object.
     */
    public WaitQueues holders()
    {
        return holders;
    }

    /**
     * All who wait, or hold beside others.
     *
     * @return count.
     */
    public int size()
    {
        return queues.size() + holders.size();
    }

    /**
     * Apply: carry a command out.
     *
     * @param action what to do.
     * @param call   with all that the command says, and what is told of it afterwards.
     * @return what became of it.
     */
    public abstract ResultStatus apply(LockAction action, LockCall call);

    /**
     * Apply: do what is due of a record whose deadline is still the one seen.
     *
     * @param call  with the name and the entry.
     * @param named deadline seen.
     */
    public abstract void expire(LockCall call, long named);

    /**
     * See how it is, for one who asks; {@link #view()} is at the record afterwards.
     *
     * @param call with the name, session and holder; holder 0 for nobody in particular.
     * @return NOT_HOLDER: there is none. QUEUED: who asks waits, with its ticket. APPLIED: who asks has it, with fence
     *         and end; or nobody in particular asks. HELD: who asks does not have it.
     */
    public ResultStatus look(final LockCall call)
    {
        call.tell(0, 0);
        if (find(call) == 0)
        {
            return ResultStatus.NOT_HOLDER;
        }
        final Waiter waiter = waiter(call);
        if (waiter != null)
        {
            call.tell(waiter.ticket, waiter.until);
            return ResultStatus.QUEUED;
        }
        return has(call) || call.holder == 0 ? ResultStatus.APPLIED : ResultStatus.HELD;
    }

    /**
     * Has the one who asks what it could wait for? Tells fence and end of the holder, at the view's record.
     */
    abstract boolean has(LockCall call);

    /**
     * Apply: a session has ended, and those who wait with it wait no longer.
     *
     * @param call  with the session and the entry.
     * @param range of the names that it is done to.
     */
    public void sessionEnded(final LockCall call, final LockRange range)
    {
        for (final WaitQueue queue : queues.lines())
        {
            if (range.covers(queue.hash) && queues.passOver(queue, call.session))
            {
                name.wrap(queue.name);
                onLeft(call.lock(queue.hash, name, 0, queue.name.length));
            }
        }
    }

    /**
     * Some have left a line, and others may have stood behind them.
     */
    void onLeft(final LockCall call)
    {
        // who could go on would have gone before
    }

    /**
     * Forget those who wait for what is not there, after records were removed as a whole.
     */
    public void forgetUnheld()
    {
        queues.forgetUnheld(map);
        holders.forgetUnheld(map);
    }

    /**
     * Forget all who wait, and give their memory back.
     */
    public void close()
    {
        queues.clear();
        holders.clear();
    }

    /**
     * A digest of those who wait and hold; that of the records is the map's.
     *
     * @return 64 bits.
     */
    public long digest()
    {
        return queues.digest() + 31 * holders.digest();
    }

    /**
     * Put one who waits in line, where it is not there already.
     *
     * @return QUEUED, with ticket and end of the waiting; HELD if it has no time to wait; QUEUE_FULL.
     */
    final ResultStatus getInLine(final LockCall call)
    {
        final WaitQueue known = line(call);
        final Waiter before = waiter(call);
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
        waiter.permits = call.permits;
        queues.append(queues.findOrAdd(call.hash, call.buffer, call.offset, call.length), waiter);
        call.tell(waiter.ticket, waiter.until);
        return ResultStatus.QUEUED;
    }

    /**
     * Take one who waits out of the line.
     *
     * @return false if it does not wait.
     */
    final boolean leaveLine(final LockCall call)
    {
        final Waiter waiter = waiter(call);
        if (waiter == null)
        {
            return false;
        }
        call.tell(waiter.ticket, waiter.until);
        queues.passOver(waiter);
        return true;
    }

    /**
     * One who waits is named as one who holds is: by its session and number, or if it is not to be bound to its session
     * by the number alone. So others who know the number can withdraw it.
     *
     * @return null if the one that is named does not wait.
     */
    private Waiter waiter(final LockCall call)
    {
        final WaitQueue queue = line(call);
        if (queue == null)
        {
            return null;
        }
        final Waiter unbound = queues.find(queue, 0, call.holder);
        return unbound != null ? unbound : queues.find(queue, call.session, call.holder);
    }

    /**
     * @return null if nobody waits.
     */
    final WaitQueue line(final LockCall call)
    {
        return queues.find(call.hash, call.buffer, call.offset, call.length);
    }

    /**
     * @return handle of the record, which the view is at; 0 if there is none.
     */
    final long find(final LockCall call)
    {
        final long handle = map.find(call.hash, call.buffer, call.offset, call.length);
        if (handle != 0)
        {
            view.wrap(map.wrap(handle));
        }
        return handle;
    }

    /**
     * Make a record.
     */
    final void make(final LockCall call, final long first, final long second, final long fence, final long deadline)
    {
        view.set(first, second);
        map.put(
            call.hash, call.buffer, call.offset, call.length,
            view.value, 0, LockView.VALUE_LENGTH, fence, expiry.set(deadline, 0, 0));
    }

    /**
     * Change a record in its place.
     */
    final void change(
        final long handle,
        final LockCall call,
        final long first,
        final long second,
        final long fence,
        final long deadline)
    {
        view.set(first, second);
        final boolean isInPlace = map.overwrite(
            handle, call.hash, view.value, 0, LockView.VALUE_LENGTH, fence, expiry.set(deadline, 0, 0));
        assert isInPlace : "records of locks have one shape";
    }

    final void remove(final LockCall call)
    {
        map.remove(call.hash, call.buffer, call.offset, call.length);
    }
}
