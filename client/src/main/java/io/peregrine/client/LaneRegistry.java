package io.peregrine.client;

import io.peregrine.client.port.RequestLane;
import io.peregrine.client.port.RequestPort;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Knows which lanes are out, and gives those back whose owner has gone: a thread that ended, or a handle that was
 * forgotten. Looks whenever a lane is opened. Any thread.
 */
final class LaneRegistry
{
    private static final int ATTEMPTS = 1000;
    private static final long ATTEMPT_NS = 100_000;

    private final List<Lease> leases = new ArrayList<>();
    private final RequestPort port;

    LaneRegistry(final RequestPort port)
    {
        this.port = port;
    }

    /**
     * Open a lane. Where lanes have just been given back, waits a moment for the agents to let go of them.
     *
     * @param owner of it: the calling thread, or an object that is to be closed.
     */
    synchronized RequestLane open(final Object owner)
    {
        final boolean awaited = takeBack() > 0;
        RequestLane lane = port.openLane();
        for (int attempt = 0; lane == null && awaited && attempt < ATTEMPTS; attempt++)
        {
            LockSupport.parkNanos(ATTEMPT_NS);
            lane = port.openLane();
        }
        if (lane == null)
        {
            throw port.isClosed() ? Errors.closed() : Errors.tooManyLanes();
        }
        leases.add(new Lease(lane, new WeakReference<>(owner)));
        return lane;
    }

    /**
     * Close a lane and forget it. Called by its owner.
     */
    synchronized void close(final RequestLane lane)
    {
        leases.removeIf((lease) -> lease.lane == lane);
        lane.close();
    }

    private int takeBack()
    {
        int taken = 0;
        for (final Iterator<Lease> iterator = leases.iterator(); iterator.hasNext();)
        {
            final Lease lease = iterator.next();
            final Object owner = lease.owner.get();
            if (owner == null || owner instanceof Thread && !((Thread) owner).isAlive())
            {
                iterator.remove();
                lease.lane.close();
                taken++;
            }
        }
        return taken;
    }

    private record Lease(RequestLane lane, WeakReference<Object> owner)
    {
    }
}
