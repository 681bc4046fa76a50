package io.peregrine.client;

/**
 * A slot that this process has leased, to make ids with. Any thread.
 */
interface IdSlot
{
    /**
     * @return 0 to 1,023.
     */
    int number();

    /**
     * @return whether nobody else can have been given the slot.
     */
    boolean isHeld();

    /**
     * Keep a stretch of time for this holder alone: none that was kept before, by whomever, overlaps it.
     *
     * @param earliestMs that it may begin, in milliseconds since {@link GridIds#EPOCH_MS}.
     * @param lengthMs   of the stretch.
     * @return where it begins; {@link #LOST} if the slot is another's by now.
     */
    long keep(long earliestMs, long lengthMs);

    /**
     * Let go of the slot. Does not complain.
     *
     * @param unusedFromMs time of the last stretch of which nothing was used; negative if nothing is to be given back.
     */
    void release(long unusedFromMs);

    /**
     * The slot is another's by now.
     */
    long LOST = -1;

    /**
     * Where slots come from.
     */
    @FunctionalInterface
    interface Source
    {
        /**
         * @return a slot that nobody else holds.
         * @throws RefusedException if there is none.
         */
        IdSlot take();
    }
}
