package io.peregrine.storage.map;

import io.peregrine.storage.memory.Arena;
import io.peregrine.storage.memory.SizeClasses;
import org.agrona.UnsafeApi;

/**
 * Empties sparsely used pages by moving what is in them to free places of other pages of the same size, so that memory
 * is not stranded when the sizes of values change. Writer thread.
 * <p>
 * A page is worth it when the free places of the other pages that were looked at hold all of it. A call moves a
 * bounded number of objects and goes on with the same page next time. A record is found in its index by the hash of
 * its key, an index segment in its directory by its prefix, a piece of a large value in the list of its record.
 */
final class Compactor
{
    private static final int PAGES_LOOKED_AT = 32;

    private final MapSpace space;
    private final Arena arena;
    private final RecordView view;
    private int page;

    Compactor(final MapSpace space, final RecordView view)
    {
        this.space = space;
        this.arena = space.arena();
        this.view = view;
    }

    int compact(final int limit)
    {
        int work = 0;
        while (work < limit)
        {
            if (page == 0 || !isWorthIt(page))
            {
                page = choose();
                if (page == 0)
                {
                    break;
                }
            }
            final int moved = empty(limit - work);
            work += moved;
            if (moved == 0)
            {
                page = 0;
                break;
            }
        }
        return work;
    }

    void close()
    {
        page = 0;
    }

    private boolean isWorthIt(final int candidate)
    {
        final int kind = candidate < arena.pageEnd() ? arena.kindOf(candidate) : -1;
        if (kind < 0 || arena.usedIn(candidate) == arena.slotsIn(candidate))
        {
            return false;
        }
        final int first = arena.lists().partial(kind, SizeClasses.indexOf(arena.sizeIn(candidate)));
        return freeBeside(first, candidate) >= arena.usedIn(candidate);
    }

    private int freeBeside(final int first, final int candidate)
    {
        int free = 0;
        int looked = 0;
        for (int at = first; at != 0 && looked < PAGES_LOOKED_AT; at = arena.lists().next(at), looked++)
        {
            free += at == candidate ? 0 : arena.slotsIn(at) - arena.usedIn(at);
        }
        return free;
    }

    private int choose()
    {
        int best = 0;
        int bestBytes = Integer.MAX_VALUE;
        for (int kind = Arena.RECORD; kind <= Arena.CHUNK; kind++)
        {
            for (int sizeClass = SizeClasses.COUNT - 1; sizeClass >= 0; sizeClass--)
            {
                final int candidate = emptiest(arena.lists().partial(kind, sizeClass));
                final int bytes =
                    candidate == 0 ? Integer.MAX_VALUE : arena.usedIn(candidate) * arena.sizeIn(candidate);
                if (bytes < bestBytes)
                {
                    best = candidate;
                    bestBytes = bytes;
                }
            }
        }
        return best;
    }

    private int emptiest(final int first)
    {
        int best = 0;
        int looked = 0;
        for (int at = first; at != 0 && looked < PAGES_LOOKED_AT; at = arena.lists().next(at), looked++)
        {
            best = best == 0 || arena.usedIn(at) < arena.usedIn(best) ? at : best;
        }
        return best != 0 && freeBeside(first, best) >= arena.usedIn(best) ? best : 0;
    }

    private int empty(final int limit)
    {
        final int source = page;
        final int kind = arena.kindOf(source);
        final int slots = arena.slotsIn(source);
        int moved = 0;
        for (int slot = 0; slot < slots && moved < limit; slot++)
        {
            final int ref = arena.refAt(source, slot);
            if (ref != 0)
            {
                final int target = arena.allocateBeside(source);
                final boolean isLast = arena.usedIn(source) == 1;
                if (target == 0 || !move(kind, ref, target))
                {
                    break;
                }
                moved++;
                if (isLast)
                {
                    page = 0;
                    break;
                }
            }
        }
        return moved;
    }

    private boolean move(final int kind, final int ref, final int target)
    {
        final boolean isMoved;
        switch (kind)
        {
            case Arena.RECORD:
                isMoved = moveRecord(ref, target);
                break;
            case Arena.SEGMENT:
                isMoved = moveSegment(ref, target);
                break;
            default:
                isMoved = movePiece(ref, target);
                break;
        }
        if (!isMoved)
        {
            arena.free(target);
        }
        return isMoved;
    }

    private boolean moveRecord(final int ref, final int target)
    {
        final MapStore store = space.map(view.wrap(ref).structureId());
        final int tag = MapStore.tag(view.hash());
        final long slot = store == null ? 0 : store.index().findSlot(tag, ref);
        if (slot == 0)
        {
            return false;
        }
        space.records().copy(ref, target);
        space.lock().beginWrite();
        UnsafeApi.putLong(slot, Segment.slot(tag, target));
        space.lock().endWrite();
        space.records().moved(ref, target);
        arena.free(ref);
        return true;
    }

    private boolean moveSegment(final int ref, final int target)
    {
        final MapStore store = space.map(Segment.structureId(arena.address(ref)));
        return store != null && store.index().move(ref, target);
    }

    private boolean movePiece(final int ref, final int target)
    {
        final long piece = arena.address(ref);
        final long header = UnsafeApi.getLong(piece);
        final long owner = arena.address(Chunks.ownerOf(header));
        final long list = RecordLayout.listAddress(owner, RecordLayout.shape(owner));
        UnsafeApi.copyMemory(piece, arena.address(target), arena.objectSize(ref));
        space.lock().beginWrite();
        UnsafeApi.putInt(list + (long) Chunks.placeOf(header) * Integer.BYTES, target);
        space.lock().endWrite();
        arena.free(ref);
        return true;
    }
}
