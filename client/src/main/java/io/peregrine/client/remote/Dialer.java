package io.peregrine.client.remote;

import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.link.ClientLinks;
import io.peregrine.transport.link.LinkConnection;
import io.peregrine.transport.link.LinkFault;
import io.peregrine.transport.link.LinkSettings;
import io.peregrine.transport.monitor.LiveDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private final List<Call> calls = new ArrayList<>();
    private final Path liveDirectory;
    private final LinkSettings settings;
    private final ErrorHandler errorHandler;

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
     */
    public RemotePort connect(final String addresses, final long timeoutNs, final RemoteSettings made)
    {
        for (final String text : addresses.split(","))
        {
            final Roads roads = roads(new Address(text));
            calls.add(new Call(text, roads, roads.open(0)));
        }
        final long startNs = System.nanoTime();
        Call answered = null;
        while (answered == null && !isHopeless() && System.nanoTime() - startNs < timeoutNs &&
            !Thread.currentThread().isInterrupted())
        {
            answered = work();
            if (answered == null)
            {
                LockSupport.parkNanos(STEP_NS);
            }
        }
        if (answered == null)
        {
            return null;
        }
        calls.remove(answered);
        return new RemotePort(made, answered.roads, answered.link, GridFacts.of(answered.link.connection()));
    }

    /**
     * Will no address ever answer as asked?
     *
     * @return true if every node said so.
     */
    public boolean isHopeless()
    {
        for (final Call call : calls)
        {
            if (call.link.fault() == null || !call.link.fault().isFinal())
            {
                return false;
            }
        }
        return true;
    }

    /**
     * What was tried and what came back.
     *
     * @return a clause for each address.
     */
    public String problem()
    {
        final StringBuilder problem = new StringBuilder();
        for (final Call call : calls)
        {
            final LinkFault fault = call.link.fault();
            problem.append(problem.length() == 0 ? "" : "; ").append(call.address).append(": ")
                .append(fault == null ? "no answer" : fault.text());
        }
        return problem.toString();
    }

    /**
     * Give back what did not come to anything. Safe to call twice.
     */
    @Override
    public void close()
    {
        calls.forEach((call) -> CloseHelper.quietClose(call.roads));
        calls.clear();
    }

    private Roads roads(final Address address)
    {
        if (address.isIpc())
        {
            final Path driver = LiveDirectory.driverOf(liveDirectory, address.nodeName());
            return new LinkRoads(ClientLinks.ipc(driver, settings, errorHandler), address.text(), null);
        }
        final DriverDirectory directory = DriverDirectory.create(liveDirectory);
        try
        {
            return new LinkRoads(
                ClientLinks.udp(directory.driver(), settings, errorHandler), address.text(), directory);
        }
        catch (final RuntimeException ex)
        {
            directory.close();
            throw ex;
        }
    }

    private Call work()
    {
        for (final Call call : calls)
        {
            final long nowNs = System.nanoTime();
            call.roads.work(nowNs);
            call.link.work(nowNs);
            final LinkConnection connection = call.link.connection();
            if (connection != null && GridFacts.of(connection) != null)
            {
                return call;
            }
        }
        return null;
    }

    private record Call(String address, Roads roads, ClientLink link)
    {
    }
}
