package io.peregrine.storage.map;

import io.peregrine.storage.memory.Arena;
import io.peregrine.storage.memory.PagePool;
import io.peregrine.storage.memory.PageTable;
import org.agrona.UnsafeApi;

/**
 * Large values: a list of references in the record, to whole pages and then, for what remains, to a few pieces of at
 * most 4 KiB, so that little is lost to rounding. The list follows from the length of the value alone.
 * <p>
 * A piece begins with the reference of its record and its place in the list, so that it can be moved. Whole pages have
 * no header and are never moved; the arena keeps their owner in its side table.
 * <p>
 * A large value is written to free memory and then published by one store of the record's reference: readers see an
 * odd sequence for no longer than with a small one.
 */
final class Chunks
{
    static final int PAGE = PagePool.PAGE_SIZE;
    static final int PIECE_HEADER = 8;
    static final int PIECE = 4096 - PIECE_HEADER;
    static final int PIECES = 4;

    private static final int PAGE_SHIFT = Integer.numberOfTrailingZeros(PAGE);

    private Chunks()
    {
    }

    /**
     * Whole pages of a value. A rest too long for the pieces takes one more.
     */
    static int wholePages(final int valueLength)
    {
        final int rest = valueLength & (PAGE - 1);
        return (valueLength >>> PAGE_SHIFT) + (rest > PIECES * PIECE ? 1 : 0);
    }

    static int pieces(final int valueLength)
    {
        final int rest = valueLength & (PAGE - 1);
        return rest > PIECES * PIECE ? 0 : (rest + PIECE - 1) / PIECE;
    }

    static int count(final int valueLength)
    {
        return wholePages(valueLength) + pieces(valueLength);
    }

    /**
     * Bytes of the last piece with its header, 0 if there is none.
     */
    static int lastPieceSize(final int valueLength)
    {
        final int pieces = pieces(valueLength);
        return pieces == 0 ? 0 : (valueLength & (PAGE - 1)) - (pieces - 1) * PIECE + PIECE_HEADER;
    }

    /**
     * Pages that a value can take at most beyond its record.
     */
    static int worstPages(final int valueLength)
    {
        final int pieces = pieces(valueLength);
        return wholePages(valueLength) + (pieces > 1 ? 1 : 0) + (pieces > 0 ? 1 : 0);
    }

    static void write(
        final Arena arena,
        final int owner,
        final long list,
        final int valueLength,
        final Object base,
        final long offset)
    {
        final int whole = wholePages(valueLength);
        final int count = count(valueLength);
        int done = 0;
        for (int i = 0; i < count; i++)
        {
            final boolean isWhole = i < whole;
            final int length = Math.min(isWhole ? PAGE : PIECE, valueLength - done);
            final int ref = arena.allocate(Arena.CHUNK, isWhole ? PAGE : length + PIECE_HEADER);
            long address = arena.address(ref);
            if (!isWhole)
            {
                UnsafeApi.putLong(address, pieceHeader(owner, i));
                address += PIECE_HEADER;
            }
            UnsafeApi.copyMemory(base, offset + done, null, address, length);
            UnsafeApi.putInt(list + (long) i * Integer.BYTES, ref);
            done += length;
        }
        own(arena, owner, list, valueLength);
    }

    /**
     * Tell the chunks which record they belong to.
     */
    static void own(final Arena arena, final int owner, final long list, final int valueLength)
    {
        final int whole = wholePages(valueLength);
        final int count = count(valueLength);
        for (int i = 0; i < count; i++)
        {
            final int ref = UnsafeApi.getInt(list + (long) i * Integer.BYTES);
            if (i < whole)
            {
                arena.lists().owner(Arena.pageOf(ref), owner);
            }
            else
            {
                UnsafeApi.putLong(arena.address(ref), pieceHeader(owner, i));
            }
        }
    }

    static void free(final Arena arena, final long list, final int valueLength)
    {
        final int count = count(valueLength);
        for (int i = 0; i < count; i++)
        {
            arena.free(UnsafeApi.getInt(list + (long) i * Integer.BYTES));
        }
    }

    static int ownerOf(final long pieceHeader)
    {
        return (int) pieceHeader;
    }

    static int placeOf(final long pieceHeader)
    {
        return (int) (pieceHeader >>> Integer.SIZE);
    }

    /**
     * Copy a part of a value out. Any thread: the list may be garbage.
     *
     * @return false if it is.
     */
    static boolean read(
        final long[] pageTable,
        final long list,
        final int valueLength,
        final int from,
        final int length,
        final Object base,
        final long offset)
    {
        final int whole = wholePages(valueLength);
        int position = from;
        final int end = from + length;
        while (position < end)
        {
            final boolean isWhole = position >>> PAGE_SHIFT < whole;
            final int beyond = position - (whole << PAGE_SHIFT);
            final int place = isWhole ? position >>> PAGE_SHIFT : whole + beyond / PIECE;
            final int within = isWhole ? position & (PAGE - 1) : PIECE_HEADER + beyond % PIECE;
            final int unit = isWhole ? PAGE : PIECE + PIECE_HEADER;
            final int part = Math.min(end - position, unit - within);
            final long chunk = PageTable.locate(pageTable, UnsafeApi.getInt(list + (long) place * Integer.BYTES));
            if (chunk == 0 || within + part > PageTable.placeSize(chunk))
            {
                return false;
            }
            UnsafeApi.copyMemory(null, PageTable.placeAddress(chunk) + within, base, offset + position - from, part);
            position += part;
        }
        return true;
    }

    private static long pieceHeader(final int owner, final int place)
    {
        return ((long) place << Integer.SIZE) | owner;
    }
}
