package io.peregrine.client.remote;

import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.link.ClientLinks;
import org.agrona.CloseHelper;

/**
 * Links to the node at one address, over Aeron. One thread at a time.
 */
final class LinkRoads implements Roads
{
    private final ClientLinks links;
    private final String endpoint;
    private final DriverDirectory directory;

    /**
     * @param links     that the links are made of.
     * @param endpoint  of the node; not looked at for links through memory.
     * @param directory that the driver has its files in; null where the driver is the node's.
     */
    LinkRoads(final ClientLinks links, final String endpoint, final DriverDirectory directory)
    {
        this.links = links;
        this.endpoint = endpoint;
        this.directory = directory;
    }

    @Override
    public ClientLink open(final int agent)
    {
        return links.open(endpoint, agent);
    }

    @Override
    public int work(final long nowNs)
    {
        return links.work(nowNs);
    }

    @Override
    public void beforeUnmaking(final Runnable barrier)
    {
        links.beforeUnmaking(barrier);
    }

    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(links, directory);
    }
}
