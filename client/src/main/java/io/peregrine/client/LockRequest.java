package io.peregrine.client;

import io.peregrine.client.codec.LockAction;

/**
 * A command on a lock, or a look at it, that the asynchronous lane sends, and what is to be done with the answer. Made
 * by any thread, then owned by the lane's.
 */
abstract class LockRequest
{
    final LockName lock;
    final LockAction action;
    final LockTerms terms;
    final long timeoutNs;
    final long deadlineNs;
    /**
     * Whether the answer to a look is to come when it waits in line no longer.
     */
    final boolean await;

    /**
     * When it was sent, and by which id; 0 before.
     */
    long sentNs;
    long id;

    /**
     * A command.
     */
    LockRequest(final LockName lock, final LockAction action, final LockTerms terms, final long timeoutNs)
    {
        this(lock, action, terms, timeoutNs, false);
    }

    /**
     * A look at how it is for a holder, 0 for nobody in particular.
     */
    LockRequest(final LockName lock, final long holder, final boolean await, final long timeoutNs)
    {
        this(lock, null, new LockTerms(holder, 0, 0, 0, false), timeoutNs, await);
    }

    private LockRequest(
        final LockName lock,
        final LockAction action,
        final LockTerms terms,
        final long timeoutNs,
        final boolean await)
    {
        this.lock = lock;
        this.action = action;
        this.terms = terms;
        this.timeoutNs = timeoutNs;
        this.await = await;
        deadlineNs = System.nanoTime() + timeoutNs;
    }

    /**
     * @return the id of the request, or the negative result of the claim.
     */
    final long write(final LockWriter writer)
    {
        return action == null ? writer.look(lock, terms.holder(), await) : writer.command(lock, action, terms);
    }

    /**
     * @return whether it need not be sent any more: then it ends as one that found no room.
     */
    boolean isGivenUp()
    {
        return false;
    }

    /**
     * It is answered. Must not wait.
     */
    abstract void onAnswer(LockAnswer answer);

    /**
     * It is refused, or is not answered. Must not wait.
     */
    abstract void onError(GridException error);
}
