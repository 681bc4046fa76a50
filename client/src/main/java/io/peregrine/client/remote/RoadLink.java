package io.peregrine.client.remote;

import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.link.LinkConnection;
import io.peregrine.transport.link.LinkFault;
import io.peregrine.transport.link.LinkHandler;

/**
 * The link to one data agent, of whichever node that is now.
 */
final class RoadLink implements ClientLink
{
    private volatile ClientLink link;

    RoadLink(final ClientLink link)
    {
        this.link = link;
    }

    /**
     * Lead elsewhere from now on. Whoever moves messages.
     */
    void leadBy(final ClientLink other)
    {
        link = other;
    }

    @Override
    public LinkConnection connection()
    {
        return link.connection();
    }

    @Override
    public LinkFault fault()
    {
        return link.fault();
    }

    @Override
    public int work(final long nowNs)
    {
        return link.work(nowNs);
    }

    @Override
    public int poll(final LinkHandler handler, final int limit)
    {
        return link.poll(handler, limit);
    }

    @Override
    public void close()
    {
        link.close();
    }
}
