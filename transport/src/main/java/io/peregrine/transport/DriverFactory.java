package io.peregrine.transport;

import io.aeron.Aeron;
import io.aeron.CncFileDescriptor;
import io.aeron.PublicationErrorFrameHandler;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.exceptions.AeronEvent;
import io.peregrine.transport.guard.GuardTally;
import io.peregrine.transport.guard.GuardedEndpoints;
import io.peregrine.transport.guard.GuardedReceiver;
import io.peregrine.transport.guard.GuardedSender;
import io.peregrine.transport.guard.StreamRules;
import io.peregrine.transport.process.StartupException;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpLock;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The one place where media drivers and Aeron clients are made, so that a new version of Aeron is met here.
 * <p>
 * Everything is small, as a node is embedded: buffers of Aeron's default size would fill a container's shared memory.
 * Every part has an error handler, as the default one of a client ends the JVM when its driver dies.
 */
public final class DriverFactory
{
    /**
     * Length of a term where a channel does not state its own, in bytes.
     */
    public static final int TERM_LENGTH = 64 * 1024;

    /**
     * Room that a driver of this size needs in its directory's file system, in bytes.
     */
    public static final long ROOM = 16L * 1024 * 1024;

    /**
     * A thread that was sending when its client is closed has this long to come to an end.
     */
    private static final long CLOSE_LINGER_NS = 10_000_000;

    /**
     * A stream by which nothing comes for so long is let go of: longer than a link may be silent.
     */
    private static final long IMAGE_LIVENESS_NS = 4_000_000_000L;

    /**
     * What was sent last may be asked for again for so long after a stream was closed.
     */
    private static final long LINGER_NS = 1_000_000_000L;

    /**
     * Many send to one socket, or one many, and what finds no room there is lost and has to be sent again.
     */
    private static final int RECEIVE_BUFFER = 4 * 1024 * 1024;

    /**
     * A gap is asked for again only after the sender could have filled it, as where the machine is busy asking more
     * makes it busier.
     */
    private static final long NAK_DELAY_NS = 500_000L;
    private static final int NAK_RETRIES = 50;

    private static final int MAX_TERM_LENGTH = 16 * 1024 * 1024;
    private static final int COUNTERS_LENGTH = 1024 * 1024;
    private static final int ERRORS_LENGTH = 4 * 1024 * 1024;

    private DriverFactory()
    {
    }

    /**
     * Launches a driver that works only when it is invoked: {@code driver.sharedAgentInvoker()}, by one thread.
     *
     * @param directory    for its mapped files; deleted and made anew, and deleted on close.
     * @param errorHandler for everything that goes wrong in it.
     * @return the driver, started.
     */
    public static MediaDriver launchInvoked(final Path directory, final ErrorHandler errorHandler)
    {
        return launchInvoked(directory, 1, new GuardedEndpoints(), errorHandler);
    }

    /**
     * As the other form, for whoever moves datagrams also between two cycles of the driver.
     *
     * @param directory    for its mapped files; deleted and made anew, and deleted on close.
     * @param maxStreams   streams that may come in at one time, and as many may leave.
     * @param endpoints    that the driver's are added to.
     * @param errorHandler for everything that goes wrong in it.
     * @return the driver, started.
     */
    public static MediaDriver launchInvoked(
        final Path directory,
        final int maxStreams,
        final GuardedEndpoints endpoints,
        final ErrorHandler errorHandler)
    {
        final MediaDriver.Context context = context(directory, errorHandler)
            .socketRcvbufLength(receiveBuffer())
            .counterValuesBufferLength(new DriverLimits(maxStreams, 1, MAX_TERM_LENGTH).countersLength());
        return launchSmall(guard(context, StreamRules.of(MAX_TERM_LENGTH), endpoints, new GuardTally())
            .threadingMode(ThreadingMode.INVOKER));
    }

