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
    private final AgentInvoker invoker;
    private final GuardedEndpoints endpoints;
    private final ErrorHandler errorHandler;
    private final WalkPace pace;
    private final ArrayList<Outbox> outboxes = new ArrayList<>();

    /**
     * @param fewStreams so many streams are walked over in every cycle.
     */
    PacedDriver(
        final AgentInvoker invoker,
        final GuardedEndpoints endpoints,
        final int fewStreams,
        final ErrorHandler errorHandler)
    {
        this.invoker = invoker;
        this.endpoints = endpoints;
        this.errorHandler = errorHandler;
        pace = new WalkPace(fewStreams);
    }

    /**
     * @return for one more thread that says which links have something to send. Before the driver works.
     */
    Outbox newOutbox()
    {
        final Outbox outbox = new Outbox();
        outboxes.add(outbox);
        return outbox;
    }

    int work()
    {
        if (!pace.isPaced())
        {
            return walk();
        }

        final long nowNs = System.nanoTime();
        if (!pace.isDue(nowNs))
        {
            return take(nowNs);
        }

        final int work = walk();
        pace.onWalk(nowNs, System.nanoTime());
        return work;
    }

    private int walk()
    {
        final int work = invoker.invoke();
        if (pace.onStreams(endpoints.streams()))
        {
            for (int i = 0; i < outboxes.size(); i++)
            {
                outboxes.get(i).want(pace.isPaced());
            }
        }
        return work;
    }

    private int take(final long nowNs)
    {
        int work = endpoints.take(nowNs);
        try
        {
            for (int i = 0; i < outboxes.size(); i++)
            {
                work += outboxes.get(i).send(endpoints, nowNs);
            }
        }
        catch (final RuntimeException ex)
        {
            errorHandler.onError(ex);
        }
        return work;
    }
}
