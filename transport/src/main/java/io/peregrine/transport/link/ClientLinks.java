package io.peregrine.transport.link;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.driver.MediaDriver;
import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.TimeoutException;
import io.aeron.status.PublicationErrorFrame;
import io.peregrine.transport.DriverFactory;
import io.peregrine.transport.guard.GuardedEndpoints;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentTerminationException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What the links of one client share: a media driver and an Aeron client, or, where the client sees the directory of
 * the node's driver, an Aeron client only. Both are made anew when they died, as after a long pause of the process. One
 * thread at a time, also for the links' own methods that say so; nothing in it waits for another process.
 */
public final class ClientLinks implements AutoCloseable
{
    private static final int LINKS = 128;
    private static final long REMAKE_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long DRIVER_SILENCE_MS = 2_000;
    private static final String CNC_FILE = "cnc.dat";
    /**
     * What an Aeron client says of a driver that gave it up before it noticed itself how long it had stood still.
     */
    private static final String GIVEN_UP_BY_DRIVER = "unexpected close of heartbeat timestamp counter";

    private final Path directory;
    private final boolean isIpc;
    private final int maxLinks;
    private final LinkSettings settings;
    private final ErrorHandler errorHandler;
    private final ArrayList<AeronClientLink> links = new ArrayList<>();
    private MediaDriver driver;
    private Aeron aeron;
    private PacedDriver paced;
    private PacedConductor conductor;
    private Runnable barrier = () -> { };
    private Object driverFile;
    private String problem;
    private long triedNs;
    private boolean hasTried;
    private boolean isClosed;

    private ClientLinks(
        final Path directory,
        final boolean isIpc,
        final int maxLinks,
        final LinkSettings settings,
        final ErrorHandler errorHandler)
    {
        this.directory = directory;
        this.isIpc = isIpc;
        this.maxLinks = maxLinks;
        this.settings = settings;
        this.errorHandler = (fault) ->
        {
            if (!isMadeAnew(fault))
            {
                errorHandler.onError(fault);
            }
        };
    }

    /**
     * Links over UDP, by a media driver of the client's own.
     *
     * @param directory    for the driver's mapped files; made anew, and deleted on close.
     * @param settings     of each link.
     * @param errorHandler for what goes wrong in driver and client; not for links that fail, which say why.
     * @return with the driver started.
     */
    public static ClientLinks udp(
        final Path directory, final LinkSettings settings, final ErrorHandler errorHandler)
    {
        return udp(directory, LINKS, settings, errorHandler);
    }

    /**
     * Links over UDP of many clients that share a media driver.
     *
     * @param directory    for the driver's mapped files; made anew, and deleted on close.
     * @param maxLinks     links at one time; the driver has counters for no more.
     * @param settings     of each link.
     * @param errorHandler for what goes wrong in driver and client; not for links that fail, which say why.
     * @return with the driver started.
     */
    public static ClientLinks udp(
        final Path directory, final int maxLinks, final LinkSettings settings, final ErrorHandler errorHandler)
    {
        final ClientLinks links = new ClientLinks(directory, false, maxLinks, settings, errorHandler);
        links.make();
        return links;
    }

    /**
     * Links through the memory of a node on the same machine.
     *
     * @param directory    of the node's media driver; the node may come and go.
     * @param settings     of each link.
     * @param errorHandler for what goes wrong in the Aeron client; not for links that fail, which say why.
     * @return what connects as soon as the node's driver is there.
     */
    public static ClientLinks ipc(
        final Path directory, final LinkSettings settings, final ErrorHandler errorHandler)
    {
        return new ClientLinks(directory, true, LINKS, settings, errorHandler);
    }

    /**
     * Open a link to one data agent of a node. It connects by being worked.
     *
     * @param endpoint host and port of the node; not looked at for links through memory.
     * @param agent    number of the data agent.
     * @return the link.
     */
    public ClientLink open(final String endpoint, final int agent)
    {
        if (isClosed)
        {
            throw new IllegalStateException("closed");
        }

        final AeronClientLink link = new AeronClientLink(this, endpoint, agent, settings);
        links.add(link);
        return link;
    }

    /**
     * Say who has to be asked before the memory of the connections goes away, under which others may be sending.
     *
     * @param newBarrier run by the thread that works or closes; nothing may be sent by an old connection after it.
     */
    public void beforeUnmaking(final Runnable newBarrier)
    {
        barrier = newBarrier;
    }

    /**
     * Drive the media driver and the Aeron client once, for all links.
     *
     * @param nowNs of a monotonic clock.
     * @return work done.
     */
    public int work(final long nowNs)
    {
        if (aeron == null || aeron.isClosed())
        {
            return isClosed ? 0 : remake(nowNs);
        }

        final int work = paced == null ? 0 : paced.work();
        return work + conductor.work(nowNs);
    }

