package io.peregrine.transport.guard;

import org.agrona.collections.Hashing;
import org.agrona.collections.Long2LongHashMap;

/**
 * Which streams of which senders may pass, and the length of their terms, against which every datagram of theirs is
 * checked. A new one passes when the driver is not busy making others; one of which nothing came for a while is
 * forgotten. Pure; single-threaded.
 */
final class SessionGate
{
    /**
     * New streams in a second: each costs the driver several files and about a millisecond.
     */
    static final int NEW_PER_SECOND = 250;
    /**
     * New streams at once.
     */
    static final int NEW_AT_ONCE = 64;
    /**
     * Senders in a second that are asked who they are, because what they send is not known.
     */
    static final int ASKED_PER_SECOND = 250;

    /**
     * Longer than the driver keeps a stream by which nothing comes.
     */
    static final long FORGET_NS = 30_000_000_000L;

    private static final long UNKNOWN = 0;

    private final TokenBucket arrivals = new TokenBucket(NEW_PER_SECOND, NEW_AT_ONCE);
    private final TokenBucket questions = new TokenBucket(ASKED_PER_SECOND, NEW_AT_ONCE);
    private Long2LongHashMap lately = new Long2LongHashMap(UNKNOWN);
    private Long2LongHashMap before = new Long2LongHashMap(UNKNOWN);
    private long turnedNs;
    private boolean isStarted;

    /**
     * @return bytes of a term of that stream, 0 where it has not passed.
     */
    long termLength(final int streamId, final int sessionId)
    {
        final long key = Hashing.compoundKey(streamId, sessionId);
        final long length = lately.get(key);
        if (length != UNKNOWN)
        {
            return length;
        }

        final long earlier = before.remove(key);
        if (earlier != UNKNOWN)
        {
            lately.put(key, earlier);
        }
        return earlier;
    }

    /**
     * @return whether a stream that has not passed yet may do so now.
     */
    boolean admits(final int streamId, final int sessionId, final int termLength, final long nowNs)
    {
        turn(nowNs);
        final boolean isAdmitted = arrivals.take(nowNs);
        if (isAdmitted)
        {
            lately.put(Hashing.compoundKey(streamId, sessionId), termLength);
        }
        return isAdmitted;
    }

    /**
     * @return whether a sender may be asked who it is.
     */
    boolean mayAsk(final long nowNs)
    {
        return questions.take(nowNs);
    }

    int size()
    {
        return lately.size() + before.size();
    }

    private void turn(final long nowNs)
    {
        if (!isStarted || nowNs - turnedNs >= FORGET_NS)
        {
            final Long2LongHashMap forgotten = before;
            before = lately;
            lately = forgotten;
            lately.clear();
            lately.compact();
            turnedNs = nowNs;
            isStarted = true;
        }
    }
}
