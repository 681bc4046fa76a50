package io.peregrine.storage.partition;

import org.agrona.collections.Long2LongHashMap;

/**
 * How far into the order of (structure, cursor) an entry takes effect here: everywhere, except while a snapshot and the
 * log are being joined.
 */
final class Frontier
{
    private static final long NEVER = -1;

    private final Long2LongHashMap listed = new Long2LongHashMap(NEVER);
    private int structureId = StructureTable.NONE;
    private long cursor;

    /**
     * Everything before this place.
     */
    void set(final int newStructureId, final long newCursor)
    {
        structureId = newStructureId;
        cursor = newCursor;
    }

    boolean covers(final int id, final long hash)
    {
        return id < structureId || id == structureId && Long.compareUnsigned(ChunkRange.cursorOf(hash), cursor) < 0;
    }

    boolean coversWhole(final int id)
    {
        return id < structureId;
    }

    /**
     * The cursor before which a structure is covered, where it is covered in part.
     */
    long cursorIn(final int id)
    {
        return id == structureId ? cursor : 0;
    }

    /**
     * A chunk of this sequence says that the structure is there.
     */
    void listed(final int id, final long sequence)
    {
        listed.put(id, sequence);
    }

    /**
     * Was the structure there again, or still, at a sequence after this one?
     */
    boolean isListedAfter(final int id, final long sequence)
    {
        return listed.get(id) >= sequence;
    }
}
