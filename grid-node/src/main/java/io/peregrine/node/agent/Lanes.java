package io.peregrine.node.agent;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * All lanes of a node, by number. A lane is opened by any thread and let go by every agent once its caller has closed
 * it, or once its caller's end has become unreachable, as when a thread died that held the only reference. A number is
 * given again only after every agent has let go.
 */
final class Lanes
{
    private final AtomicReferenceArray<LaneSlot> slots;
    private final ReferenceQueue<EmbeddedLane> abandoned = new ReferenceQueue<>();
    private final LaneReference[] references;
    private final AtomicInteger open = new AtomicInteger();
    private final int agents;
    private final int ringLength;
    private volatile int highest;

    Lanes(final int limit, final int agents, final int ringLength)
    {
        this.slots = new AtomicReferenceArray<>(limit + 1);
        this.references = new LaneReference[limit + 1];
        this.agents = agents;
        this.ringLength = ringLength;
    }

    /**
     * @param port that the lane belongs to.
     * @return the lane, or null when the limit is reached.
     */
    synchronized EmbeddedLane open(final EmbeddedPort port)
    {
        for (int id = 1; id < slots.length(); id++)
        {
            if (slots.get(id) == null)
            {
                final LaneSlot slot = new LaneSlot(id, agents, ringLength);
                final EmbeddedLane lane = new EmbeddedLane(port, slot);
                references[id] = new LaneReference(lane, slot, abandoned);
                open.incrementAndGet();
                slots.set(id, slot);
                highest = Math.max(highest, id);
                return lane;
            }
        }

        return null;
    }

    /**
     * @return the highest number given so far.
     */
    int highest()
    {
        return highest;
    }

    /**
     * @return the highest number that may ever be given.
     */
    int limit()
    {
        return slots.length() - 1;
    }

    LaneSlot slot(final int id)
    {
        return slots.get(id);
    }

    int open()
    {
        return open.get();
    }

    /**
     * Close the lanes whose callers are gone without a word.
     */
    void closeAbandoned()
    {
        Reference<? extends EmbeddedLane> reference = abandoned.poll();
        while (reference != null)
        {
            ((LaneReference) reference).slot.close();
            reference = abandoned.poll();
        }
    }

    /**
     * An agent holds nothing of a lane any more.
     */
    void letGo(final LaneSlot slot)
    {
        if (slot.letGo())
        {
            free(slot);
        }
    }

    /**
     * @return whether a living thread is in the middle of a claim.
     */
    boolean anyClaim()
    {
        for (int id = highest; id > 0; id--)
        {
            final LaneSlot slot = slots.get(id);
            final Thread claimant = slot == null ? null : slot.claimant();
            if (claimant != null && claimant.isAlive())
            {
                return true;
            }
        }

        return false;
    }

    private synchronized void free(final LaneSlot slot)
    {
        references[slot.id()].clear();
        references[slot.id()] = null;
        slots.set(slot.id(), null);
        open.decrementAndGet();
    }

    private static final class LaneReference extends PhantomReference<EmbeddedLane>
    {
        private final LaneSlot slot;

        private LaneReference(
            final EmbeddedLane lane, final LaneSlot slot, final ReferenceQueue<EmbeddedLane> queue)
        {
            super(lane, queue);
            this.slot = slot;
        }
    }
}
