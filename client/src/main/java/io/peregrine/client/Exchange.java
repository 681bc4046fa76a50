package io.peregrine.client;

import io.peregrine.client.codec.FragmentDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.port.Assembler;
import io.peregrine.client.port.Fragmenter;
import io.peregrine.client.port.MessageHandler;
import io.peregrine.client.port.RequestLane;
import io.peregrine.client.port.RequestPort;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Requests and answers on one lane: claims, pieces of long messages, what is in flight, waiting. Single-threaded, and
 * consistent after every exception: a request given up is remembered until its answer comes, which is then dropped.
 */
final class Exchange
{
    static final int BACK_PRESSURED = RequestLane.BACK_PRESSURED;
    static final int CLOSED = RequestLane.CLOSED;

    private static final int POLL_LIMIT = 64;
    private static final int CHECK_MASK = 15;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MessageHandler pieceHandler = this::onMessage;
    private final MessageHandler wholeHandler = this::onWhole;
    private final Fragmenter fragmenter = new Fragmenter();
    private final UnsafeBuffer longMessage = new UnsafeBuffer(0, 0);
    private final CapturedAnswer answer = new CapturedAnswer();
    private final RequestPort port;
    private final RequestLane lane;
    private final Assembler assembler;
    private final InFlight inFlight;
    private AnswerHandler handler;
    private MutableDirectBuffer claimed;
    private int claimedAt;
    private int claimedLength;
    private int claimedPartition;
    private boolean inHandler;
    private long timeoutNs;
    private long awaited;
    private long sending;

    Exchange(final RequestPort port, final RequestLane lane, final long timeoutNs)
    {
        this.port = port;
        this.lane = lane;
        this.timeoutNs = timeoutNs;
        assembler = new Assembler(Assembler.LONGEST_ANSWER);
        inFlight = new InFlight(lane.firstCorrelationId(), lane.maxInFlight());
    }

    void handler(final AnswerHandler newHandler)
    {
        handler = newHandler;
    }

    InFlight inFlight()
    {
        return inFlight;
    }

    /**
     * Claim room for a request; {@link #commit} or {@link #abort} has to follow when the result is positive.
     *
     * @return the id of the request, to be written into it; or {@link #BACK_PRESSURED} or {@link #CLOSED}.
     */
    long claim(final int partition, final int length)
    {
        checkNotInHandler();
        if (inFlight.isFull() || !fragmenter.isDone())
        {
            return BACK_PRESSURED;
        }
        Errors.checkLength(length, lane.maxRequestLength());
        if (length <= lane.maxMessageLength())
        {
            claimedAt = lane.tryClaim(partition, length);
            if (claimedAt < 0)
            {
                return claimedAt;
            }
            claimed = lane.buffer();
        }
        else
        {
            longMessage.wrap(new byte[length]);
            claimed = longMessage;
            claimedAt = 0;
        }
        claimedLength = length;
        claimedPartition = partition;
        return inFlight.nextId();
    }

    MutableDirectBuffer buffer()
    {
        return claimed;
    }

    int offset()
    {
        return claimedAt;
    }

    /** What was claimed begins with something that is written already. */
    void skip(final int length)
    {
        claimedAt += length;
    }

    /**
     * Send what was claimed.
     *
     * @param keyHash of the key that the request changes.
     */
    void commit(final long keyHash)
    {
        final long id = inFlight.nextId();
        inFlight.add(keyHash);
        if (claimed == longMessage)
        {
            sending = id;
            fragmenter.begin(claimedPartition, id, longMessage, 0, claimedLength);
            resume();
        }
        else
        {
            lane.commit();
        }
        inFlight.deadline(id, System.nanoTime() + timeoutNs);
    }

    void abort()
    {
        if (claimed != longMessage)
        {
            lane.abort();
        }
    }

    /**
     * Take answers, hand those that are not awaited to the handler, and send on what is half sent.
     */
    int poll()
    {
        checkNotInHandler();
        if (!fragmenter.isDone())
        {
            resume();
        }
        return lane.poll(pieceHandler, POLL_LIMIT);
    }

    /**
     * Give up requests whose time is over, or all when no answer can come any more.
     *
     * @return how many.
     */
    int expire()
    {
        final boolean closed = port.isClosed();
        if (closed)
        {
            poll();
        }
        final long now = System.nanoTime();
        int expired = 0;
        for (long id = next(closed, now); id != 0; id = next(closed, now))
        {
            final boolean notDone = giveUp(id);
            expired++;
            if (handler != null)
            {
                handler.onNoAnswer(id, closed ? ErrorCode.CLOSED : timedOut(), notDone);
            }
        }
        return expired;
    }

