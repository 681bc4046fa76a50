package io.peregrine.client;

import io.peregrine.client.config.SettingValues;
import io.peregrine.client.config.SettingsContext;
import java.time.Duration;
import java.util.function.Supplier;
import org.agrona.BitUtil;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;

/**
 * The configuration of one client, concluded when it connects: its settings are in {@link ClientSettings}. Faults that
 * no caller is told of are logged where no other handler is set. One thread.
 */
public final class GridClientContext extends SettingsContext<GridClientContext>
{
    private static final int FRAME_ALIGNMENT = 32;
    private static final int MIN_MTU = 1408;

    /**
     * A context without anything set.
     */
    public GridClientContext()
    {
        super(ClientSettings.ALL, "a client");
    }

    /**
     * @param addresses HOST:PORT or ipc:NODE_NAME, or several with commas between.
     * @return this.
     */
    public GridClientContext connect(final String addresses)
    {
        return set(ClientSettings.CONNECT, addresses);
    }

    /**
     * @param name of the grid that is meant.
     * @return this.
     */
    public GridClientContext grid(final String name)
    {
        return set(ClientSettings.GRID, name);
    }

    /**
     * @param name of this client, for operators.
     * @return this.
     */
    public GridClientContext name(final String name)
    {
        return set(ClientSettings.NAME, name);
    }

    /**
     * @param timeout that connecting waits at most.
     * @return this.
     */
    public GridClientContext connectTimeout(final Duration timeout)
    {
        return set(ClientSettings.CONNECT_TIMEOUT, timeout.toNanos());
    }

    /**
     * @param timeout that a call waits at most.
     * @return this.
     */
    public GridClientContext callTimeout(final Duration timeout)
    {
        return set(ClientSettings.CALL_TIMEOUT, timeout.toNanos());
    }

    /**
     * @param driving who moves messages.
     * @return this.
     */
    public GridClientContext driving(final Driving driving)
    {
        return set(ClientSettings.DRIVING, driving);
    }

    /**
     * @param idling of threads that wait.
     * @return this.
     */
    public GridClientContext idle(final Idling idling)
    {
        return set(ClientSettings.IDLE, idling);
    }

    @Override
    protected GridClientContext self()
    {
        return this;
    }

    @Override
    protected void check(final SettingValues resolved)
    {
        require(isPowerOfTwo(resolved.get(ClientSettings.LANE_MEMORY)), "client.lane.memory must be a power of two");
        require(isPowerOfTwo(resolved.get(ClientSettings.REPLY_RING)), "client.reply.ring must be a power of two");
        final int mtu = resolved.get(ClientSettings.MTU);
        require(
            mtu == 0 || mtu >= MIN_MTU && mtu % FRAME_ALIGNMENT == 0,
            "client.mtu must be 0 or a multiple of 32, 1408 at least");
        require(
            resolved.get(ClientSettings.RETRY_MIN) <= resolved.get(ClientSettings.RETRY_MAX),
            "client.retry.min must not be longer than client.retry.max");
    }

    @Override
    protected Supplier<IdleStrategy> idling()
    {
        return get(ClientSettings.IDLE)::strategy;
    }

    @Override
    protected ErrorHandler faults()
    {
        return GridClientContext::log;
    }

    private static boolean isPowerOfTwo(final long size)
    {
        return size <= 1 << 30 && BitUtil.isPowerOfTwo((int) size);
    }

    private static void log(final Throwable fault)
    {
        System.getLogger(GridClientContext.class.getName())
            .log(System.Logger.Level.WARNING, "a fault in the grid's client, which goes on", fault);
    }
}
