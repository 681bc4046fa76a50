package io.peregrine.transport.link;

import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * The streams of one data agent that have something to send which the media driver would notice only at its next walk.
 * The agent's thread puts them in, the driver's takes them out. What finds no room here waits for the walk.
 */
public final class Outbox
{
    static final int CAPACITY = 1_024;

    private final OneToOneConcurrentArrayQueue<Outgoing> streams = new OneToOneConcurrentArrayQueue<>(CAPACITY);
    private final boolean isWanted;

    /**
     * @param isWanted whether anybody takes streams out.
     */
    Outbox(final boolean isWanted)
    {
        this.isWanted = isWanted;
    }

    /**
     * Is there nothing in it now?
     */
    boolean isEmpty()
    {
        return streams.isEmpty();
    }

    /**
     * Something was committed. The agent's thread.
     *
     * @param stream that it was committed to.
     */
    public void add(final Outgoing stream)
    {
        if (isWanted && !stream.isInOutbox())
        {
            stream.isInOutbox(true);
            if (!streams.offer(stream))
            {
                stream.isInOutbox(false);
            }
        }
    }

    /**
     * Let them send. The driver's thread.
     *
     * @param sender that sends what a stream has to send.
     * @param nowNs  of the driver's clock.
     * @return bytes sent.
     */
    int send(final Sender sender, final long nowNs)
    {
        int bytes = 0;
        for (Outgoing stream = streams.poll(); stream != null; stream = streams.poll())
        {
            // Before anything is looked at, so that what is committed from now on puts it in again.
            stream.isInOutbox(false);
            bytes += sender.send(stream.sessionId(), stream.streamId(), nowNs);
        }
        return bytes;
    }

    /**
     * Sends what a stream has to send.
     */
    interface Sender
    {
        int send(int sessionId, int streamId, long nowNs);
    }
}
