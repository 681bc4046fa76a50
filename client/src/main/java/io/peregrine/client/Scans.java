package io.peregrine.client;

import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.ScanReplyDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Walks over a map, page by page. Any thread; what a page holds is decoded before anybody sees it.
 */
final class Scans<K, V>
{
    static final int MAX_ENTRIES = 10_000;
    private static final int EMPTY_PARTITIONS_A_PAGE = 64;

    private final MapCalls<K, V> calls;

    Scans(final MapCalls<K, V> calls)
    {
        this.calls = calls;
    }

    ScanPage<K, V> page(final ScanCursor from, final int maxEntries)
    {
        if (maxEntries < 1 || maxEntries > MAX_ENTRIES)
        {
            throw Errors.failed(ErrorCode.ARGUMENT_INVALID, maxEntries + " entries a page is not 1 to " + MAX_ENTRIES);
        }
        final List<ScanPage.ScanEntry<K, V>> entries = new ArrayList<>();
        ScanCursor cursor = from;
        for (int i = 0; i < EMPTY_PARTITIONS_A_PAGE && !cursor.isEnd() && entries.isEmpty(); i++)
        {
            cursor = fetch(cursor, new ScanLimits(maxEntries, ScanLimits.ENTRIES.maxBytes(), false),
                (buffer, keyAt, keyLength, valueAt, valueLength, version, ttl) -> entries.add(new ScanPage.ScanEntry<>(
                    calls.decodeKey(buffer, keyAt, keyLength),
                    calls.decodeValue(buffer, valueAt, valueLength),
                    version,
                    Versioned.duration(ttl))));
        }
        return new ScanPage<>(entries, cursor);
    }

    boolean containsValue(final V value)
    {
        final byte[] sought = encoded(value);
        final boolean[] found = new boolean[1];
        ScanCursor cursor = ScanCursor.START;
        while (!cursor.isEnd() && !found[0])
        {
            cursor = fetch(cursor, ScanLimits.ENTRIES,
                (buffer, keyAt, keyLength, valueAt, valueLength, version, ttl) ->
                    found[0] |= Bytes.equal(buffer, valueAt, valueLength, sought));
        }
        return found[0];
    }

    byte[] encoded(final V value)
    {
        final Caller caller = calls.caller();
        caller.enter();
        try
        {
            final byte[] bytes = new byte[caller.encodeExpected(calls.valueCodec, value)];
            caller.expected.view().getBytes(0, bytes);
            return bytes;
        }
        finally
        {
            caller.exit();
        }
    }

    /**
     * Get one page.
     *
     * @return where to continue.
     */
    ScanCursor fetch(final ScanCursor from, final ScanLimits limits, final EntryConsumer consumer)
    {
        if (from.isEnd())
        {
            return from;
        }
        if (from.partition() >= calls.map.partitions)
        {
            throw Errors.failed(ErrorCode.ARGUMENT_INVALID, "the cursor " + from + " is not one of this grid");
        }
        final Caller caller = calls.caller();
        caller.enter();
        try
        {
            final BlockingCalls blocking = caller.calls();
            blocking.scan(calls.map, from.partition(), from.position(), limits);
            final ScanCursor next = decode(blocking.exchange().answer(), consumer);
            if (!isBehind(from, next))
            {
                throw Errors.failed(ErrorCode.MALFORMED, "the node goes over the map in a circle");
            }
            return next.partition() < calls.map.partitions ? next : ScanCursor.END;
        }
        finally
        {
            caller.exit();
        }
    }

    /**
     * Positions are hashes, which have no sign.
     */
    private static boolean isBehind(final ScanCursor from, final ScanCursor next)
    {
        return next.partition() > from.partition() || next.partition() == from.partition() &&
            Long.compareUnsigned(next.position(), from.position()) > 0;
    }

    private static ScanCursor decode(final DirectBuffer buffer, final EntryConsumer consumer)
    {
        final ScanReplyDecoder reply = new ScanReplyDecoder();
        reply.wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        final ScanCursor next = new ScanCursor(reply.nextPartition(), reply.nextCursor());
        for (final ScanReplyDecoder.EntriesDecoder entry : reply.entries())
        {
            final long version = entry.version();
            final long ttlLeft = entry.ttlLeft();
            final int keyLength = entry.keyLength();
            final int keyAt = reply.limit() + ScanReplyDecoder.EntriesDecoder.keyHeaderLength();
            entry.skipKey();
            final int valueLength = entry.valueLength();
            final int valueAt = reply.limit() + ScanReplyDecoder.EntriesDecoder.valueHeaderLength();
            entry.skipValue();
            consumer.onEntry(buffer, keyAt, keyLength, valueAt, valueLength, version, ttlLeft);
        }
        return next;
    }

    /**
     * Receives the entries of a page, within the call: must not call the grid.
     */
    interface EntryConsumer
    {
        void onEntry(
            DirectBuffer buffer, int keyAt, int keyLength, int valueAt, int valueLength, long version, long ttlLeft);
    }
}
