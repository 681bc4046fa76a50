package io.peregrine.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The slots of the ids of one name: as many locks of the grid. Any thread.
 */
final class LeasedIdSlots implements IdSlot.Source
{
    private static final Duration LEASE = Duration.ofSeconds(20);

    private final String name;
    private final Function<String, GridLock> locks;
    private final Supplier<GridMap<String, Long>> numbers;

    /**
     * @param locks   of the grid's own, by the rest of their names.
     * @param numbers the grid's own.
     */
    LeasedIdSlots(
        final String name, final Function<String, GridLock> locks, final Supplier<GridMap<String, Long>> numbers)
    {
        this.name = name;
        this.locks = locks;
        this.numbers = numbers;
    }

    /**
     * Begins anywhere, so that many who begin together seldom ask for one.
     */
    @Override
    public IdSlot take()
    {
        final int first = ThreadLocalRandom.current().nextInt(GridIds.SLOTS);
        for (int i = 0; i < GridIds.SLOTS; i++)
        {
            final int number = (first + i) % GridIds.SLOTS;
            final String rest = "ids/" + number + "/" + name;
            final LockLease lease = locks.apply(rest).tryAcquire(LEASE);
            if (lease != null)
            {
                return new LeasedIdSlot(number, rest, numbers.get(), lease.renewAutomatically());
            }
        }
        throw new RefusedException(ErrorCode.NO_SLOT, "all " + GridIds.SLOTS + " slots of ids '" + Names.shown(name) +
            "' are taken; no id was made; close some, or wait for the leases of those that died");
    }
}
