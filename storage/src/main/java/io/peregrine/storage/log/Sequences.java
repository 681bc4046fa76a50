package io.peregrine.storage.log;

/**
 * Sequences of entries: {@code epoch << 44 | counter}, so that they never go back over the lives of a partition.
 * <p>
 * The counter goes on across epochs: it is the entry's place in the log, and the epoch says which primary put it there.
 * A member that holds another epoch at a place holds an entry that is not the one. 44 bits are 200 days at a million
 * entries a second in one partition; 19 bits of epochs are half a million changes of its in-sync set. Where either
 * ends, the partition refuses to write; it never wraps.
 */
public final class Sequences
{
    /**
     * Before the first entry of all.
     */
    public static final long NONE = 0;
    /**
     * The highest counter.
     */
    public static final long MAX_COUNTER = (1L << 44) - 1;
    /**
     * The highest epoch.
     */
    public static final int MAX_EPOCH = (1 << 19) - 1;

    private static final int COUNTER_BITS = 44;

    private Sequences()
    {
    }

    /**
     * Put a sequence together.
     *
     * @param epoch   from 1 to {@link #MAX_EPOCH}, or 0 with counter 0.
     * @param counter from 0 to {@link #MAX_COUNTER}.
     * @return the sequence.
     */
    public static long of(final int epoch, final long counter)
    {
        if (epoch < 0 || epoch > MAX_EPOCH || counter < 0 || counter > MAX_COUNTER)
        {
            throw new IllegalArgumentException("no sequence: epoch=" + epoch + " counter=" + counter);
        }
        return (long) epoch << COUNTER_BITS | counter;
    }

    /**
     * The epoch in a sequence.
     *
     * @param sequence of an entry.
     * @return epoch.
     */
    public static int epoch(final long sequence)
    {
        return (int) (sequence >>> COUNTER_BITS);
    }

    /**
     * The place in the log.
     *
     * @param sequence of an entry.
     * @return counter.
     */
    public static long counter(final long sequence)
    {
        return sequence & MAX_COUNTER;
    }

    /**
     * For messages to people.
     *
     * @param sequence of an entry.
     * @return epoch and counter.
     */
    public static String toString(final long sequence)
    {
        return epoch(sequence) + ":" + counter(sequence);
    }
}