    /**
     * Launches a driver with a thread of its own.
     *
     * @param directory    for its mapped files; deleted and made anew, and deleted on close.
     * @param errorHandler for everything that goes wrong in it.
     * @param idle         for its thread.
     * @return the driver, started.
     */
    public static MediaDriver launchShared(
        final Path directory, final ErrorHandler errorHandler, final IdleStrategy idle)
    {
        final MediaDriver.Context context = context(directory, errorHandler);
        return launch(guard(context, StreamRules.of(MAX_TERM_LENGTH), new GuardedEndpoints(), new GuardTally())
            .threadingMode(ThreadingMode.SHARED).sharedIdleStrategy(idle));
    }

    /**
     * Launches a driver that others reach from outside, within limits.
     *
     * @param directory    for its mapped files; deleted and made anew, and deleted on close.
     * @param limits       on what comes from outside.
     * @param endpoints    that the driver's are added to.
     * @param tally        of what is dropped.
     * @param errorHandler for everything that goes wrong in it.
     * @param idle         for a thread of its own, or null for one that works only when it is invoked.
     * @return the driver, started.
     */
    public static MediaDriver launchGuarded(
        final Path directory,
        final DriverLimits limits,
        final GuardedEndpoints endpoints,
        final GuardTally tally,
        final ErrorHandler errorHandler,
        final IdleStrategy idle)
    {
        final MediaDriver.Context context = context(directory, errorHandler)
            .streamSessionLimit(limits.maxStreams())
            .socketRcvbufLength(receiveBuffer())
            .nakUnicastDelayNs(NAK_DELAY_NS)
            .nakUnicastRetryDelayRatio(NAK_RETRIES)
            .counterValuesBufferLength(limits.countersLength())
            .imageLivenessTimeoutNs(IMAGE_LIVENESS_NS)
            .publicationLingerTimeoutNs(LINGER_NS);
        final PeerLimits peers = limits.peers();
        final StreamRules rules = new StreamRules(
            limits.maxTermLength(), true, peers.firstStream(), peers.streams(), peers.termLength());
        guard(context, rules, endpoints, tally);
        return launch(idle == null ?
            context.threadingMode(ThreadingMode.INVOKER) :
            context.threadingMode(ThreadingMode.SHARED).sharedIdleStrategy(idle));
    }

    /**
     * Connects a client to a driver of this process. The client has no thread: whoever owns it invokes
     * {@code aeron.conductorAgentInvoker()}, and where the driver is invoked too, does both in one thread.
     *
     * @param driver       to connect to.
     * @param errorHandler for everything that goes wrong in the client.
     * @return the client.
     */
    public static Aeron connect(final MediaDriver driver, final ErrorHandler errorHandler)
    {
        return connect(driver, errorHandler, PublicationErrorFrameHandler.NO_OP);
    }

    /**
     * As the other form, and is told of receivers that reject what is sent to them.
     *
     * @param driver       to connect to.
     * @param errorHandler for everything that goes wrong in the client.
     * @param rejections   told on the invoking thread.
     * @return the client.
     */
    public static Aeron connect(
        final MediaDriver driver, final ErrorHandler errorHandler, final PublicationErrorFrameHandler rejections)
    {
        final Aeron.Context context = client(driver.aeronDirectoryName(), errorHandler, rejections);
        if (driver.sharedAgentInvoker() != null)
        {
            context.driverAgentInvoker(driver.sharedAgentInvoker());
        }
        return Aeron.connect(context);
    }

    /**
     * Connects a client to a driver that another thread or process drives.
     *
     * @param directory    of the driver, which has to be active.
     * @param errorHandler for everything that goes wrong in the client.
     * @param rejections   told on the invoking thread.
     * @return the client, without a thread.
     */
    public static Aeron connect(
        final Path directory, final ErrorHandler errorHandler, final PublicationErrorFrameHandler rejections)
    {
        return Aeron.connect(client(directory.toString(), errorHandler, rejections));
    }

