package io.peregrine.node.control;

/**
 * The version of a grid's nodes. All nodes of a grid have the same one: they tell each other the same messages, and
 * decide and apply the same logs to the same end. It is raised with every change of any of that, and is read before
 * anything else of a node or seed that is not known yet.
 */
public final class NodeVersion
{
    /**
     * Version of these nodes.
     */
    public static final long CURRENT = 1;

    private NodeVersion()
    {
    }
}
