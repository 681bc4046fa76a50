package io.peregrine.node.control;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The structures that exist, by number and by name. Immutable: a change gives a new table and costs a copy of two
 * arrays of references, so that any thread may read one without a lock.
 */
public final class StructureTable
{
    /**
     * The largest structure number: what fits into a record's header, less those that are the partitions' own.
     */
    public static final int MAX_STRUCTURE_ID = (1 << 24) - 1 - 16;

    /**
     * The longest name, in UTF-16 units.
     */
    public static final int MAX_NAME_LENGTH = 255;

    static final StructureTable EMPTY =
        new StructureTable(new StructureDefinition[0], new StructureDefinition[0], 1);

    private final StructureDefinition[] byId;
    private final StructureDefinition[] byName;
    private final int nextId;

    private StructureTable(final StructureDefinition[] byId, final StructureDefinition[] byName, final int nextId)
    {
        this.byId = byId;
        this.byName = byName;
        this.nextId = nextId;
    }

    /**
     * @param definitions of structures.
     * @param nextId      number that the next one gets.
     * @return the table of them, or null if they cannot be together: numbers that do not rise or are not below the
     *         next, names that are not unique.
     */
    public static StructureTable of(final List<StructureDefinition> definitions, final int nextId)
    {
        final StructureDefinition[] byId = definitions.toArray(new StructureDefinition[0]);
        final StructureDefinition[] byName = byId.clone();
        Arrays.sort(byName, Comparator.comparing(StructureDefinition::name));
        int last = 0;
        for (int i = 0; i < byId.length; i++)
        {
            if (byId[i].id() <= last || i > 0 && byName[i].name().equals(byName[i - 1].name()))
            {
                return null;
            }
            last = byId[i].id();
        }

        return last < nextId && nextId <= MAX_STRUCTURE_ID + 1 ? new StructureTable(byId, byName, nextId) : null;
    }

    /**
     * @return how many structures exist.
     */
    public int size()
    {
        return byId.length;
    }

    /**
     * @return the number that the next structure gets; every structure that ever existed has a lower one.
     */
    public int nextId()
    {
        return nextId;
    }

    /**
     * @param index of the structure in the order of numbers, from 0.
     * @return its definition.
     */
    public StructureDefinition at(final int index)
    {
        return byId[index];
    }

    /**
     * @param id of a structure, which need not exist.
     * @return the index of the first structure with this number or a higher one; {@link #size()} for none.
     */
    public int indexFrom(final int id)
    {
        final int index = indexOf(id);
        return index >= 0 ? index : -(index + 1);
    }

    /**
     * @param id of the structure.
     * @return its definition, or null when none with this number exists.
     */
    public StructureDefinition byId(final int id)
    {
        final int index = indexOf(id);
        return index >= 0 ? byId[index] : null;
    }

    /**
     * @param name of the structure.
     * @return its definition, or null when none with this name exists.
     */
    public StructureDefinition byName(final String name)
    {
        final int index = indexOf(name);
        return index >= 0 ? byName[index] : null;
    }

    StructureTable with(final StructureDefinition definition)
    {
        return new StructureTable(
            inserted(byId, byId.length, definition),
            inserted(byName, -(indexOf(definition.name()) + 1), definition),
            definition.id() + 1);
    }

    StructureTable without(final StructureDefinition definition)
    {
        return new StructureTable(
            removed(byId, indexOf(definition.id())), removed(byName, indexOf(definition.name())), nextId);
    }

    long digest(final long digest)
    {
        long mixed = Digest.mix(digest, nextId);
        for (final StructureDefinition definition : byId)
        {
            mixed = definition.digest(mixed);
        }

        return mixed;
    }

    private int indexOf(final int id)
    {
        int low = 0;
        int high = byId.length - 1;
        while (low <= high)
        {
            final int middle = (low + high) >>> 1;
            final int found = byId[middle].id();
            if (found == id)
            {
                return middle;
            }
            if (found < id)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -(low + 1);
    }

    private int indexOf(final String name)
    {
        int low = 0;
        int high = byName.length - 1;
        while (low <= high)
        {
            final int middle = (low + high) >>> 1;
            final int order = byName[middle].name().compareTo(name);
            if (order == 0)
            {
                return middle;
            }
            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -(low + 1);
    }

    private static StructureDefinition[] inserted(
        final StructureDefinition[] from, final int index, final StructureDefinition definition)
    {
        final StructureDefinition[] to = Arrays.copyOf(from, from.length + 1);
        System.arraycopy(from, index, to, index + 1, from.length - index);
        to[index] = definition;
        return to;
    }

    private static StructureDefinition[] removed(final StructureDefinition[] from, final int index)
    {
        final StructureDefinition[] to = Arrays.copyOf(from, from.length - 1);
        System.arraycopy(from, index + 1, to, index, from.length - index - 1);
        return to;
    }
}
