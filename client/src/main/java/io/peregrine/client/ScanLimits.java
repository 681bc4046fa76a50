package io.peregrine.client;

/**
 * How much one page of a scan may hold.
 *
 * @param maxEntries the most entries, 1 or more.
 * @param maxBytes   about the most bytes of keys and values.
 * @param keysOnly   without values.
 */
record ScanLimits(int maxEntries, int maxBytes, boolean keysOnly)
{
    static final ScanLimits ENTRIES = new ScanLimits(256, 128 * 1024, false);
    static final ScanLimits KEYS = new ScanLimits(1024, 128 * 1024, true);
}
