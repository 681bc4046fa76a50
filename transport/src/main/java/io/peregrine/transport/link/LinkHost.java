package io.peregrine.transport.link;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.exceptions.AeronException;
import io.peregrine.transport.DriverFactory;
import io.peregrine.transport.DriverLimits;
import io.peregrine.transport.guard.GuardTally;
import io.peregrine.transport.guard.GuardedEndpoints;
import io.peregrine.transport.process.StartupException;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.IdleStrategy;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The media driver of a node, shared by its data agents. It works when it is invoked, by one thread, or has a thread of
 * its own.
 */
public final class LinkHost implements AutoCloseable
{
    private static final int FAREWELL_CYCLES = 10;
    private static final long LISTEN_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long IDLE_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long FAREWELL_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final MediaDriver driver;
    private final Path directory;
    private final ErrorHandler errorHandler;
    private final AgentInvoker invoker;
    private final PacedDriver paced;
    private final GuardTally tally;
    private boolean isClosed;

    private LinkHost(
        final MediaDriver driver,
        final Path directory,
        final GuardedEndpoints endpoints,
        final GuardTally tally,
        final ErrorHandler errorHandler)
    {
        this.tally = tally;
        this.driver = driver;
        this.directory = directory;
        this.errorHandler = errorHandler;
        invoker = driver.sharedAgentInvoker();
        paced = invoker == null ? null : new PacedDriver(invoker, endpoints, errorHandler);
    }

    /**
     * Launch the driver.
     *
     * @param directory    for its mapped files; made anew, and deleted on close.
     * @param limits       on what comes from outside.
     * @param errorHandler for everything that goes wrong later.
     * @param idle         for the thread of the driver, or null: then {@link #work()} drives it.
     * @return with nothing listening yet.
     */
    public static LinkHost open(
        final Path directory, final DriverLimits limits, final ErrorHandler errorHandler, final IdleStrategy idle)
    {
        final GuardedEndpoints endpoints = new GuardedEndpoints();
        final GuardTally tally = new GuardTally();
        return new LinkHost(
            DriverFactory.launchGuarded(directory, limits, endpoints, tally, errorHandler, idle),
            directory,
            endpoints,
            tally,
            errorHandler);
    }

    /**
     * Listen for the links of one data agent. Before the driver is given to the thread that drives it.
     *
     * @param endpoint host and port.
     * @param agent    number of the data agent.
     * @param settings limits.
     * @param identity said in each Welcome.
     * @param handler  of what comes.
     * @return to be worked and closed by one thread, and closed before this; it listens already.
     * @throws StartupException when it cannot listen there.
     */
    public LinkServer listen(
        final String endpoint,
        final int agent,
        final LinkServerSettings settings,
        final LinkIdentity identity,
        final LinkServerHandler handler)
    {
        // A driver that is invoked shows that it lives only then, and is not found when starting took its time.
        work();
        final LinkServer server = new LinkServer(
            this::connect, new LinkServerStreams(endpoint, agent), settings, identity, newOutbox(), handler);
        try
        {
            awaitListening(server);
            return server;
        }
        catch (final AeronException ex)
        {
            server.close();
            throw new StartupException("cannot listen at " + endpoint + " (" + ex.getMessage() + "): correct 'bind'.",
                ex);
        }
    }

    private void awaitListening(final LinkServer server)
    {
        final long startNs = System.nanoTime();
        while (!server.isListening())
        {
            if (System.nanoTime() - startNs > LISTEN_NS)
            {
                throw new AeronException("the media driver does not answer");
            }
            if (work() + server.work(System.nanoTime()) == 0)
            {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
    }

    /**
     * An Aeron client of the driver, without a thread.
     *
     * @return to be invoked and closed by one thread.
     */
    public Aeron connect()
    {
        return DriverFactory.connect(directory, errorHandler, (frame) -> { });
    }

    /**
     * For one more thread that says which streams have something to send. Before the driver is given to the thread that
     * drives it.
     *
     * @return that thread's.
     */
    public Outbox newOutbox()
    {
        return paced == null ? new Outbox(false) : paced.newOutbox();
    }

    /**
     * Drive the driver, where it has no thread of its own.
     *
     * @return work done.
     */
    public int work()
    {
        return paced == null ? 0 : paced.work();
    }

    /**
     * Let answers leave now rather than with the next work.
     */
    public void flush()
    {
        if (paced != null)
        {
            paced.flush();
        }
    }

    /**
     * Datagrams that were dropped before they came to anything. Any thread.
     *
     * @return a count.
     */
    public long droppedDatagrams()
    {
        return tally.dropped();
    }

    /**
     * Let what was said last leave, and give everything back. Safe to call twice.
     */
    @Override
    public void close()
    {
        if (!isClosed)
        {
            isClosed = true;
            for (int i = 0; i < FAREWELL_CYCLES; i++)
            {
                if (invoker == null)
                {
                    LockSupport.parkNanos(FAREWELL_NS);
                }
                else
                {
                    invoker.invoke();
                }
            }
            CloseHelper.close(driver);
        }
    }
}
