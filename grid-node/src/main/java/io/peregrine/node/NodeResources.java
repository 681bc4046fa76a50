package io.peregrine.node;

import io.peregrine.transport.DriverLimits;
import io.peregrine.transport.link.LinkHost;
import io.peregrine.transport.link.LinkProtocol;
import io.peregrine.transport.monitor.LiveDirectory;
import io.peregrine.transport.monitor.NodeFile;
import io.peregrine.transport.process.DirectoryLock;
import io.peregrine.transport.process.JvmFlags;
import io.peregrine.transport.process.UdpPort;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

import java.nio.file.Path;

/**
 * What a node takes from its machine before it starts: the lock on its directory, the mapped file it shows itself in,
 * its address. All of it or none. Used by the thread that launches and the thread that closes.
 */
final class NodeResources implements ErrorHandler, AutoCloseable
{
    /**
     * Streams that are on their way out, or have come and are not looked at yet.
     */
    private static final int SPARE_STREAMS = 256;

    private final ErrorHandler also;
    private DirectoryLock lock;
    private NodeFile file;
    private LinkHost host;

    private NodeResources(final ErrorHandler also)
    {
        this.also = also;
    }

    /**
     * @throws io.peregrine.transport.process.StartupException that says what is missing and what to do.
     */
    static NodeResources acquire(final NodeContext context)
    {
        JvmFlags.check();
        final NodeResources resources = new NodeResources(context.errorHandler());
        try
        {
            resources.acquireAll(context);
            return resources;
        }
        catch (final Throwable ex)
        {
            resources.close();
            throw ex;
        }
    }

    NodeFile file()
    {
        return file;
    }

    /**
     * @return the media driver, or null for a node that nobody else reaches.
     */
    LinkHost host()
    {
        return host;
    }

    /**
     * Faults go to the mapped file, and to the application where it asked for them.
     */
    @Override
    public void onError(final Throwable fault)
    {
        file.onError(fault);
        if (also != null)
        {
            also.onError(fault);
        }
    }

    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(host, file, lock);
    }

    private void acquireAll(final NodeContext context)
    {
        final String directory = context.get(NodeSettings.DIR);
        if (!directory.isEmpty())
        {
            lock = DirectoryLock.acquire(Path.of(directory));
        }

        final String address = context.get(NodeSettings.BIND);
        if (!address.isEmpty())
        {
            UdpPort.check(address);
            UdpPort.check(LinkProtocol.answerEndpoint(address));
        }

        final Path liveDirectory = Path.of(context.get(NodeSettings.LIVE_DIR));
        final String name = context.get(NodeSettings.NAME);
        file = NodeFile.create(liveDirectory, name, context.epochClock());
        if (!address.isEmpty())
        {
            final boolean dedicated = context.get(NodeSettings.THREADING) == Threading.DEDICATED;
            host = LinkHost.open(
                LiveDirectory.driverOf(liveDirectory, name),
                new DriverLimits(
                    context.get(NodeSettings.CLIENTS) + SPARE_STREAMS,
                    context.get(NodeSettings.AGENTS),
                    context.get(NodeSettings.CLIENTS_TERM).intValue(),
                    NodePeers.limits(context)),
                this,
                dedicated ? context.idleStrategies().get() : null);
        }
    }
}
