package io.peregrine.client;

/**
 * A model of the slots of a grid. Leases end when a test says so.
 */
final class FakeSlots implements IdSlot.Source
{
    final boolean[] isTaken = new boolean[GridIds.SLOTS];
    final long[] keptUntil = new long[GridIds.SLOTS];
    int next;
    int takes;
    int keeps;
    boolean isFull;
    /**
     * Whether time is kept without a word that it is.
     */
    boolean isUnsure;
    /**
     * So many times the slot is found to be another's.
     */
    int lostKeeps;
    /**
     * So many times the lease is over when the answer comes.
     */
    int lateKeeps;
    private Slot last;

    @Override
    public IdSlot take()
    {
        if (isFull)
        {
            throw new RefusedException(ErrorCode.NO_SLOT, "all slots are taken");
        }
        assert !isTaken[next];
        isTaken[next] = true;
        takes++;
        last = new Slot(next);
        return last;
    }

    /**
     * The lease of the slot that was taken last is over.
     */
    void expire()
    {
        last.isHeld = false;
        isTaken[last.number] = false;
    }

    private final class Slot implements IdSlot
    {
        private final int number;
        private boolean isHeld = true;

        Slot(final int number)
        {
            this.number = number;
        }

        @Override
        public int number()
        {
            return number;
        }

        @Override
        public boolean isHeld()
        {
            return isHeld;
        }

        @Override
        public long keep(final long earliestMs, final long lengthMs)
        {
            keeps++;
            if (lostKeeps > 0)
            {
                lostKeeps--;
                expire();
                return LOST;
            }
            if (lateKeeps > 0)
            {
                lateKeeps--;
                expire();
            }
            final long fromMs = Math.max(earliestMs, keptUntil[number]);
            keptUntil[number] = fromMs + lengthMs;
            if (isUnsure)
            {
                throw new OutcomeUnknownException(ErrorCode.TIMEOUT, "no answer");
            }
            return fromMs;
        }

        @Override
        public void release(final long unusedFromMs)
        {
            if (isHeld && unusedFromMs >= 0)
            {
                keptUntil[number] = Math.min(keptUntil[number], unusedFromMs);
            }
            isHeld = false;
            isTaken[number] = false;
        }
    }
}
