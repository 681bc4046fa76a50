package io.peregrine.storage.log;

/**
 * What one partition knows of its log: the epoch under which it writes, and the sequences of the last entry, of the
 * last committed and of the last applied one. The entries themselves are in the {@link EntryLog} of the data agent.
 * <p>
 * Always {@code trimmed <= applied <= committed <= last}; a trimmed entry is one that nobody here will ask for again.
 * Only entries after {@code committed} may be truncated. Pure; owned by the data agent's thread.
 */
public final class PartitionLog
{
    static final long NO_POSITION = -1;

    long firstPosition = NO_POSITION;
    long lastPosition = NO_POSITION;

    private final int partition;
    private int epoch;
    private long last;
    private long committed;
    private long applied;
    private long trimmed;

    /**
     * The log of a partition that has none yet.
     *
     * @param partition its number.
     */
    public PartitionLog(final int partition)
    {
        this.partition = partition;
    }

    /**
     * The partition.
     *
     * @return its number.
     */
    public int partition()
    {
        return partition;
    }

    /**
     * Begin to write under an epoch.
     *
     * @param newEpoch not below the one before, at most {@link Sequences#MAX_EPOCH}.
     */
    public void epoch(final int newEpoch)
    {
        if (newEpoch < epoch || newEpoch > Sequences.MAX_EPOCH)
        {
            throw new IllegalArgumentException("epoch " + newEpoch + " after " + epoch);
        }
        epoch = newEpoch;
    }

    /**
     * The epoch.
     *
     * @return 0 before the first.
     */
    public int epoch()
    {
        return epoch;
    }

    /**
     * The sequence that the next entry written here gets.
     *
     * @return sequence, or {@link Sequences#NONE} when the counter is at its end: then nothing can be written.
     */
    public long nextSequence()
    {
        final long counter = Sequences.counter(last) + 1;
        return epoch == 0 || counter > Sequences.MAX_COUNTER ? Sequences.NONE : Sequences.of(epoch, counter);
    }

    /**
     * The last entry of the log.
     *
     * @return sequence, {@link Sequences#NONE} before the first.
     */
    public long last()
    {
        return last;
    }

    /**
     * The last entry that is committed.
     *
     * @return sequence.
     */
    public long committed()
    {
        return committed;
    }

    /**
     * The last entry that was applied.
     *
     * @return sequence.
     */
    public long applied()
    {
        return applied;
    }

    /**
     * The last entry that was trimmed.
     *
     * @return sequence.
     */
    public long trimmed()
    {
        return trimmed;
    }

    /**
     * Entries up to this one are committed.
     *
     * @param sequence from {@link #committed()} to {@link #last()}.
     */
    public void committed(final long sequence)
    {
        check(sequence >= committed && sequence <= last, "commit", sequence);
        committed = sequence;
    }

    /**
     * Entries up to this one are applied.
     *
     * @param sequence from {@link #applied()} to {@link #committed()}.
     */
    public void applied(final long sequence)
    {
        check(sequence >= applied && sequence <= committed, "apply", sequence);
        applied = sequence;
    }

    /**
     * Begin after a snapshot: everything up to its sequence counts as there, committed, applied and trimmed.
     *
     * @param sequence of the snapshot.
     */
    public void restart(final long sequence)
    {
        check(firstPosition == NO_POSITION && Sequences.epoch(sequence) <= Sequences.MAX_EPOCH, "restart", sequence);
        epoch = Math.max(epoch, Sequences.epoch(sequence));
        last = sequence;
        committed = sequence;
        applied = sequence;
        trimmed = sequence;
    }

    void appended(final long sequence)
    {
        check(
            Sequences.counter(sequence) == Sequences.counter(last) + 1 && sequence > last, "append", sequence);
        last = sequence;
        epoch = Math.max(epoch, Sequences.epoch(sequence));
    }

    void trimmedTo(final long sequence)
    {
        trimmed = sequence;
    }

    void truncatedTo(final long sequence)
    {
        check(sequence >= committed, "truncate", sequence);
        last = sequence;
    }

    void check(final boolean condition, final String what, final long sequence)
    {
        if (!condition)
        {
            throw new IllegalStateException("cannot " + what + " " + Sequences.toString(sequence) + " in " + this);
        }
    }

    @Override
    public String toString()
    {
        return "PartitionLog{partition=" + partition + " epoch=" + epoch + " last=" + Sequences.toString(last) +
            " committed=" + Sequences.toString(committed) + " applied=" + Sequences.toString(applied) +
            " trimmed=" + Sequences.toString(trimmed) + '}';
    }
}
