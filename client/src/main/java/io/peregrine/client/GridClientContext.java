package io.peregrine.client;

import io.peregrine.client.config.BuiltSettings;
import io.peregrine.client.config.ConfigurationException;
import io.peregrine.client.config.Setting;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.client.config.SettingValues;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.agrona.BitUtil;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;

/**
 * The configuration of one client: settings, each of which may also come from a properties file, the environment or a
 * system property in that order of rising strength, and the dependencies of the client, each with a default. Concluded
 * once, when it connects. One thread.
 */
public final class GridClientContext
{
    private static final int FRAME_ALIGNMENT = 32;

    private final BuiltSettings built = new BuiltSettings();
    private SettingInputs inputs;
    private SettingValues values;
    private Supplier<IdleStrategy> idleStrategies;
    private ThreadFactory threadFactory;
    private ErrorHandler errorHandler;

    /**
     * Set a setting in code, the weakest source after its default.
     *
     * @param setting one of {@link ClientSettings}.
     * @param value   for it.
     * @param <T>     type of the value.
     * @return this.
     */
    public <T> GridClientContext set(final Setting<T> setting, final T value)
    {
        requireOpen();
        built.set(setting, value);
        return this;
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

    /**
     * @param from environment and system properties to look into, instead of the process's own.
     * @return this.
     */
    public GridClientContext inputs(final SettingInputs from)
    {
        requireOpen();
        inputs = from;
        return this;
    }

    /**
     * @param supplier of an idle strategy for each thread that needs one, instead of the setting {@code client.idle}.
     * @return this.
     */
    public GridClientContext idleStrategies(final Supplier<IdleStrategy> supplier)
    {
        requireOpen();
        idleStrategies = supplier;
        return this;
    }

    /**
     * @param factory of the client's own thread.
     * @return this.
     */
    public GridClientContext threadFactory(final ThreadFactory factory)
    {
        requireOpen();
        threadFactory = factory;
        return this;
    }

    /**
     * @param handler told of faults that no caller is told of; by default they are logged.
     * @return this.
     */
    public GridClientContext errorHandler(final ErrorHandler handler)
    {
        requireOpen();
        errorHandler = handler;
        return this;
    }

    /**
     * Resolve every setting and check how they fit together.
     *
     * @return this, not to be changed any more.
     * @throws ConfigurationException that says what is wrong, where it was found and how to mend it.
     */
    public GridClientContext conclude()
    {
        requireOpen();
        final SettingValues resolved = SettingValues.resolve(
            ClientSettings.ALL, built, inputs == null ? SettingInputs.ofProcess() : inputs);
        require(isPowerOfTwo(resolved.get(ClientSettings.LANE_MEMORY)), "client.lane.memory must be a power of two");
        require(isPowerOfTwo(resolved.get(ClientSettings.REPLY_RING)), "client.reply.ring must be a power of two");
        require(resolved.get(ClientSettings.MTU) % FRAME_ALIGNMENT == 0, "client.mtu must be a multiple of 32");
        require(
            resolved.get(ClientSettings.RETRY_MIN) <= resolved.get(ClientSettings.RETRY_MAX),
            "client.retry.min must not be longer than client.retry.max");
        values = resolved;
        idleStrategies = idleStrategies == null ? get(ClientSettings.IDLE)::strategy : idleStrategies;
        threadFactory = threadFactory == null ? GridClientContext::newThread : threadFactory;
        errorHandler = errorHandler == null ? GridClientContext::log : errorHandler;
        return this;
    }

    /**
     * @param setting one of {@link ClientSettings}.
     * @param <T>     type of the value.
     * @return its value, once concluded.
     */
    public <T> T get(final Setting<T> setting)
    {
        return values().get(setting);
    }

    /**
     * @return the values of all settings and where they came from, once concluded.
     */
    public SettingValues values()
    {
        if (values == null)
        {
            throw new IllegalStateException("the context is not concluded yet");
        }
        return values;
    }

    Supplier<IdleStrategy> idleStrategies()
    {
        return idleStrategies;
    }

    ThreadFactory threadFactory()
    {
        return threadFactory;
    }

    ErrorHandler errorHandler()
    {
        return errorHandler;
    }

    private void requireOpen()
    {
        if (values != null)
        {
            throw new IllegalStateException("the context is concluded: a client needs a context of its own");
        }
    }

    private static boolean isPowerOfTwo(final long size)
    {
        return size <= 1 << 30 && BitUtil.isPowerOfTwo((int) size);
    }

    private static void require(final boolean condition, final String message)
    {
        if (!condition)
        {
            throw new ConfigurationException(message);
        }
    }

    /**
     * A client does not keep the JVM of its application alive.
     */
    private static Thread newThread(final Runnable work)
    {
        final Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    private static void log(final Throwable fault)
    {
        System.getLogger(GridClientContext.class.getName())
            .log(System.Logger.Level.WARNING, "a fault in the grid's client, which goes on", fault);
    }
}
