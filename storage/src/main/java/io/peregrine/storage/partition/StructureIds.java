package io.peregrine.storage.partition;

import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.map.MapStore;

/**
 * Ids of structures that every partition may have without the control plane, and what kind an id is of.
 */
public final class StructureIds
{
    /**
     * The locks of the partition.
     */
    public static final int LOCKS = MapStore.MAX_STRUCTURE_ID;
    /**
     * The fences that writes to the partition have carried.
     */
    public static final int FENCES = MapStore.MAX_STRUCTURE_ID - 1;
    /**
     * The counting semaphores of the partition.
     */
    public static final int SEMAPHORES = MapStore.MAX_STRUCTURE_ID - 2;
    /**
     * The countdown latches of the partition.
     */
    public static final int LATCHES = MapStore.MAX_STRUCTURE_ID - 3;
    /**
     * The highest that the control plane may give: what is above is the partitions' own.
     */
    public static final int MAX_GIVEN = MapStore.MAX_STRUCTURE_ID - 16;

    static final int[] WITH_LINES = {LOCKS, SEMAPHORES, LATCHES};

    private StructureIds()
    {
    }

    /**
     * @param id of a structure.
     * @return what it is.
     */
    public static StructureKind kind(final int id)
    {
        return switch (id)
        {
            case LOCKS -> StructureKind.LOCKS;
            case FENCES -> StructureKind.FENCES;
            case SEMAPHORES -> StructureKind.SEMAPHORES;
            case LATCHES -> StructureKind.LATCHES;
            default -> StructureKind.MAP;
        };
    }

    static boolean isGiven(final int id)
    {
        return id >= 1 && id <= MAX_GIVEN;
    }

    /**
     * @return whether a structure of this id and kind may be.
     */
    static boolean isSound(final int id, final int kind)
    {
        return (isGiven(id) || kind(id) != StructureKind.MAP) && kind(id).value() == kind;
    }
}
