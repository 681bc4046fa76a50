package io.peregrine.client;

import io.peregrine.client.remote.Dialer;
import io.peregrine.client.remote.RemotePort;
import io.peregrine.client.remote.RemoteSettings;
import io.peregrine.transport.link.LinkSettings;
import io.peregrine.transport.process.JvmFlags;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;

/**
 * A connection of this process to a grid. Made by {@link #connect(GridClientContext)}, usable when that returns, ended
 * by {@link #close()}. A lost connection is made again by itself; calls wait for that at most for their own time. Any
 * thread may call it, and {@link #grid()} may be used by any number of threads.
 */
public final class GridClient implements AutoCloseable
{
    private static final int TERM_LENGTH = 128 * 1024;
    private static final int MTUS_IN_TERM = 2;
    private static final long ATTEMPT_NS = TimeUnit.SECONDS.toNanos(3);

    private final GridClientContext context;
    private final RemotePort port;
    private final Grid grid;

    private GridClient(final GridClientContext context, final RemotePort port)
    {
        this.context = context;
        this.port = port;
        this.grid = Grids.over(
            port, context.get(ClientSettings.CALL_TIMEOUT), context.get(ClientSettings.CLOSE_TIMEOUT));
    }

    /**
     * Connect with settings from files, environment and system properties only.
     *
     * @return the client, connected.
     */
    public static GridClient connect()
    {
        return connect(new GridClientContext());
    }

    /**
     * Connect to a grid.
     *
     * @param context of this client alone; concluded here.
     * @return the client, connected.
     * @throws io.peregrine.client.config.ConfigurationException when a setting cannot be used as given.
     * @throws io.peregrine.transport.process.StartupException   when the machine or the process is not fit for it.
     * @throws RefusedException when no node answered in time: it says what was tried and what came back.
     * @throws FailedException  when every node answered that it never will work as asked.
     */
    public static GridClient connect(final GridClientContext context)
    {
        JvmFlags.check();
        context.conclude();
        try (Dialer dialer = new Dialer(
            Path.of(context.get(ClientSettings.LIVE_DIR)), linkSettings(context), context.errorHandler()))
        {
            final long timeoutNs = context.get(ClientSettings.CONNECT_TIMEOUT);
            final RemotePort port =
                dialer.connect(context.get(ClientSettings.CONNECT), timeoutNs, remoteSettings(context));
            if (port == null)
            {
                throw failure(dialer, timeoutNs);
            }
            return new GridClient(context, port);
        }
    }

    /**
     * @return the grid, always the same object; it fails once the client is closed.
     */
    public Grid grid()
    {
        return grid;
    }

    /**
     * @return the configuration, concluded.
     */
    public GridClientContext context()
    {
        return context;
    }

    /**
     * Is the node reached now?
     *
     * @return false while the connection is made anew, and for ever once the client was closed.
     */
    public boolean isConnected()
    {
        return !isClosed() && port.isConnected();
    }

    /**
     * Answers that came and found no room at the thread that waits for them. They are asked for again, so no call is
     * wrong for it; where there are many, threads ask for more than they take: a longer {@code client.reply.ring}
     * helps.
     *
     * @return how many since it connected.
     */
    public long droppedAnswers()
    {
        return port.droppedAnswers();
    }

    /**
     * Answers that made no sense: with lengths that do not add up, pieces out of order, or of another kind than what
     * was asked. They are dropped and asked for again, so no call is wrong for it; where there are any, something is
     * wrong with a node, or somebody else answers in its place.
     *
     * @return how many since it connected.
     */
    public long malformedAnswers()
    {
        return port.malformedAnswers();
    }

    /**
     * Was it closed?
     *
     * @return true if no call will work any more.
     */
    public boolean isClosed()
    {
        return grid.isClosed();
    }

    /**
     * Tell the node goodbye and give everything back. Calls that wait come to their end. Safe to call twice and from
     * any thread; only the first call closes. In a callback it returns before that is done, as that waits for the
     * callback's end.
     */
    @Override
    public void close()
    {
        grid.close();
        port.close();
    }

    private static GridException failure(final Dialer dialer, final long timeoutNs)
    {
        if (dialer.isHopeless())
        {
            return Errors.failed(ErrorCode.NOT_CONNECTED, "no node takes this client: " + dialer.problem());
        }
        if (Thread.currentThread().isInterrupted())
        {
            return Errors.interruptedBefore();
        }
        return new RefusedException(ErrorCode.NOT_CONNECTED, "no node answered within " + Durations.shown(timeoutNs) +
            ": " + dialer.problem() + "; nothing was done; start a node there, or correct client.connect");
    }

    private static LinkSettings linkSettings(final GridClientContext context)
    {
        final int mtu = context.get(ClientSettings.MTU);
        return new LinkSettings(
            ThreadLocalRandom.current().nextLong(),
            context.get(ClientSettings.NAME),
            context.get(ClientSettings.GRID),
            mtu,
            Math.max(TERM_LENGTH, BitUtil.findNextPositivePowerOfTwo(MTUS_IN_TERM * mtu)),
            ATTEMPT_NS,
            context.get(ClientSettings.RETRY_MIN),
            context.get(ClientSettings.RETRY_MAX));
    }

    private static RemoteSettings remoteSettings(final GridClientContext context)
    {
        return new RemoteSettings(
            context.get(ClientSettings.LANES),
            context.get(ClientSettings.LANE_REQUESTS),
            context.get(ClientSettings.LANE_MEMORY).intValue(),
            context.get(ClientSettings.REPLY_RING).intValue(),
            context.get(ClientSettings.SESSION_TIMEOUT),
            context.get(ClientSettings.CLOSE_TIMEOUT),
            context.get(ClientSettings.DRIVING) == Driving.AGENT,
            context.idleStrategies(),
            context.threadFactory(),
            context.errorHandler());
    }
}
