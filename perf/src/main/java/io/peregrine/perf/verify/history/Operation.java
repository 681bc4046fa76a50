package io.peregrine.perf.verify.history;

/**
 * What a client asks. Null stands for an absent entry.
 *
 * @param function of the operation.
 * @param key      of the entry; without blanks.
 * @param expected of a compare-and-set.
 * @param value    to set; null removes the entry.
 */
public record Operation(Function function, String key, Long expected, Long value)
{
    /**
     * A read.
     *
     * @param key of the entry.
     * @return the operation.
     */
    public static Operation read(final String key)
    {
        return new Operation(Function.READ, key, null, null);
    }

    /**
     * A write.
     *
     * @param key   of the entry.
     * @param value to set; null removes the entry.
     * @return the operation.
     */
    public static Operation write(final String key, final Long value)
    {
        return new Operation(Function.WRITE, key, null, value);
    }

    /**
     * A compare-and-set.
     *
     * @param key      of the entry.
     * @param expected value.
     * @param value    to set; null removes the entry.
     * @return the operation.
     */
    public static Operation cas(final String key, final Long expected, final Long value)
    {
        return new Operation(Function.CAS, key, expected, value);
    }

    /**
     * Does it change nothing, whatever is there?
     *
     * @return whether it is a read.
     */
    public boolean isRead()
    {
        return function == Function.READ;
    }
}