    private static Aeron.Context client(
        final String directory, final ErrorHandler errorHandler, final PublicationErrorFrameHandler rejections)
    {
        return new Aeron.Context()
            .aeronDirectoryName(directory)
            .useConductorAgentInvoker(true)
            .clientLock(NoOpLock.INSTANCE)
            .closeLingerDurationNs(CLOSE_LINGER_NS)
            .publicationErrorFrameHandler(rejections)
            .errorHandler(errorHandler)
            .subscriberErrorHandler(errorHandler);
    }

    private static MediaDriver.Context context(final Path directory, final ErrorHandler errorHandler)
    {
        return new MediaDriver.Context()
            .aeronDirectoryName(directory.toString())
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true)
            .warnIfDirectoryExists(false)
            .termBufferSparseFile(true)
            .performStorageChecks(false)
            .publicationTermBufferLength(TERM_LENGTH)
            .ipcTermBufferLength(TERM_LENGTH)
            .counterValuesBufferLength(COUNTERS_LENGTH)
            .errorBufferLength(ERRORS_LENGTH)
            .asyncExecutorEnabled(false)
            .errorHandler((fault) -> onFault(fault, errorHandler));
    }

    /**
     * What happens to streams of others, such as their rejection, is no fault here, and there is no end to it.
     */
    private static void onFault(final Throwable fault, final ErrorHandler errorHandler)
    {
        if (!(fault instanceof AeronEvent))
        {
            errorHandler.onError(fault);
        }
    }

    private static MediaDriver.Context guard(
        final MediaDriver.Context context,
        final StreamRules rules,
        final GuardedEndpoints endpoints,
        final GuardTally tally)
    {
        return context
            .receiveChannelEndpointSupplier((channel, dispatcher, status, driver) -> new GuardedReceiver(
                channel, dispatcher, status, driver, endpoints, rules, tally))
            .sendChannelEndpointSupplier((channel, status, driver) ->
                new GuardedSender(channel, status, driver, endpoints, tally));
    }

    /**
     * @return what the system grants, up to what is wished for.
     */
    private static int receiveBuffer()
    {
        try (DatagramChannel channel = DatagramChannel.open())
        {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            return Math.min(RECEIVE_BUFFER, channel.getOption(StandardSocketOptions.SO_RCVBUF));
        }
        catch (final IOException ex)
        {
            return 0;
        }
    }

    /**
     * One that takes memory for what it uses only: there may be many of the kind on a machine.
     */
    private static MediaDriver launchSmall(final MediaDriver.Context context)
    {
        final MediaDriver driver = launch(context);
        final Path file = Path.of(driver.aeronDirectoryName()).resolve(CncFileDescriptor.CNC_FILE);
        try
        {
            UnusedPages.giveBack(file);
            return driver;
        }
        catch (final IOException ex)
        {
            CloseHelper.quietClose(driver);
            throw new StartupException("the media driver's file " + file + " cannot be written (" + ex +
                "): make room there (in a container: a larger /dev/shm), or set another directory.", ex);
        }
    }

    private static MediaDriver launch(final MediaDriver.Context context)
    {
        checkRoom(Path.of(context.aeronDirectoryName()).toAbsolutePath().getParent());
        return MediaDriver.launchEmbedded(context);
    }

    private static void checkRoom(final Path parent)
    {
        try
        {
            Files.createDirectories(parent);
            final long free = Files.getFileStore(parent).getUsableSpace();
            if (free < ROOM)
            {
                throw new StartupException("the media driver needs " + ROOM / 1024 + " KiB in " + parent +
                    ", which has " + free / 1024 + ": make room there (in a container: a larger /dev/shm), or set " +
                    "another directory (setting 'live.dir').");
            }
        }
        catch (final IOException ex)
        {
            throw new StartupException("the directory " + parent + " cannot be used for the media driver (" + ex +
                "): set another directory (setting 'live.dir').", ex);
        }
    }
}
