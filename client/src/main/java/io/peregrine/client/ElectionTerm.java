package io.peregrine.client;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The time for which one leads: until it resigns, or its lease is lost. For any number of threads.
 */
public final class ElectionTerm implements AutoCloseable
{
    private final LockLease lease;

    ElectionTerm(final LockLease lease)
    {
        this.lease = lease;
    }

    /**
     * The number of the term, higher than that of every term before it, as {@link LockLease#fence()}.
     *
     * @return positive.
     */
    public long fence()
    {
        return lease.fence();
    }

    /**
     * The lease behind the term: writes carry its fence, as {@link GridMap#fenced}.
     *
     * @return always the same object.
     */
    public LockLease lease()
    {
        return lease;
    }

    /**
     * @return whether nobody else can have been elected yet, as {@link LockLease#isHeld()}.
     */
    public boolean isLeader()
    {
        return lease.isHeld();
    }

    /**
     * @return how long that is so without renewal.
     */
    public Duration remaining()
    {
        return lease.remaining();
    }

    /**
     * Have somebody told when the term is lost, as {@link LockLease#onLost}. Not when it is resigned.
     *
     * @param listener receives this term, once, on a thread of the grid that it must not hold up.
     */
    public void onLost(final Consumer<ElectionTerm> listener)
    {
        lease.onLost((lost) -> listener.accept(this));
    }

    /**
     * Have something done as soon as it is over, however that came about.
     *
     * @param task as {@link LeaseTerm#onEnd}.
     */
    void onEnd(final Runnable task)
    {
        ((Lease) lease).term.onEnd(task);
    }

    /**
     * Lead no longer: the next in line is elected.
     *
     * @throws FailedException with {@link ErrorCode#NOT_HOLDER} if the term is lost or was resigned.
     */
    public void resign()
    {
        lease.release();
    }

    /**
     * Lead no longer, if that is still so; does nothing otherwise, and does not complain.
     */
    @Override
    public void close()
    {
        lease.close();
    }

    @Override
    public String toString()
    {
        return "term with fence " + fence() + ", remaining " + remaining();
    }
}
