package io.peregrine.node.partition;

import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.StructureDefinition;
import io.peregrine.node.control.StructureTable;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.IntArrayList;

/**
 * The structures that exist as one data agent knows them, for a look-up by number on every request. Owned by the agent.
 */
final class Structures
{
    private final Int2ObjectHashMap<StructureDefinition> byId = new Int2ObjectHashMap<>();
    private StructureTable table;

    /**
     * @param id of a structure.
     * @return its definition, or null when it does not exist.
     */
    StructureDefinition find(final int id)
    {
        return byId.get(id);
    }

    /**
     * @param id of a structure.
     * @return whether it may have been created by a decision that has not come here yet.
     */
    boolean mayCome(final int id)
    {
        return table != null && id >= table.nextId();
    }

    int size()
    {
        return byId.size();
    }

    /**
     * Take what was decided.
     *
     * @param view    of the control plane.
     * @param dropped receives the numbers of the structures that are gone.
     */
    void update(final ControlView view, final IntArrayList dropped)
    {
        final StructureTable next = view.structures();
        if (next == table)
        {
            return;
        }

        if (table != null)
        {
            removeGone(next, dropped);
        }
        for (int i = next.size() - 1; i >= 0; i--)
        {
            final StructureDefinition definition = next.at(i);
            if (table != null && definition.id() < table.nextId())
            {
                break;
            }
            byId.put(definition.id(), definition);
        }

        table = next;
    }

    private void removeGone(final StructureTable next, final IntArrayList dropped)
    {
        final int kept = next.size() - countFrom(next, table.nextId());
        if (kept == table.size())
        {
            return;
        }

        for (int i = 0; i < table.size(); i++)
        {
            final int id = table.at(i).id();
            if (next.byId(id) == null)
            {
                byId.remove(id);
                dropped.addInt(id);
            }
        }
    }

    /**
     * A number is never given twice and numbers rise, so what is new stands at the end of the table.
     */
    private static int countFrom(final StructureTable table, final int id)
    {
        int count = 0;
        while (count < table.size() && table.at(table.size() - 1 - count).id() >= id)
        {
            count++;
        }

        return count;
    }
}
