package io.peregrine.client;

import org.agrona.DirectBuffer;

/**
 * Hands the results of what a flyweight map has offered to its handler, and knows the lease whose fence its commands
 * carry. Single-threaded, without garbage.
 */
final class OfferedResults implements AnswerHandler
{
    private final MapResult result = new MapResult();
    private final Exchange exchange;
    private ResultHandler handler = (id, ignored) -> { };
    private Lease lease;

    OfferedResults(final Exchange exchange)
    {
        this.exchange = exchange;
    }

    void handler(final ResultHandler newHandler)
    {
        handler = newHandler;
    }

    /**
     * @param newLease whose fence commands carry; null for none.
     */
    void carry(final Lease newLease)
    {
        lease = newLease;
    }

    /**
     * @return whose fence the next command carries; null for none. One that is not held any more is refused.
     */
    Lease lease()
    {
        if (lease != null)
        {
            lease.checkHeld();
        }
        return lease;
    }

    /**
     * A command was answered: where it was refused for its fence, the lease hears of it.
     */
    MapResult onResult(final MapResult of)
    {
        if (lease != null && of.code() == ErrorCode.STALE_FENCE)
        {
            lease.onRefused(lease.fence());
        }
        return of;
    }

    @Override
    public void onAnswer(final long id, final DirectBuffer buffer, final int offset, final int length)
    {
        handler.onResult(id, onResult(result.wrap(buffer, offset)));
    }

    @Override
    public void onNoAnswer(final long id, final ErrorCode code, final boolean notDone)
    {
        handler.onResult(id, result.noAnswer(Errors.noAnswer(code, notDone, exchange.timeoutNs())));
    }
}
