package io.peregrine.transport.link;

import io.peregrine.transport.guard.GuardedEndpoints;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentInvoker;

import java.util.ArrayList;

/**
 * A media driver that works when it is invoked, as {@link WalkPace} has it: walks over all its streams, and between two
 * walks takes what came and sends what is to be sent. One thread at a time.
 */
final class PacedDriver
{
    /**
     * So many streams are asked in each cycle what they have to send, where nobody says it. Where there are more, they
     * wait for the walk.
     */
    private static final int FEW_STREAMS = 16;

    private final AgentInvoker invoker;
    private final GuardedEndpoints endpoints;
    private final Outbox.Sender sender;
    private final ErrorHandler errorHandler;
    private final WalkPace pace = new WalkPace();
    private final ArrayList<Outbox> outboxes = new ArrayList<>();

    PacedDriver(final AgentInvoker invoker, final GuardedEndpoints endpoints, final ErrorHandler errorHandler)
    {
        this.invoker = invoker;
        this.endpoints = endpoints;
        sender = endpoints::send;
        this.errorHandler = errorHandler;
    }

    /**
     * @return for one more thread that says which links have something to send. Before the driver works.
     */
    Outbox newOutbox()
    {
        final Outbox outbox = new Outbox(true);
        outboxes.add(outbox);
        return outbox;
    }

    /**
     * @return work done.
     */
    int work()
    {
        final long nowNs = System.nanoTime();
        if (!pace.isDue(nowNs))
        {
            return send(nowNs) + endpoints.take(nowNs);
        }

        final int work = invoker.invoke();
        pace.onWalk(nowNs, System.nanoTime());
        return work;
    }

    /**
     * Walk now, as what was sent last has to leave.
     */
    void walk()
    {
        invoker.invoke();
    }

    /**
     * Let go what was put into the outboxes.
     */
    void flush()
    {
        for (int i = 0; i < outboxes.size(); i++)
        {
            if (!outboxes.get(i).isEmpty())
            {
                send(System.nanoTime());
                return;
            }
        }
    }

    private int send(final long nowNs)
    {
        int bytes = 0;
        try
        {
            if (outboxes.isEmpty() && endpoints.streams() <= FEW_STREAMS)
            {
                bytes = endpoints.send(nowNs);
            }
            for (int i = 0; i < outboxes.size(); i++)
            {
                bytes += outboxes.get(i).send(sender, nowNs);
            }
        }
        catch (final RuntimeException ex)
        {
            errorHandler.onError(ex);
        }
        return bytes;
    }
}
