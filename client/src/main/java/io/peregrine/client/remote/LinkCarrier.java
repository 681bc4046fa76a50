package io.peregrine.client.remote;

import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.link.ClientLinks;
import io.peregrine.transport.link.LinkSettings;
import io.peregrine.transport.monitor.LiveDirectory;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

/**
 * Links over Aeron. One thread at a time.
 */
final class LinkCarrier implements Carrier
{
    private final ClientLinks links;
    private final DriverDirectory directory;

    /**
     * @param links     that the links are made of.
     * @param directory that the driver has its files in; null where the driver is the node's.
     */
    private LinkCarrier(final ClientLinks links, final DriverDirectory directory)
    {
        this.links = links;
        this.directory = directory;
    }

    /**
     * Make what carries to an address.
     *
     * @throws io.peregrine.transport.process.StartupException when there is no place for a media driver.
     */
    static LinkCarrier to(
        final Address address,
        final Path liveDirectory,
        final LinkSettings settings,
        final ErrorHandler errorHandler)
    {
        if (address.isIpc())
        {
            final Path driver = LiveDirectory.driverOf(liveDirectory, address.nodeName());
            return new LinkCarrier(ClientLinks.ipc(driver, settings, errorHandler), null);
        }
        final DriverDirectory directory = DriverDirectory.create(liveDirectory);
        try
        {
            return new LinkCarrier(ClientLinks.udp(directory.driver(), settings, errorHandler), directory);
        }
        catch (final RuntimeException ex)
        {
            directory.close();
            throw ex;
        }
    }

    @Override
    public ClientLink open(final Address address, final int agent)
    {
        return links.open(address.text(), agent);
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
