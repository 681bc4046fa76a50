package io.peregrine.transport.link;

import io.peregrine.transport.guard.GuardedEndpoints;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * The links of one data agent that have something to send which the media driver would notice only at its next walk.
 * The agent's thread puts them in, the driver's takes them out. What finds no room here waits for the walk.
 */
final class Outbox
{
    private static final int CAPACITY = 1_024;

    private final OneToOneConcurrentArrayQueue<ServerLink> links = new OneToOneConcurrentArrayQueue<>(CAPACITY);
    private final boolean isWanted;

    /**
     * @param isWanted whether anybody takes links out.
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
        return links.isEmpty();
    }

    /**
     * Something was committed. The agent's thread.
     */
    void add(final ServerLink link)
    {
        if (isWanted && !link.isInOutbox)
        {
            link.isInOutbox = true;
            if (!links.offer(link))
            {
                link.isInOutbox = false;
            }
        }
    }

    /**
     * Let them send. The driver's thread.
     *
     * @return bytes sent.
     */
    int send(final GuardedEndpoints endpoints, final long nowNs)
    {
        int bytes = 0;
        for (ServerLink link = links.poll(); link != null; link = links.poll())
        {
            // Before anything is looked at, so that what is committed from now on puts it in again.
            link.isInOutbox = false;
            bytes += endpoints.send(link.sessionId(), link.streamId(), nowNs);
        }
        return bytes;
    }
}
