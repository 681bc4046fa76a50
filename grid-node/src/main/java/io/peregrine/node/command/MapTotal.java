package io.peregrine.node.command;

import io.peregrine.client.NodeStatus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A map, counted over all nodes that answered.
 *
 * @param name    of it.
 * @param size    its entries.
 * @param counted in so many partitions.
 * @param ttl     how long entries live, or null.
 * @param maxIdle how long entries live unused, or null.
 */
record MapTotal(String name, long size, int counted, Duration ttl, Duration maxIdle)
{
    /**
     * @param picture of the grid.
     * @return the maps in the order of their making.
     */
    static List<MapTotal> of(final GridPicture picture)
    {
        final Map<String, MapTotal> totals = new LinkedHashMap<>();
        picture.here().maps().forEach((map) ->
            totals.put(map.name(), new MapTotal(map.name(), 0, 0, map.ttl(), map.maxIdle())));
        for (final NodeAnswer node : picture.nodes())
        {
            if (node.status() != null)
            {
                node.status().maps().forEach((map) ->
                    totals.computeIfPresent(map.name(), (name, total) -> total.with(map)));
            }
        }
        return new ArrayList<>(totals.values());
    }

    private MapTotal with(final NodeStatus.MapStatus map)
    {
        return new MapTotal(name, size + map.size(), counted + map.counted(), ttl, maxIdle);
    }
}
