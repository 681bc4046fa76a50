package io.peregrine.client;

import io.peregrine.client.port.RequestLane;
import io.peregrine.client.port.RequestPort;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Knows which lanes are out, and gives those back whose owner has gone: a thread that ended, or a handle that was
 * forgotten. Looks whenever a lane is opened. Any thread.
 */
final class LaneRegistry
{
    private final List<Lease> leases = new ArrayList<>();
    private final RequestPort port;

    LaneRegistry(final RequestPort port)
    {
        this.port = port;
    }

    /**
     * Open a lane.
     *
     * @param owner of it: the calling thread, or an object that is to be closed.
     */
    synchronized RequestLane open(final Object owner)
    {
        takeBack();
        if (port.isClosed())
        {
            throw Errors.closed();
        }
        final RequestLane lane = port.openLane();
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
            }
        }
    }

    private record Lease(RequestLane lane, WeakReference<Object> owner)
    {
    }
}
