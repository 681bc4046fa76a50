package io.peregrine.storage.map;

import io.peregrine.storage.memory.Arena;
import io.peregrine.storage.memory.SizeClasses;
import org.agrona.UnsafeApi;

/**
 * Chooses what to evict when memory is short: the least recently used of a sample. Writer thread.
 * <p>
 * <b>Why a sample.</b> A list in order of use would have to be changed by every read, and readers here do not write to
 * records. A sample of the places where memory is needed is as good as that for practical purposes (of 8, the one
 * evicted is with 99 % in the older half), costs no memory in the records, and its work is bounded. The time of use
 * comes from {@link ReadTrace} for maps that leave traces; for others the version tells the time of the last write.
 * <p>
 * <b>Where.</b> A put that lacks a place of its size is served by evicting an entry of that size: one for one. If
 * there is none to give, or pages are needed, for a large value or for the index, then a page has to be emptied: the
 * cheapest of a sample, that is a page of a large value, whose one entry gives many, else the page with the fewest
 * entries; and the next calls go on with that page until it is empty.
 */
final class Evictor
{
    private static final int SAMPLE = 8;
    private static final int TRIES = 32;
    private static final int SLOTS_LOOKED_AT = 16;
    private static final int STRIDE = 7;

    private final MapSpace space;
    private final Arena arena;
    private final RecordView view;
    private long random = 0x9E3779B97F4A7C15L;
    private int victimPage;

    Evictor(final MapSpace space, final RecordView view)
    {
        this.space = space;
        this.arena = space.arena();
        this.view = view;
    }

    /**
     * @return reference of the candidate, or 0.
     */
    int choose(final MapStore store, final int tag, final int keyLength, final int valueLength)
    {
        if (store != null && store.is(MapStore.EVICTABLE) && !store.index().hasRoom(tag))
        {
            final int neighbour = sampleSegment(store.index().directory().segment(tag));
            if (neighbour != 0)
            {
                return neighbour;
            }
        }
        final int flags = RecordLayout.flags(keyLength, valueLength, null);
        final int size = RecordLayout.size(keyLength, valueLength, flags);
        int ref = 0;
        if ((flags & RecordLayout.CHUNKED) == 0 && !arena.hasFree(Arena.RECORD, size))
        {
            ref = sample(SizeClasses.rounded(size));
        }
        return ref != 0 ? ref : drain();
    }

    void close()
    {
        victimPage = 0;
    }

    private int sample(final int objectSize)
    {
        int best = 0;
        int sampled = 0;
        for (int i = 0; i < TRIES && sampled < SAMPLE && arena.pageEnd() > 1; i++)
        {
            final int page = randomPage();
            if (arena.kindOf(page) == Arena.RECORD && arena.sizeIn(page) == objectSize)
            {
                final int ref = liveIn(page, next(arena.slotsIn(page)), SLOTS_LOOKED_AT);
                best = older(best, ref);
                sampled += ref == 0 ? 0 : 1;
            }
        }
        if (best == 0)
        {
            final int sizeClass = SizeClasses.indexOf(objectSize);
            int page = arena.lists().full(Arena.RECORD, sizeClass);
            for (int i = 0; i < SAMPLE && page != 0; i++)
            {
                best = older(best, liveIn(page, next(arena.slotsIn(page)), SLOTS_LOOKED_AT));
                page = arena.lists().next(page);
            }
        }
        return best;
    }

    /**
     * The oldest of some entries of one index segment.
     */
    private int sampleSegment(final int segmentRef)
    {
        if (segmentRef == 0)
        {
            return 0;
        }
        final long segment = arena.address(segmentRef);
        final int capacity = Segment.capacity(arena.objectSize(segmentRef));
        int best = 0;
        int sampled = 0;
        for (int i = next(capacity), left = capacity; left > 0 && sampled < SAMPLE; i = (i + STRIDE) % capacity, left--)
        {
            final int ref = (int) UnsafeApi.getLong(Segment.slotAddress(segment, i));
            best = older(best, ref);
            sampled += ref == 0 ? 0 : 1;
        }
        return best;
    }

