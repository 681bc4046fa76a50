package io.peregrine.transport.link;

import org.agrona.DirectBuffer;

/**
 * What a node says of itself in a Welcome. Immutable.
 */
public final class LinkIdentity
{
    private final long incarnation;
    private final long gridId;
    private final String gridName;
    private final byte[] gridNameBytes;
    private final byte[] nodeNameBytes;
    private final DirectBuffer greeting;

    /**
     * A node's identity.
     *
     * @param incarnation another number after each start of the node.
     * @param gridId      of the grid's memory.
     * @param gridName    of the grid.
     * @param nodeName    of the node.
     * @param greeting    for the layer above, at most {@link LinkProtocol#MAX_GREETING_LENGTH} bytes; not changed any
     *                    more.
     */
    public LinkIdentity(
        final long incarnation,
        final long gridId,
        final String gridName,
        final String nodeName,
        final DirectBuffer greeting)
    {
        if (greeting.capacity() > LinkProtocol.MAX_GREETING_LENGTH)
        {
            throw new IllegalArgumentException("the greeting is too long: " + greeting.capacity());
        }
        this.incarnation = incarnation;
        this.gridId = gridId;
        this.gridName = gridName;
        this.gridNameBytes = HandshakeWriter.utf8(gridName, LinkProtocol.MAX_NAME_LENGTH);
        this.nodeNameBytes = HandshakeWriter.utf8(nodeName, LinkProtocol.MAX_NAME_LENGTH);
        this.greeting = greeting;
    }

    /**
     * The start of the node.
     *
     * @return another number after each.
     */
    public long incarnation()
    {
        return incarnation;
    }

    /**
     * The memory of the grid.
     *
     * @return another number when all was lost.
     */
    public long gridId()
    {
        return gridId;
    }

    String gridName()
    {
        return gridName;
    }

    byte[] gridNameBytes()
    {
        return gridNameBytes;
    }

    byte[] nodeNameBytes()
    {
        return nodeNameBytes;
    }

    DirectBuffer greeting()
    {
        return greeting;
    }
}