    private long next(final boolean all, final long now)
    {
        return all ? inFlight.oldestWaiting() : inFlight.pastDeadline(now);
    }

    /**
     * Wait for one answer.
     *
     * @return its length, with its header, at 0 in {@link #answer()}.
     */
    int await(final long id)
    {
        awaited = id;
        try
        {
            for (int i = 1; ; i++)
            {
                final int work = poll();
                if (awaited < 0)
                {
                    return (int) -awaited;
                }
                if ((i & CHECK_MASK) == 0)
                {
                    check(id);
                    if (awaited < 0)
                    {
                        return (int) -awaited;
                    }
                }
                lane.idle(work);
            }
        }
        finally
        {
            if (awaited > 0)
            {
                giveUp(id);
            }
            awaited = 0;
        }
    }

    UnsafeBuffer answer()
    {
        return answer.buffer();
    }

    /**
     * Wait for room. Called between two claims that found none.
     *
     * @param deadline when to stop waiting.
     */
    void awaitRoom(final int attempt, final long deadline)
    {
        final int work = poll();
        if (work == 0 && (attempt & CHECK_MASK) == 0)
        {
            if (port.isClosed())
            {
                throw Errors.closed();
            }
            if (Thread.currentThread().isInterrupted())
            {
                throw Errors.interruptedBefore();
            }
            if (System.nanoTime() - deadline >= 0)
            {
                throw Errors.noAnswer(timedOut(), true, timeoutNs);
            }
        }
        lane.idle(work);
    }

    void timeoutNs(final long newTimeoutNs)
    {
        timeoutNs = newTimeoutNs;
    }

    long timeoutNs()
    {
        return timeoutNs;
    }

    /**
     * Nobody waits any more for what is in flight.
     */
    void abandonAll()
    {
        for (long id = inFlight.oldestWaiting(); id != 0; id = inFlight.oldestWaiting())
        {
            giveUp(id);
        }
    }

    RequestLane lane()
    {
        return lane;
    }

    private void check(final long id)
    {
        if (port.isClosed())
        {
            poll();
            if (awaited > 0)
            {
                throw Errors.noAnswer(ErrorCode.CLOSED, giveUp(id), timeoutNs);
            }
        }
        else if (Thread.currentThread().isInterrupted())
        {
            throw Errors.noAnswer(ErrorCode.INTERRUPTED, giveUp(id), timeoutNs);
        }
        else if (System.nanoTime() - inFlight.deadline(id) >= 0)
        {
            throw Errors.noAnswer(timedOut(), giveUp(id), timeoutNs);
        }
    }

    private ErrorCode timedOut()
    {
        return port.isConnected() ? ErrorCode.TIMEOUT : ErrorCode.NOT_CONNECTED;
    }

    /**
     * Nobody waits any more for this request.
     *
     * @return true if it certainly has no effect.
     */
    boolean giveUp(final long id)
    {
        if (sending == id && !fragmenter.isDone())
        {
            fragmenter.cancel();
            longMessage.wrap(0, 0);
            inFlight.complete(id);
            return true;
        }
        final int state = lane.abandon(id);
        if (state == RequestLane.ANSWERED_YET)
        {
            inFlight.abandon(id);
        }
        else
        {
            inFlight.complete(id);
        }
        return state == RequestLane.NOT_DONE;
    }

    private void resume()
    {
        fragmenter.resume(lane);
        if (fragmenter.isDone())
        {
            longMessage.wrap(0, 0);
        }
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length)
    {
        header.wrap(buffer, offset);
        if (header.templateId() == FragmentDecoder.TEMPLATE_ID)
        {
            assembler.onFragment(buffer, offset, header, wholeHandler);
        }
        else
        {
            onWhole(buffer, offset, length);
        }
    }

    /**
     * Every answer begins with the id of its request.
     */
    private void onWhole(final DirectBuffer buffer, final int offset, final int length)
    {
        final long id = buffer.getLong(offset + MessageHeaderDecoder.ENCODED_LENGTH, ByteOrder.LITTLE_ENDIAN);
        final int state = inFlight.complete(id);
        if (state == InFlight.WAITING)
        {
            if (id == awaited)
            {
                answer.capture(buffer, offset, length);
                awaited = -length;
            }
            else if (handler != null)
            {
                handOn(id, buffer, offset, length);
            }
        }
    }

    private void handOn(final long id, final DirectBuffer buffer, final int offset, final int length)
    {
        inHandler = true;
        try
        {
            handler.onAnswer(id, buffer, offset, length);
        }
        finally
        {
            inHandler = false;
        }
    }

    private void checkNotInHandler()
    {
        if (inHandler)
        {
            throw Errors.failed(
                ErrorCode.ARGUMENT_INVALID, "a handler of results must not use the map whose results it receives");
        }
    }
}
