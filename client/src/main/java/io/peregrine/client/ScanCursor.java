package io.peregrine.client;

/**
 * A place in a scan: a point in the order of hashes within a partition. Good for any time, on any copy of the map, by
 * any client.
 *
 * @param partition that is being scanned; -1 at the end.
 * @param position  in it.
 */
public record ScanCursor(int partition, long position)
{
    /**
     * Before the first entry.
     */
    public static final ScanCursor START = new ScanCursor(0, 0);

    /**
     * Behind the last entry.
     */
    public static final ScanCursor END = new ScanCursor(-1, 0);

    /**
     * Is there nothing left?
     *
     * @return true at the end.
     */
    public boolean isEnd()
    {
        return partition < 0;
    }

    /**
     * As text, to be kept.
     *
     * @return what {@link #parse} reads.
     */
    @Override
    public String toString()
    {
        return partition + ":" + position;
    }

    /**
     * Read what {@link #toString()} wrote.
     *
     * @param text of it.
     * @return the cursor.
     */
    public static ScanCursor parse(final String text)
    {
        final int colon = text.indexOf(':');
        try
        {
            return new ScanCursor(
                Integer.parseInt(text.substring(0, Math.max(0, colon))), Long.parseLong(text.substring(colon + 1)));
        }
        catch (final NumberFormatException ex)
        {
            throw Errors.failed(ErrorCode.MALFORMED, "'" + Names.shown(text) + "' is no cursor of a scan");
        }
    }
}
