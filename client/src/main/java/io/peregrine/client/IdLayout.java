package io.peregrine.client;

/**
 * How an id is made up: time, slot, counter. A tick is time and counter alone. Pure.
 */
final class IdLayout
{
    static final int COUNTER_BITS = 12;
    static final int SLOT_BITS = 10;
    private static final int TIME_BITS = 41;
    /**
     * Times are below it, in milliseconds since {@link GridIds#EPOCH_MS}.
     */
    static final long END_OF_TIME = 1L << TIME_BITS;
    private static final long COUNTERS = (1L << COUNTER_BITS) - 1;

    private IdLayout()
    {
    }

    static long id(final long tick, final int slot)
    {
        return tick >>> COUNTER_BITS << SLOT_BITS + COUNTER_BITS | (long) slot << COUNTER_BITS | tick & COUNTERS;
    }

    static long firstTick(final long time)
    {
        return time << COUNTER_BITS;
    }

    static long timeOfTick(final long tick)
    {
        return tick >> COUNTER_BITS;
    }

    static long time(final long id)
    {
        return id >>> SLOT_BITS + COUNTER_BITS;
    }

    static int slot(final long id)
    {
        return (int) (id >>> COUNTER_BITS) & (1 << SLOT_BITS) - 1;
    }
}
