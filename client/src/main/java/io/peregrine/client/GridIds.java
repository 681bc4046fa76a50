package io.peregrine.client;

/**
 * Numbers of 64 bits that nobody else in the grid makes, without asking it for each. A number is positive and made of
 * <pre>
 *   41 bits  milliseconds since {@link #EPOCH_MS}
 *   10 bits  slot: one of {@link #SLOTS} of this name, which the grid leases to one process at a time
 *   12 bits  counter within the millisecond
 * </pre>
 * so those of one handle rise, and those of several are in the order of time as far as their clocks agree. They repeat
 * neither where the clock of the machine is set back, nor where the lease is lost, nor over restarts. For any number of
 * threads.
 */
public interface GridIds extends AutoCloseable
{
    /**
     * Where the time of ids begins: 2024-01-01, 00:00 UTC, in milliseconds since 1970.
     */
    long EPOCH_MS = 1_704_067_200_000L;

    /**
     * How many can make ids of one name at one time.
     */
    int SLOTS = 1024;

    /**
     * @return name of the ids.
     */
    String name();

    /**
     * The next id. Allocates nothing, and asks the grid only where it has no slot, or the time that it has kept for the
     * slot is used up: once in ten seconds of use.
     *
     * @return positive.
     * @throws RefusedException where the grid gives no slot now: {@link ErrorCode#NO_SLOT} if all are taken, or why it
     *                          could not be asked.
     * @throws FailedException  with {@link ErrorCode#ARGUMENT_INVALID} if the clock says a time after 2093.
     */
    long next();

    /**
     * Give the slot back. The next call takes one again, unless the grid is closed.
     */
    @Override
    void close();

    /**
     * @param id that was made here or elsewhere.
     * @return its time in milliseconds since 1970.
     */
    static long timeOf(final long id)
    {
        return EPOCH_MS + IdLayout.time(id);
    }

    /**
     * @param id that was made here or elsewhere.
     * @return the slot of who made it, 0 to 1,023.
     */
    static int slotOf(final long id)
    {
        return IdLayout.slot(id);
    }
}
