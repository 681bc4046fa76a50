package io.peregrine.node.cluster;

import io.peregrine.node.control.GridSettings;
import io.peregrine.node.control.Joining;
import org.agrona.ErrorHandler;

import java.nio.file.Path;

/**
 * What a node's way to the control plane is made of.
 *
 * @param version       of the node: {@link io.peregrine.node.control.NodeVersion#CURRENT}, or what a test wants.
 * @param seeds         that host the control plane; the node is one of them if its name is.
 * @param grid          name of the grid.
 * @param node          what the node says of itself when it joins.
 * @param host          by which seeds reach this node, if it is none of them.
 * @param directory     of the node, which holds the lock of it; null for none, which a seed may not have.
 * @param driver        directory for the media driver of the control plane.
 * @param settings      of the grid, should it have to be founded.
 * @param absentAfterNs how long the node may be unheard of until it is replaced.
 * @param errors        told of everything that goes wrong, on any thread.
 */
public record ClusterSettings(
    long version,
    Seeds seeds,
    String grid,
    Joining.Node node,
    String host,
    Path directory,
    Path driver,
    GridSettings settings,
    long absentAfterNs,
    ErrorHandler errors)
{
    /**
     * @return which seed this is, or -1.
     */
    int seed()
    {
        return seeds.indexOf(node.key());
    }
}
