package io.peregrine.storage.map;

import io.peregrine.storage.memory.Arena;

/**
 * How many pages a put takes: told before its entry enters a log, so that applying it cannot fail. Writer thread.
 */
final class PageNeeds
{
    private final Arena arena;
    private final Records records;
    private final MapTable maps;

    PageNeeds(final Arena arena, final Records records, final MapTable maps)
    {
        this.arena = arena;
        this.records = records;
        this.maps = maps;
    }

    static int worst(final int keyLength, final int valueLength)
    {
        return 1 + IndexGrowth.WORST_PAGES +
            (RecordLayout.isChunked(keyLength, valueLength) ? Chunks.worstPages(valueLength) : 0);
    }

    int of(
        final int structureId,
        final long hash,
        final int keyLength,
        final int valueLength,
        final Expiry expiry,
        final int ref)
    {
        if (ref != 0 && records.isInPlace(ref, RecordLayout.shape(arena.address(ref)), valueLength, expiry))
        {
            return 0;
        }
        final int flags = RecordLayout.flags(keyLength, valueLength, expiry);
        int pages = arena.hasFree(Arena.RECORD, RecordLayout.size(keyLength, valueLength, flags)) ? 0 : 1;
        if ((flags & RecordLayout.CHUNKED) != 0)
        {
            pages += Chunks.worstPages(valueLength);
        }
        if (ref == 0)
        {
            final MapStore store = maps.get(structureId);
            pages += store == null ? 1 : store.index().pagesToGrow(MapStore.tag(hash));
        }
        return arena.hasRoomFor(pages) ? pages : Integer.MAX_VALUE;
    }
}
