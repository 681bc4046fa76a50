package io.peregrine.node.partition;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.Reason;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * What each reason of a refusal means for the caller: whether it may work later, what happened, and what to do. The
 * caller's side adds whether anything was done.
 */
final class Refusals
{
    private static final byte[] NO_TEXT = new byte[0];
    private static final Map<Reason, byte[]> TEXTS = new EnumMap<>(Reason.class);

    static
    {
        text(Reason.BACK_PRESSURE, "too much is under way in the node; try again later");
        text(Reason.STORE_FULL, "the memory limit is reached; remove entries or raise memory.limit");
        text(Reason.NOT_SERVING, "the partition has no primary here now; try again later");
        text(Reason.DESTROYED, "the map was destroyed; open it anew by its name");
        text(Reason.ANSWER_LOST, "the request was received before and its answer is gone");
        text(Reason.SESSION_EXPIRED, "the session ended before this request came");
        text(Reason.TOO_MANY_IN_FLIGHT, "a request with a lower number is missing; send that first");
        text(Reason.EXPIRY_INVALID, "a duration is out of range, or an idle time is for a map opened without one");
        text(Reason.MALFORMED, "the message is not well-formed");
        text(Reason.INTERNAL, "a fault in the node, recorded in its error log");
        text(Reason.CLOSED, "the node is closing");
    }

    private Refusals()
    {
    }

    static AnswerKind kindOf(final Reason reason)
    {
        switch (reason)
        {
            case BACK_PRESSURE:
            case STORE_FULL:
            case NOT_SERVING:
            case TOO_MANY_LANES:
            case TOO_MANY_STRUCTURES:
            case TOO_MANY_SESSIONS:
            case TOO_MANY_IN_FLIGHT:
            case CLOSED:
                return AnswerKind.REFUSED;
            case TIMEOUT:
            case INTERRUPTED:
            case SESSION_EXPIRED:
            case ANSWER_LOST:
            case INTERNAL:
                return AnswerKind.UNKNOWN;
            default:
                return AnswerKind.FAILED;
        }
    }

    static byte[] textOf(final Reason reason)
    {
        return TEXTS.getOrDefault(reason, NO_TEXT);
    }

    /**
     * @param given with the write.
     * @param seen  that it must not be below.
     */
    static byte[] staleFence(final long given, final long seen)
    {
        final String text = "the write carries fence " + given + " of its lock, and the partition takes none below " +
            seen + ": another has held the lock since, or too many locks are in use; renew the lease, or acquire anew";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void text(final Reason reason, final String text)
    {
        TEXTS.put(reason, text.getBytes(StandardCharsets.US_ASCII));
    }
}
