package io.peregrine.client;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids of one slot, of a stretch of time that was kept for it. Time goes on by the monotonic clock from the beginning of
 * the stretch, so that nothing that is done to the wall clock matters; at half its pace where the stretch lies ahead of
 * the wall clock, so that they meet again. No clock of its own; any thread.
 */
final class IdRun
{
    /**
     * The stretch is used up.
     */
    static final long OVER = -1;
    /**
     * All ids of the millisecond are used up.
     */
    static final long EARLY = -2;
    private static final long NS_IN_MS = 1_000_000;

    private final IdSlot slot;
    private final int number;
    private final long fromMs;
    private final long endMs;
    private final long startNs;
    private final long nsInStep;
    private final AtomicLong last;

    /**
     * @param fromMs  where the stretch begins, since {@link GridIds#EPOCH_MS}.
     * @param endMs   where it ends, exclusive.
     * @param startNs the monotonic clock when it begins.
     * @param isAhead whether it begins later than the wall clock says that it is.
     */
    IdRun(final IdSlot slot, final long fromMs, final long endMs, final long startNs, final boolean isAhead)
    {
        this.slot = slot;
        this.fromMs = fromMs;
        this.endMs = endMs;
        this.startNs = startNs;
        number = slot.number();
        nsInStep = isAhead ? 2 * NS_IN_MS : NS_IN_MS;
        last = new AtomicLong(IdLayout.firstTick(fromMs) - 1);
    }

    boolean isHeld()
    {
        return slot.isHeld();
    }

    /**
     * @return an id, {@link #OVER} or {@link #EARLY}.
     */
    long next(final long nowNs)
    {
        final long nowMs = fromMs + Math.max(0, nowNs - startNs) / nsInStep;
        long before;
        long tick;
        do
        {
            before = last.get();
            tick = Math.max(before + 1, IdLayout.firstTick(nowMs));
            final long ms = IdLayout.timeOfTick(tick);
            if (ms >= endMs)
            {
                return nowMs < endMs && before < IdLayout.firstTick(endMs) ? EARLY : OVER;
            }
            if (ms > nowMs)
            {
                return EARLY;
            }
        }
        while (!last.compareAndSet(before, tick));
        return IdLayout.id(tick, number);
    }

    /**
     * Give no more ids.
     *
     * @return the first time of which none was given.
     */
    long end()
    {
        final long before = last.getAndSet(IdLayout.firstTick(endMs));
        return IdLayout.timeOfTick(before) + 1;
    }
}
