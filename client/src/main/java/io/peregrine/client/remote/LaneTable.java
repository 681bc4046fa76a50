package io.peregrine.client.remote;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/**
 * The lanes of a port by their tags. A tag is free again once the sessions of its lane have been ended. Any thread,
 * where nothing else is said.
 */
final class LaneTable
{
    private final Queue<RemoteLane> ending = new ConcurrentLinkedQueue<>();
    private final AtomicReferenceArray<RemoteLane> lanes;
    private final Inbox[] inboxes;

    /**
     * @param limit the most lanes.
     * @param inbox bytes of an inbox, a power of two.
     */
    LaneTable(final int limit, final int inbox)
    {
        lanes = new AtomicReferenceArray<>(1 + limit);
        inboxes = new Inbox[1 + limit];
        Arrays.setAll(inboxes, (tag) -> new Inbox(inbox));
    }

    /**
     * The inbox of the lane with this tag, whichever that is.
     */
    Inbox inbox(final int tag)
    {
        return inboxes[tag];
    }

    /**
     * Put a new lane in.
     *
     * @param maker makes it for a tag.
     * @return null when there is no room.
     */
    RemoteLane add(final IntFunction<RemoteLane> maker)
    {
        for (int tag = 1; tag < lanes.length(); tag++)
        {
            if (lanes.get(tag) == null)
            {
                final RemoteLane lane = maker.apply(tag);
                if (lanes.compareAndSet(tag, null, lane))
                {
                    return lane;
                }
            }
        }
        return null;
    }

    /**
     * @return null where there is none.
     */
    RemoteLane find(final int tag)
    {
        return tag > 0 && tag < lanes.length() ? lanes.get(tag) : null;
    }

    /**
     * The highest tag that a lane can have.
     */
    int limit()
    {
        return lanes.length() - 1;
    }

    /**
     * Is the calling thread in the middle of polling one?
     */
    boolean isPolledByCaller()
    {
        for (int tag = 1; tag < lanes.length(); tag++)
        {
            final RemoteLane lane = lanes.get(tag);
            if (lane != null && lane.isPolledByCaller())
            {
                return true;
            }
        }
        return false;
    }

    /**
     * A lane's owner needs it no more.
     */
    void onClosed(final RemoteLane lane)
    {
        ending.add(lane);
    }

    /**
     * End the sessions of lanes that are closed, and let them go. Whoever moves messages.
     */
    int end(final long nowNs)
    {
        return !ending.isEmpty() && ending.removeIf((lane) -> lane.end(nowNs) && letGo(lane)) ? 1 : 0;
    }

    private boolean letGo(final RemoteLane lane)
    {
        lanes.set(lane.tag, null);
        return true;
    }

    /**
     * End the sessions of all lanes, as the port is closed. Whoever moves messages.
     *
     * @return whether that is done.
     */
    boolean endAll(final long nowNs)
    {
        boolean isDone = true;
        for (int tag = 1; tag < lanes.length(); tag++)
        {
            final RemoteLane lane = lanes.get(tag);
            isDone &= lane == null || !lane.isInUse() && lane.end(nowNs);
        }
        return isDone;
    }
}
