package io.peregrine.client;

/**
 * A slot as a lock that is renewed, and an entry of the grid's map that has the end of the time that was kept for it.
 * The lock is in the partition of its name, the entry in that of its key: where one is lost, the other is mostly not.
 * Called under the monitor of its ids, but for {@link #isHeld()}.
 */
final class LeasedIdSlot implements IdSlot
{
    private final int number;
    private final String key;
    private final GridMap<String, Long> map;
    private final LockLease lease;
    private long keptUntilMs;

    LeasedIdSlot(final int number, final String key, final GridMap<String, Long> map, final LockLease lease)
    {
        this.number = number;
        this.key = key;
        this.map = map;
        this.lease = lease;
    }

    @Override
    public int number()
    {
        return number;
    }

    @Override
    public boolean isHeld()
    {
        return lease.isHeld();
    }

    @Override
    public long keep(final long earliestMs, final long lengthMs)
    {
        final Versioned<Long> kept = map.getVersioned(key);
        final long fromMs = kept == null ? earliestMs : Math.max(kept.value(), earliestMs);
        if (fromMs > IdLayout.END_OF_TIME - lengthMs)
        {
            throw Errors.failed(ErrorCode.ARGUMENT_INVALID,
                "the clock says, or said when slot " + number + " was used, a time that ids have no room for");
        }
        try
        {
            keptUntilMs = fromMs + lengthMs;
            return write(kept, keptUntilMs) ? fromMs : LOST;
        }
        catch (final FailedException ex)
        {
            if (ex.code() != ErrorCode.STALE_FENCE && ex.code() != ErrorCode.NOT_HOLDER)
            {
                throw ex;
            }
            return LOST;
        }
    }

    private boolean write(final Versioned<Long> kept, final long endMs)
    {
        final GridMap<String, Long> fenced = map.fenced(lease);
        return kept == null ?
            fenced.putIfAbsent(key, endMs) == null : fenced.replaceIfVersion(key, kept.version(), endMs) != 0;
    }

    @Override
    public void release(final long unusedFromMs)
    {
        try
        {
            final Versioned<Long> kept = unusedFromMs < 0 || !lease.isHeld() ? null : map.getVersioned(key);
            if (kept != null && kept.value() == keptUntilMs && unusedFromMs < keptUntilMs)
            {
                write(kept, unusedFromMs);
            }
        }
        catch (final GridException ex)
        {
            // What is not given back is left out.
        }
        finally
        {
            lease.close();
        }
    }
}
