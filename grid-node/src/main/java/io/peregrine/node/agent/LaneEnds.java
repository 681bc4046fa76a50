package io.peregrine.node.agent;

import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

import java.util.ArrayList;

/**
 * One data agent's ends of all lanes: finds them by number, sends what had to be kept back, lets go of lanes whose
 * callers are gone, and frees the ring from a claim whose thread died before it committed.
 */
final class LaneEnds
{
    private static final long BLOCKED_NS = 1_000_000_000;

    private final Lanes lanes;
    private final ManyToOneRingBuffer requests;
    private final AgentLane[] ends;
    private final LaneSlot[] letGo;
    private final ArrayList<AgentLane> delayed = new ArrayList<>();
    private volatile boolean hasDelayed;
    private final AgentCounters counters;
    private final int agent;
    private final int maxRequestLength;
    private long blockedAt = -1;
    private long blockedSinceNs;

    LaneEnds(
        final Lanes lanes,
        final ManyToOneRingBuffer requests,
        final AgentCounters counters,
        final int agent,
        final int maxRequestLength)
    {
        this.lanes = lanes;
        this.requests = requests;
        this.counters = counters;
        this.agent = agent;
        this.maxRequestLength = maxRequestLength;
        this.ends = new AgentLane[lanes.limit() + 1];
        this.letGo = new LaneSlot[lanes.limit() + 1];
    }

    /**
     * @param id in the frame of a request.
     * @return this agent's end of the lane, or null when there is no such lane.
     */
    AgentLane end(final int id)
    {
        final AgentLane end = id > 0 && id < ends.length ? ends[id] : null;
        return end != null ? end : create(id);
    }

    /**
     * After a request was carried out: what its answer has left in the backlog will have to be sent.
     */
    void afterRequest(final AgentLane end, final boolean hadBacklog)
    {
        if (!hadBacklog && end.hasBacklog())
        {
            counters.repliesDelayed++;
            delayed.add(end);
            hasDelayed = true;
        }
    }

    /**
     * @return work done.
     */
    int sendDelayed()
    {
        if (delayed.isEmpty())
        {
            return 0;
        }

        int work = 0;
        for (int i = delayed.size() - 1; i >= 0; i--)
        {
            final AgentLane end = delayed.get(i);
            work += end.sendBacklog();
            if (!end.hasBacklog())
            {
                final AgentLane last = delayed.remove(delayed.size() - 1);
                if (i < delayed.size())
                {
                    delayed.set(i, last);
                }
            }
        }

        hasDelayed = !delayed.isEmpty();
        return work;
    }

    /**
     * @return whether answers wait for room. Any thread.
     */
    boolean hasDelayed()
    {
        return hasDelayed;
    }

    /**
     * Let go of lanes that were closed and whose requests are carried out. Now and then.
     */
    void sweep(final long nowNs)
    {
        for (int id = lanes.highest(); id > 0; id--)
        {
            final LaneSlot slot = lanes.slot(id);
            if (slot != null && slot.isClosed() && letGo[id] != slot && slot.claimant() == null)
            {
                final AgentLane end = end(id);
                if (end.isFinished(requests.producerPosition(), requests.consumerPosition()))
                {
                    if (delayed.remove(end))
                    {
                        counters.repliesDropped++;
                        hasDelayed = !delayed.isEmpty();
                    }
                    ends[id] = null;
                    letGo[id] = slot;
                    lanes.letGo(slot);
                }
            }
        }
        unblock(nowNs);
    }

    /**
     * A claim that nobody will commit stops the ring for all. It is skipped only when its thread is surely dead: when
     * some lane's last claimant is, and no living thread is in the middle of a claim that it might be confused with.
     */
    private void unblock(final long nowNs)
    {
        final long position = requests.consumerPosition();
        if (position == requests.producerPosition() || position != blockedAt)
        {
            blockedAt = position;
            blockedSinceNs = nowNs;
        }
        else if (nowNs - blockedSinceNs > BLOCKED_NS && isDeadClaim() && requests.unblock())
        {
            blockedAt = -1;
        }
    }

    private boolean isDeadClaim()
    {
        boolean dead = false;
        for (int id = lanes.highest(); id > 0; id--)
        {
            final LaneSlot slot = lanes.slot(id);
            final Thread claimant = slot == null ? null : slot.claimant();
            if (claimant != null)
            {
                if (claimant.isAlive())
                {
                    return false;
                }
                dead = true;
            }
        }

        return dead;
    }

    private AgentLane create(final int id)
    {
        final LaneSlot slot = id > 0 && id < ends.length ? lanes.slot(id) : null;
        if (slot == null || slot == letGo[id])
        {
            return null;
        }

        ends[id] = new AgentLane(slot, agent, maxRequestLength);
        return ends[id];
    }
}
