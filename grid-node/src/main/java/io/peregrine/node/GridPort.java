package io.peregrine.node;

import io.peregrine.client.port.LocalReads;
import io.peregrine.client.port.RequestLane;
import io.peregrine.client.port.RequestPort;
import io.peregrine.client.remote.RemotePort;

/**
 * The way of callers in a node's process to a grid of several nodes: what this node leads is read from its memory, and
 * all else goes the way of a client, first to this node and from there to whoever leads. Any thread.
 */
final class GridPort implements RequestPort, AutoCloseable
{
    private final RequestPort node;
    private final RemotePort grid;

    /**
     * @param node the memory of this node.
     * @param grid the way of a client, closed with this.
     */
    GridPort(final RequestPort node, final RemotePort grid)
    {
        this.node = node;
        this.grid = grid;
    }

    @Override
    public int partitions()
    {
        return node.partitions();
    }

    @Override
    public int maxKeyLength()
    {
        return node.maxKeyLength();
    }

    @Override
    public int maxValueLength()
    {
        return node.maxValueLength();
    }

    @Override
    public RequestLane openLane()
    {
        return grid.openLane();
    }

    @Override
    public LocalReads localReads(final int structureId)
    {
        return node.localReads(grid.gridStructure(structureId));
    }

    @Override
    public boolean isClosed()
    {
        return node.isClosed() || grid.isClosed();
    }

    @Override
    public boolean isConnected()
    {
        return grid.isConnected();
    }

    @Override
    public void close()
    {
        grid.close();
    }
}
