package io.peregrine.client.remote;

import io.peregrine.transport.link.LinkSettings;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

/**
 * Makes the first connection: asks all addresses at once, and takes the first that answers. For the thread that
 * connects.
 */
public final class Dialer implements AutoCloseable
{
    private static final long STEP_NS = 100_000;

    private final Path liveDirectory;
    private final LinkSettings settings;
    private final ErrorHandler errorHandler;
    private Roads roads;

    /**
     * @param liveDirectory where nodes of this machine are found, and where the driver has its files.
     * @param settings      of the links.
     * @param errorHandler  for what goes wrong below the links.
     */
    public Dialer(final Path liveDirectory, final LinkSettings settings, final ErrorHandler errorHandler)
    {
        this.liveDirectory = liveDirectory;
        this.settings = settings;
        this.errorHandler = errorHandler;
    }

    /**
     * Connect to the first node that answers.
     *
     * @param addresses HOST:PORT or ipc:NODE_NAME, with commas between.
     * @param timeoutNs how long to try.
     * @param made      settings of the way that comes of it.
     * @return null when no node answered: {@link #problem} says why.
     * @throws io.peregrine.transport.process.StartupException when no address can be asked from this machine.
     */
    public RemotePort connect(final String addresses, final long timeoutNs, final RemoteSettings made)
    {
        roads = new Roads(
            Address.list(addresses),
            (address) -> LinkCarrier.to(address, liveDirectory, settings, errorHandler),
            this::rest);
        final long startNs = System.nanoTime();
        roads.look(startNs);
        while (!roads.isSettled() && !isHopeless() && System.nanoTime() - startNs < timeoutNs &&
            !Thread.currentThread().isInterrupted())
        {
            roads.work(System.nanoTime());
            if (!roads.isSettled())
            {
                LockSupport.parkNanos(STEP_NS);
            }
        }
        if (!roads.isSettled())
        {
            return null;
        }
        final RemotePort port = new RemotePort(made, roads);
        roads = null;
        return port;
    }

    /**
     * Will no address ever answer as asked?
     *
     * @return true if every node said so.
     */
    public boolean isHopeless()
    {
        return roads.isHopeless();
    }

    /**
     * What was tried and what came back.
     *
     * @return a clause for each address.
     */
    public String problem()
    {
        return roads.problem();
    }

    /**
     * Give back what did not come to anything. Safe to call twice.
     */
    @Override
    public void close()
    {
        CloseHelper.close(roads);
        roads = null;
    }

    /**
     * By chance, so that the clients of a node that ends do not ask another one all at once.
     */
    private long rest()
    {
        return settings.minBackoffNs() + ThreadLocalRandom.current().nextLong(settings.minBackoffNs() + 1);
    }
}
