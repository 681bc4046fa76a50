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
    /**
     * Lanes that were given back and not opened again, of which agents may not have let go yet.
     */
    private int givenBack;

    LaneRegistry(final RequestPort port)
    {
        this.port = port;
    }

    /**
     * Open a lane. Where lanes have just been given back, waits a moment for the agents to let go of them, also when
     * the thread is interrupted.
     *
     * @param owner of it: the calling thread, or an object that is to be closed.
     */
    synchronized RequestLane open(final Object owner)
    {
        takeBack();
        final RequestLane lane = openSoon();
        givenBack = lane == null ? 0 : Math.max(0, givenBack - 1);
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
        givenBack++;
    }

    private RequestLane openSoon()
    {
        boolean isInterrupted = false;
        RequestLane lane = port.openLane();
        for (int attempt = 0; lane == null && mayGetOne(attempt); attempt++)
        {
            isInterrupted |= Thread.interrupted();
            LockSupport.parkNanos(ATTEMPT_NS);
            lane = port.openLane();
        }
        if (isInterrupted)
        {
            Thread.currentThread().interrupt();
        }
        return lane;
    }

    private boolean mayGetOne(final int attempt)
    {
        return givenBack > 0 && attempt < ATTEMPTS && !port.isClosed();
    }

    private void takeBack()
    {
        for (final Iterator<Lease> iterator = leases.iterator(); iterator.hasNext();)
        {
            final Lease lease = iterator.next();
            final Object owner = lease.owner.get();
            if (owner == null || owner instanceof Thread && !((Thread) owner).isAlive())
            {
                iterator.remove();
                lease.lane.close();
                givenBack++;
            }
        }
    }

    private record Lease(RequestLane lane, WeakReference<Object> owner)
    {
    }
}
