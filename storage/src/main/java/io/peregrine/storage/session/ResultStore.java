package io.peregrine.storage.session;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of the results kept for all sessions of a partition, oldest first.
 * <pre>
 *   +0 length of the frame  +4 length of the result, or DEAD  +8 session  +16 request number  +24 result, padded to 8
 * </pre>
 * Appended at the end; forgotten by marking a frame dead. When the end of the buffer is reached, live frames are moved
 * together, or into a buffer of twice the size when they fill more than three quarters; so a move frees at least a
 * quarter, and nothing is allocated once the buffer has the size that the load asks for. What is counted against the
 * limit are live frames, which depend on the replicated state only, not on where they lie.
 */
final class ResultStore
{
    static final int NONE = -1;

    private static final int HEADER_LENGTH = 24;
    private static final int LENGTH_OFFSET = 4;
    private static final int SESSION_OFFSET = 8;
    private static final int NUMBER_OFFSET = 16;
    private static final int DEAD = -1;
    private static final int MIN_CAPACITY = 512;

    private final Long2ObjectHashMap<Session> sessions;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private int head;
    private int tail;
    private int live;
    private int count;

    ResultStore(final Long2ObjectHashMap<Session> sessions)
    {
        this.sessions = sessions;
    }

    /**
     * Keep a result, at the cost of the oldest ones where the limit is reached.
     */
    void add(
        final Session session, final long requestNumber, final DirectBuffer result, final int offset, final int length)
    {
        final int frameLength = frameLength(length);
        while (live + frameLength > Sessions.MAX_RESULT_BYTES)
        {
            forgetOldest();
        }
        if (tail + frameLength > buffer.capacity())
        {
            makeRoom(frameLength);
        }
        final int frame = tail;
        buffer.putInt(frame, frameLength);
        buffer.putInt(frame + LENGTH_OFFSET, length);
        buffer.putLong(frame + SESSION_OFFSET, session.id);
        buffer.putLong(frame + NUMBER_OFFSET, requestNumber);
        buffer.putBytes(frame + HEADER_LENGTH, result, offset, length);
        tail += frameLength;
        live += frameLength;
        count++;
        session.frameOf(requestNumber, frame);
    }

    /**
     * Forget the result of a request, if there is one.
     */
    void forget(final Session session, final long requestNumber)
    {
        final int frame = session.frameOf(requestNumber);
        if (frame != NONE)
        {
            session.frameOf(requestNumber, NONE);
            buffer.putInt(frame + LENGTH_OFFSET, DEAD);
            live -= buffer.getInt(frame);
            count--;
            if (count == 0)
            {
                head = 0;
                tail = 0;
            }
        }
    }

    boolean fits(final int length)
    {
        return live + frameLength(length) <= Sessions.MAX_RESULT_BYTES;
    }

    int live()
    {
        return live;
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    int count()
    {
        return count;
    }

    /**
     * Bytes of all results, without their frames.
     */
    int resultBytes()
    {
        int bytes = 0;
        for (int frame = first(); frame != NONE; frame = next(frame))
        {
            bytes += length(frame);
        }
        return bytes;
    }

    int first()
    {
        return skipDead(head);
    }

    int next(final int frame)
    {
        return skipDead(frame + buffer.getInt(frame));
    }

    long sessionId(final int frame)
    {
        return buffer.getLong(frame + SESSION_OFFSET);
    }

    long requestNumber(final int frame)
    {
        return buffer.getLong(frame + NUMBER_OFFSET);
    }

    static int offset(final int frame)
    {
        return frame + HEADER_LENGTH;
    }

    int length(final int frame)
    {
        return buffer.getInt(frame + LENGTH_OFFSET);
    }

    private void forgetOldest()
    {
        head = first();
        forget(sessions.get(sessionId(head)), requestNumber(head));
    }

    private int skipDead(final int from)
    {
        int frame = from;
        while (frame < tail && length(frame) == DEAD)
        {
            frame += buffer.getInt(frame);
        }
        return frame < tail ? frame : NONE;
    }

    private void makeRoom(final int needed)
    {
        final int capacity = buffer.capacity();
        byte[] target = buffer.byteArray();
        int newCapacity = Math.max(capacity, MIN_CAPACITY);
        while (live + needed > newCapacity - newCapacity / 4)
        {
            newCapacity <<= 1;
        }
        if (newCapacity != capacity)
        {
            target = new byte[newCapacity];
        }
        int to = 0;
        for (int frame = first(); frame != NONE;)
        {
            final int next = next(frame);
            final int length = buffer.getInt(frame);
            sessions.get(sessionId(frame)).frameOf(requestNumber(frame), to);
            System.arraycopy(buffer.byteArray(), frame, target, to, length);
            to += length;
            frame = next;
        }
        if (newCapacity != capacity)
        {
            buffer.wrap(target);
        }
        head = 0;
        tail = to;
    }

    private static int frameLength(final int length)
    {
        return HEADER_LENGTH + BitUtil.align(length, Long.BYTES);
    }
}