    /**
     * Close all links and give everything back. Safe to call twice.
     */
    @Override
    public void close()
    {
        if (!isClosed)
        {
            for (int i = links.size() - 1; i >= 0; i--)
            {
                links.get(i).close();
            }
            // What was said last has to leave the driver before that ends.
            if (paced != null)
            {
                paced.walk();
            }
            isClosed = true;
            unmake();
        }
    }

    boolean isUp()
    {
        return aeron != null && !aeron.isClosed();
    }

    /**
     * @return why there is no Aeron client, or null.
     */
    String problem()
    {
        return problem;
    }

    /**
     * An attempt begins: a node that was started anew has another driver in the same directory.
     */
    void onAttempt()
    {
        if (isIpc && isUp() && !Objects.equals(driverFile, fileKey()))
        {
            unmake();
        }
    }

    ClientStreams newStreams(final String endpoint, final int agent)
    {
        final int mtu = settings.mtu() > 0 ? settings.mtu() : isIpc ? PathMtu.LOCAL : PathMtu.to(endpoint);
        final String lengths = "|mtu=" + mtu + "|term-length=" + settings.termLength() + "|sparse=true";
        return isIpc ?
            new ClientStreams(aeron, "aeron:ipc?control-mode=response", "aeron:ipc?alias=client" + lengths, agent) :
            new ClientStreams(
                aeron,
                "aeron:udp?control-mode=response|control=" + LinkProtocol.answerEndpoint(endpoint),
                "aeron:udp?endpoint=" + endpoint + lengths,
                agent);
    }

    boolean isCurrent(final Aeron of)
    {
        return of == aeron && isUp();
    }

    Aeron aeron()
    {
        return aeron;
    }

    void remove(final AeronClientLink link)
    {
        links.remove(link);
    }

    private int remake(final long nowNs)
    {
        if (hasTried && nowNs - triedNs < REMAKE_NS)
        {
            return 0;
        }

        hasTried = true;
        triedNs = nowNs;
        unmake();
        try
        {
            make();
            return 1;
        }
        catch (final RuntimeException ex)
        {
            problem = ex.getMessage();
            unmake();
            return 0;
        }
    }

    private void make()
    {
        if (isIpc)
        {
            driverFile = fileKey();
            if (driverFile == null ||
                !CommonContext.isDriverActive(directory.toFile(), DRIVER_SILENCE_MS, ClientLinks::ignore))
            {
                problem = "no media driver of a running node in " + directory +
                    ": start the node, with 'bind' set and the same 'live.dir'";
                return;
            }
            aeron = DriverFactory.connect(directory, errorHandler, this::onPublicationError);
        }
        else
        {
            final GuardedEndpoints endpoints = new GuardedEndpoints();
            driver = DriverFactory.launchInvoked(directory, maxLinks, endpoints, errorHandler);
            paced = new PacedDriver(driver.sharedAgentInvoker(), endpoints, errorHandler);
            aeron = DriverFactory.connect(driver, errorHandler, this::onPublicationError);
        }
        conductor = new PacedConductor(aeron.conductorAgentInvoker());
        problem = null;
    }

    private void unmake()
    {
        barrier.run();
        for (int i = links.size() - 1; i >= 0; i--)
        {
            links.get(i).onUnmade();
        }
        CloseHelper.quietCloseAll(aeron, driver);
        aeron = null;
        driver = null;
        paced = null;
    }

    private Object fileKey()
    {
        try
        {
            final BasicFileAttributes attributes =
                Files.readAttributes(directory.resolve(CNC_FILE), BasicFileAttributes.class);
            return attributes.fileKey() + " " + attributes.creationTime();
        }
        catch (final IOException ex)
        {
            return null;
        }
    }

    private void onPublicationError(final PublicationErrorFrame frame)
    {
        for (int i = links.size() - 1; i >= 0; i--)
        {
            links.get(i).onPublicationError(frame.registrationId(), frame.errorMessage());
        }
    }

    /**
     * A node that ends takes its driver along, and a process that stood still for long is given up by its own: what
     * the links say of it is enough, as all is made anew.
     */
    private static boolean isMadeAnew(final Throwable fault)
    {
        return fault instanceof TimeoutException || fault instanceof AgentTerminationException ||
            fault.getCause() instanceof NoSuchFileException ||
            fault instanceof AeronException && fault.getMessage().contains(GIVEN_UP_BY_DRIVER);
    }

    private static void ignore(final String message)
    {
        // What there is to say stands in the problem.
    }
}
