package io.peregrine.node.api;

import io.peregrine.client.Grid;
import io.peregrine.client.Grids;
import io.peregrine.node.GridNode;
import io.peregrine.node.NodeSettings;

/**
 * Ways to the API of a node.
 */
final class Apis
{
    private Apis()
    {
    }

    static Grid grid(final GridNode node)
    {
        return Grids.over(node.port(), node.context().get(NodeSettings.CALL_TIMEOUT));
    }
}
