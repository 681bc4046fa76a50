package io.peregrine.client;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.RefusalDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Makes the exceptions: each message says what happened, whether it took effect, and what to do.
 */
final class Errors
{
    private static final String NOTHING_DONE = "; nothing was done";

    private Errors()
    {
    }

    static FailedException closed()
    {
        return new FailedException(ErrorCode.CLOSED,
            "the grid is closed; nothing was done; open a grid again");
    }

    static OutcomeUnknownException closedWhileWaiting()
    {
        return new OutcomeUnknownException(ErrorCode.CLOSED,
            "the grid was closed before the answer came; the call may have taken effect; read before doing it again");
    }

    static FailedException destroyed(final String map)
    {
        return new FailedException(ErrorCode.DESTROYED,
            "map '" + Names.shown(map) + "' was destroyed; nothing was done; open it by name again for a new one");
    }

    static RefusedException interruptedBefore()
    {
        return new RefusedException(ErrorCode.INTERRUPTED,
            "the calling thread is interrupted; nothing was done; the flag is still set; clear it and try again");
    }

    static OutcomeUnknownException interruptedWhileWaiting()
    {
        return new OutcomeUnknownException(ErrorCode.INTERRUPTED, "the calling thread was interrupted before the " +
            "answer came; the call may have taken effect; its interrupt flag is still set; read before doing it again");
    }

    static RefusedException timeoutBefore(final long timeoutNs)
    {
        return new RefusedException(ErrorCode.BACK_PRESSURE, "the request found no room to be sent within " +
            Durations.shown(timeoutNs) + "; nothing was done; try again later, or with fewer requests at a time");
    }

    static OutcomeUnknownException timeoutWhileWaiting(final long timeoutNs)
    {
        return new OutcomeUnknownException(ErrorCode.TIMEOUT, "no answer within " + Durations.shown(timeoutNs) +
            " (call.timeout); the call may have taken effect; read before doing it again");
    }

    /**
     * The exception for a request that nobody waits for any longer.
     *
     * @param code    {@link ErrorCode#CLOSED}, {@link ErrorCode#INTERRUPTED}, {@link ErrorCode#TIMEOUT}, or
     *                {@link ErrorCode#NOT_CONNECTED} where the time was over without a connection.
     * @param notDone whether it certainly has no effect.
     */
    static GridException noAnswer(final ErrorCode code, final boolean notDone, final long timeoutNs)
    {
        switch (code)
        {
            case CLOSED:
                return notDone ? closed() : closedWhileWaiting();

            case INTERRUPTED:
                return notDone ? interruptedBefore() : interruptedWhileWaiting();

            case NOT_CONNECTED:
                return notDone ? notConnected(timeoutNs) : timeoutWhileWaiting(timeoutNs);

            default:
                return notDone ? timeoutBefore(timeoutNs) : timeoutWhileWaiting(timeoutNs);
        }
    }

    static void checkLength(final int length, final int limit)
    {
        if (length > limit)
        {
            throw new FailedException(ErrorCode.BATCH_TOO_LONG, "the request has " + length + " bytes, more than the " +
                limit + " that the node takes; nothing was done; make it of fewer or shorter parts");
        }
    }

    private static RefusedException notConnected(final long timeoutNs)
    {
        return new RefusedException(ErrorCode.NOT_CONNECTED, "no node could be reached within " +
            Durations.shown(timeoutNs) + "; nothing was done; it is tried on, so try again later");
    }

    static RefusedException tooManyLanes()
    {
        return new RefusedException(ErrorCode.TOO_MANY_LANES, "every lane is in use by another thread or flyweight " +
            "map; nothing was done; let threads end, close flyweight maps, or raise the limit of lanes");
    }

    static FailedException failed(final ErrorCode code, final String text)
    {
        return new FailedException(code, text + "; nothing was done");
    }

    static FailedException codec(final String what, final Throwable cause)
    {
        return new FailedException(ErrorCode.CODEC_FAILED,
            "the codec of the " + what + " threw " + cause + "; nothing was done; mend codec or argument", cause);
    }

    static FailedException decode(final String what, final Throwable cause)
    {
        return new FailedException(ErrorCode.CODEC_FAILED, "the codec threw " + cause + " when it decoded a " + what +
            "; what the grid holds is as it was before or as the call made it; read it with the right codec", cause);
    }

    static FailedException keyTooLong(final int limit)
    {
        return new FailedException(ErrorCode.KEY_TOO_LONG,
            "the key is longer than " + limit + " bytes; nothing was done; use a shorter key");
    }

    static FailedException keyEmpty()
    {
        return new FailedException(ErrorCode.KEY_EMPTY,
            "the key is encoded to no byte at all; nothing was done; use a key of 1 byte or more");
    }

    static FailedException valueTooLong(final int limit)
    {
        return new FailedException(ErrorCode.VALUE_TOO_LONG, "the value is longer than " + limit +
            " bytes; nothing was done; use a shorter value, or raise the limit where the grid is founded");
    }

    static FailedException notHolder(final LockName lock)
    {
        return new FailedException(ErrorCode.NOT_HOLDER, lock.what() + " is not held by this lease any more: it was " +
            "released, taken away, or its time was over; nothing was done; acquire it anew");
    }

    static FailedException otherTotal(final LockName lock, final long total)
    {
        return new FailedException(ErrorCode.TOTAL_DIFFERS, lock.what() + " was named with " + total +
            " before, and is named with " + lock.total + " here; nothing was done; use " + total +
            ", or have an operator reset it");
    }

    static RefusedException queueFull(final LockName lock)
    {
        return new RefusedException(ErrorCode.QUEUE_FULL, "as many wait for " + lock.what() + " as may; nothing was " +
            "done; try again later");
    }

    static RefusedException waitEnded(final LockName lock, final ErrorCode code)
    {
        return new RefusedException(code, "waiting for " + lock.what() + " ended as " + code.what() +
            "; nothing is held, and nothing is waited for any more; try again when that is settled");
    }

    static GridException of(final RefusalDecoder refusal)
    {
        final ErrorCode code = ErrorCode.of(refusal.reasonRaw());
        final AnswerKind kind = refusal.kind();
        final byte[] text = new byte[refusal.textLength()];
        refusal.getText(text, 0, text.length);
        return of(kind, code, new String(text, StandardCharsets.US_ASCII));
    }

    static GridException of(final AnswerKind kind, final ErrorCode code, final String text)
    {
        final boolean told = !text.isEmpty();
        final String what = told ? text : code.what();
        switch (kind)
        {
            case REFUSED:
                return new RefusedException(code, what + (told ? NOTHING_DONE : NOTHING_DONE + "; try again later"));

            case FAILED:
                return new FailedException(code, what + NOTHING_DONE);

            default:
                return new OutcomeUnknownException(
                    code, what + "; the call may have taken effect; read before doing it again");
        }
    }
}
