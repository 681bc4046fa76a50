package io.peregrine.transport.guard;

import java.nio.ByteBuffer;
import java.util.ArrayList;

/**
 * The endpoints of one media driver, for whoever invokes it and wants to move datagrams between two walks of the driver
 * over all its streams: a walk costs a microsecond and more for each stream, whether anything comes by it or not. On
 * the driver's thread.
 */
public final class GuardedEndpoints
{
    private static final int MAX_DATAGRAM = 64 * 1024;

    /**
     * What all endpoints receive into, one at a time.
     */
    private final ByteBuffer spare = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    /**
     * Or null: nothing is ever cut.
     */
    private final CutTable cuts;
    private final ArrayList<GuardedReceiver> receivers = new ArrayList<>();
    private final ArrayList<GuardedSender> senders = new ArrayList<>();

    /**
     * None yet.
     */
    public GuardedEndpoints()
    {
        this(CutLinks.ofProcess());
    }

    GuardedEndpoints(final CutTable cuts)
    {
        this.cuts = cuts;
    }

    CutTable cuts()
    {
        return cuts;
    }

    ByteBuffer spare()
    {
        return spare;
    }

    void add(final GuardedReceiver receiver)
    {
        receivers.add(receiver);
    }

    void remove(final GuardedReceiver receiver)
    {
        receivers.remove(receiver);
    }

    void add(final GuardedSender sender)
    {
        senders.add(sender);
    }

    void remove(final GuardedSender sender)
    {
        senders.remove(sender);
    }

    /**
     * A stream that answers another one was made.
     *
     * @param imageId of the stream that is answered.
     * @param nowNs   of the driver's clock.
     */
    void onAnswerMade(final long imageId, final long nowNs)
    {
        if (!receivers.isEmpty())
        {
            AnswerTimers.onAnswerMade(receivers.get(0).dispatcher(), imageId, nowNs);
        }
    }

    /**
     * Streams that leave by these endpoints.
     *
     * @return a count.
     */
    public int streams()
    {
        int streams = 0;
        for (int i = 0; i < senders.size(); i++)
        {
            streams += senders.get(i).streams();
        }
        return streams;
    }

    /**
     * Take the datagrams that came.
     *
     * @param nowNs of the driver's clock.
     * @return bytes taken.
     */
    public int take(final long nowNs)
    {
        int bytes = 0;
        for (int i = 0; i < receivers.size(); i++)
        {
            bytes += receivers.get(i).take(nowNs);
        }
        for (int i = 0; i < senders.size(); i++)
        {
            bytes += senders.get(i).take(nowNs);
        }
        return bytes;
    }

    /**
     * Send what all streams have to send and their receivers have room for.
     *
     * @param nowNs of the driver's clock.
     * @return bytes sent.
     */
    public int send(final long nowNs)
    {
        int bytes = 0;
        for (int i = 0; i < senders.size(); i++)
        {
            bytes += senders.get(i).send(nowNs);
        }
        return bytes;
    }

    /**
     * Send what a stream has to send and its receiver has room for.
     *
     * @param sessionId of the stream.
     * @param streamId  of the stream.
     * @param nowNs     of the driver's clock.
     * @return bytes sent; 0 also where no such stream leaves here.
     */
    public int send(final int sessionId, final int streamId, final long nowNs)
    {
        int bytes = 0;
        for (int i = 0; i < senders.size(); i++)
        {
            bytes += senders.get(i).send(sessionId, streamId, nowNs);
        }
        return bytes;
    }
}
