package io.peregrine.client;

import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * Makes ids of the time that is kept for its slot. Why none comes twice:
 * <ul>
 * <li>A stretch of time of a slot is kept by a write to the grid, before use, that fails if anybody else has kept one
 * since it was looked at. So the stretches of a slot do not overlap, whatever clocks and leases do.</li>
 * <li>Within a stretch, an atomic number rises.</li>
 * <li>What the grid remembers of a slot could be lost with all copies of its partition. Even so no two make ids of a
 * slot at a time, as each stops when its lease is over by its own careful count.</li>
 * </ul>
 * Any thread.
 */
final class PortIds implements GridIds
{
    static final long STRETCH_MS = 10_000;
    /**
     * How far the time of ids may be ahead of the wall clock before it is held back.
     */
    static final long AHEAD_MS = 1_000;
    private static final int ATTEMPTS = 8;

    private final String name;
    private final IdSlot.Source slots;
    private final EpochClock wallClock;
    private final NanoClock nanoClock;
    private volatile IdRun run;
    private IdSlot slot;
    private long unusedFromMs;

    PortIds(final String name, final IdSlot.Source slots, final EpochClock wallClock, final NanoClock nanoClock)
    {
        this.name = name;
        this.slots = slots;
        this.wallClock = wallClock;
        this.nanoClock = nanoClock;
    }

    @Override
    public String name()
    {
        return name;
    }

    @Override
    public long next()
    {
        while (true)
        {
            final IdRun current = run;
            final long id = current == null ? IdRun.OVER : current.next(nanoClock.nanoTime());
            if (id == IdRun.EARLY)
            {
                Thread.onSpinWait();
            }
            else if (id >= 0 && current.isHeld())
            {
                return id;
            }
            else
            {
                begin(current);
            }
        }
    }

    /**
     * Begin a run of ids where there is none, or one that is over.
     *
     * @param over as the caller has seen it.
     */
    private synchronized void begin(final IdRun over)
    {
        if (run != over)
        {
            return;
        }
        end();
        try
        {
            run = newRun();
        }
        catch (final OutcomeUnknownException ex)
        {
            throw new RefusedException(ex.code(), "no id was made, as the grid did not say whether it keeps time for " +
                "one: " + ex.code().what() + "; try again later", ex);
        }
    }

    private IdRun newRun()
    {
        for (int left = ATTEMPTS; left > 0; left--)
        {
            if (slot == null || !slot.isHeld())
            {
                slot = null;
                slot = slots.take();
            }
            final long wallMs = Math.max(0, wallClock.time() - EPOCH_MS);
            final long fromMs = slot.keep(Math.max(wallMs, unusedFromMs), STRETCH_MS);
            final long startNs = nanoClock.nanoTime();
            if (fromMs >= 0 && slot.isHeld())
            {
                return new IdRun(slot, fromMs, fromMs + STRETCH_MS, startNs, fromMs - wallMs > AHEAD_MS);
            }
            slot.release(IdSlot.LOST);
            slot = null;
        }
        throw new RefusedException(ErrorCode.NO_SLOT, "each slot that ids '" + Names.shown(name) + "' were given was " +
            "lost at once; no id was made; try again later");
    }

    private void end()
    {
        final IdRun over = run;
        if (over != null)
        {
            unusedFromMs = Math.max(unusedFromMs, over.end());
            run = null;
        }
    }

    @Override
    public synchronized void close()
    {
        end();
        if (slot != null)
        {
            slot.release(unusedFromMs);
            slot = null;
        }
    }

    @Override
    public String toString()
    {
        return "ids '" + Names.shown(name) + "'";
    }
}
