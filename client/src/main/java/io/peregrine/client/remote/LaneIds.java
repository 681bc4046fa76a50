package io.peregrine.client.remote;

/**
 * The numbers of a lane's requests: those of the caller from {@link #first} on, and those of the lane itself. No two
 * lanes of a process share any, so that an answer to a lane that is gone is never taken for another's.
 */
final class LaneIds
{
    private static final int LANE_SHIFT = 40;
    private static final int KIND_SHIFT = 32;
    private static final long LANE_MASK = (1L << 21) - 1;
    private static final long OWN = 1L << 62;
    private static final long PREFIX_MASK = ~((1L << KIND_SHIFT + 2) - 1);

    /**
     * Asks for the table; the number is the partition from which on.
     */
    static final int TABLE = 0;
    /**
     * Opens a session; the number is the partition.
     */
    static final int OPEN_SESSION = 1;
    /**
     * Closes one.
     */
    static final int CLOSE_SESSION = 2;
    /**
     * Opens a structure in another grid; the number is the client's own.
     */
    static final int REOPEN = 3;

    private final long lane;

    /**
     * @param serial of the lane in this process.
     */
    LaneIds(final long serial)
    {
        lane = (serial & LANE_MASK) << LANE_SHIFT;
    }

    long first()
    {
        return lane + 1;
    }

    long own(final int kind, final int number)
    {
        return OWN | lane | (long) kind << KIND_SHIFT | number;
    }

    boolean isOwn(final long id)
    {
        return (id & PREFIX_MASK) == (OWN | lane);
    }

    static int kind(final long id)
    {
        return (int) (id >> KIND_SHIFT) & 3;
    }

    static int number(final long id)
    {
        return (int) id;
    }
}
