package io.peregrine.client;

import org.agrona.DirectBuffer;

/**
 * Sends several requests of one call without waiting for each, and gathers their answers by place. For one call on one
 * thread. However it ends, every place has a result and nothing of it is waited for any more.
 */
abstract class Pipeline implements AnswerHandler
{
    private final BlockingCalls calls;
    private final Exchange exchange;
    private final long firstId;
    private final long deadline;
    private final int[] places;

    Pipeline(final BlockingCalls calls)
    {
        this.calls = calls;
        exchange = calls.exchange();
        firstId = exchange.inFlight().nextId();
        deadline = calls.deadline();
        places = new int[exchange.inFlight().capacity()];
    }

    /**
     * Send what belongs to a place.
     *
     * @return the id of the request, or the negative result of the claim.
     */
    abstract long send(int place);

    /**
     * The answer for a place.
     */
    abstract void onAnswer(int place, DirectBuffer buffer, int offset);

    /**
     * A place has no answer.
     */
    abstract void onError(int place, GridException error);

    /**
     * Send for every place from 0, and wait for all answers.
     */
    final void run(final int count)
    {
        exchange.handler(this);
        int place = 0;
        try
        {
            for (; place < count; place++)
            {
                sendOne(place);
            }
        }
        catch (final GridException ex)
        {
            for (int unsent = place; unsent < count; unsent++)
            {
                onError(unsent, ex);
            }
        }
        try
        {
            awaitAll();
        }
        finally
        {
            exchange.handler(null);
            exchange.abandonAll();
        }
    }

    @Override
    public final void onAnswer(final long id, final DirectBuffer buffer, final int offset, final int length)
    {
        if (id >= firstId)
        {
            onAnswer(placeOf(id), buffer, offset);
        }
    }

    @Override
    public final void onNoAnswer(final long id, final ErrorCode code, final boolean notDone)
    {
        if (id >= firstId)
        {
            onError(placeOf(id), Errors.noAnswer(code, notDone, exchange.timeoutNs()));
        }
    }

    private void sendOne(final int place)
    {
        try
        {
            BlockingCalls.checkInterrupt();
            for (int attempt = 0; ; attempt++)
            {
                final long next = exchange.inFlight().nextId();
                if (!exchange.inFlight().isFull())
                {
                    places[(int) next & places.length - 1] = place;
                }
                final long id = send(place);
                if (id > 0)
                {
                    return;
                }
                calls.awaitRoom(id, attempt, deadline);
            }
        }
        catch (final FailedException ex)
        {
            if (ex.code() == ErrorCode.CLOSED)
            {
                throw ex;
            }
            onError(place, ex);
        }
    }

    private void awaitAll()
    {
        while (exchange.inFlight().oldestWaiting() != 0)
        {
            int work = exchange.poll();
            if (work == 0)
            {
                work = exchange.expire();
                if (Thread.currentThread().isInterrupted())
                {
                    giveUp();
                    return;
                }
            }
            exchange.lane().idle(work);
        }
    }

    private void giveUp()
    {
        for (long id = exchange.inFlight().oldestWaiting(); id != 0; id = exchange.inFlight().oldestWaiting())
        {
            onNoAnswer(id, ErrorCode.INTERRUPTED, exchange.giveUp(id));
        }
    }

    private int placeOf(final long id)
    {
        return places[(int) id & places.length - 1];
    }
}
