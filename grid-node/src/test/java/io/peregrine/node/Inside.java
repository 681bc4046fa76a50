package io.peregrine.node;

import io.peregrine.node.partition.AgentPartitions;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * The partitions within a node, for tests that drive it on their own thread.
 */
public final class Inside
{
    private Inside()
    {
    }

    /**
     * @param node driven by the calling thread.
     * @return the partitions of each of its agents.
     */
    public static List<AgentPartitions> partitionsOf(final GridNode node)
    {
        final Object agents = field(field(node, "agents"), "agents");
        final List<AgentPartitions> partitions = new ArrayList<>();
        for (int i = 0; i < Array.getLength(agents); i++)
        {
            partitions.add((AgentPartitions) field(Array.get(agents, i), "partitions"));
        }
        return partitions;
    }

    private static Object field(final Object of, final String name)
    {
        try
        {
            final Field field = of.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(of);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new AssertionError(ex);
        }
    }
}