    private int drain()
    {
        int ref = ofVictim();
        if (ref == 0)
        {
            victimPage = chooseVictim();
            ref = ofVictim();
        }
        return ref;
    }

    private int ofVictim()
    {
        final int page = victimPage;
        if (page == 0 || page >= arena.pageEnd())
        {
            return 0;
        }
        if (arena.kindOf(page) == Arena.RECORD)
        {
            return liveIn(page, 0, arena.slotsIn(page));
        }
        return arena.kindOf(page) == Arena.CHUNK ? evictable(ownerOf(page)) : 0;
    }

    private int chooseVictim()
    {
        int best = 0;
        int bestCost = Integer.MAX_VALUE;
        int bestRef = 0;
        for (int i = 0; i < TRIES && arena.pageEnd() > 1; i++)
        {
            final int page = randomPage();
            final int kind = arena.kindOf(page);
            final int ref = kind == Arena.RECORD ? liveIn(page, 0, arena.slotsIn(page)) :
                kind == Arena.CHUNK ? evictable(ownerOf(page)) : 0;
            if (ref != 0)
            {
                final int cost = kind == Arena.CHUNK ? 1 : arena.usedIn(page);
                if (cost < bestCost || cost == bestCost && older(bestRef, ref) == ref)
                {
                    best = page;
                    bestCost = cost;
                    bestRef = ref;
                }
            }
        }
        return best != 0 ? best : anyVictim();
    }

    /**
     * The sample found nothing: look through a bounded part of the pages in turn.
     */
    private int anyVictim()
    {
        final int end = arena.pageEnd();
        final int first = end > 1 ? randomPage() : 0;
        for (int i = 0; i < Math.min(end - 1, TRIES * TRIES); i++)
        {
            final int page = 1 + (first - 1 + i) % (end - 1);
            if (arena.kindOf(page) == Arena.RECORD && liveIn(page, 0, arena.slotsIn(page)) != 0)
            {
                return page;
            }
        }
        return 0;
    }

    private int liveIn(final int page, final int from, final int limit)
    {
        final int slots = arena.slotsIn(page);
        for (int i = 0; i < Math.min(limit, slots); i++)
        {
            final int ref = evictable(arena.refAt(page, (from + i) % slots));
            if (ref != 0)
            {
                return ref;
            }
        }
        return 0;
    }

    private int ownerOf(final int page)
    {
        if (arena.sizeIn(page) == Chunks.PAGE)
        {
            return arena.lists().owner(page);
        }
        for (int slot = 0; slot < arena.slotsIn(page); slot++)
        {
            final int ref = arena.refAt(page, slot);
            if (ref != 0)
            {
                return Chunks.ownerOf(UnsafeApi.getLong(arena.address(ref)));
            }
        }
        return 0;
    }

    private int evictable(final int ref)
    {
        if (ref == 0)
        {
            return 0;
        }
        final MapStore store = space.map(view.wrap(ref).structureId());
        return store != null && store.is(MapStore.EVICTABLE) &&
            store.index().findSlot(MapStore.tag(view.hash()), ref) != 0 ? ref : 0;
    }

    private int older(final int left, final int right)
    {
        if (left == 0 || right == 0)
        {
            return left + right;
        }
        final long leftVersion = view.wrap(left).version();
        final int leftTag = MapStore.tag(view.hash());
        final boolean isLeftTraced = space.isTraced(view.structureId());
        final long rightVersion = view.wrap(right).version();
        if (isLeftTraced && space.isTraced(view.structureId()))
        {
            final int later = space.trace().stamp(leftTag) - space.trace().stamp(MapStore.tag(view.hash()));
            if (later != 0)
            {
                return later < 0 ? left : right;
            }
        }
        return leftVersion <= rightVersion ? left : right;
    }

    private int randomPage()
    {
        return 1 + next(arena.pageEnd() - 1);
    }

    private int next(final int bound)
    {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) ((random >>> 33) % bound);
    }
}
