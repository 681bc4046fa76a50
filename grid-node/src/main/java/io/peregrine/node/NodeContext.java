package io.peregrine.node;

import io.peregrine.client.Idling;
import io.peregrine.client.config.BuiltSettings;
import io.peregrine.client.config.ConfigurationException;
import io.peregrine.client.config.Setting;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.client.config.SettingValues;
import org.agrona.BitUtil;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/**
 * The configuration of one node: settings, each of which may also come from a properties file, the environment or a
 * system property in that order of rising strength, and the dependencies of the node, each with a default. Concluded
 * once, by the launch. One thread.
 */
public final class NodeContext
{
    private static final long LEAST_SHARE = 4L << 20;

    private final BuiltSettings built = new BuiltSettings();
    private SettingInputs inputs;
    private SettingValues values;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private EpochClock epochClock = SystemEpochClock.INSTANCE;
    private Supplier<IdleStrategy> idleStrategies;
    private ThreadFactory threadFactory;
    private ErrorHandler errorHandler;

    /**
     * Set a setting in code, the weakest source after its default.
     *
     * @param setting one of {@link NodeSettings}.
     * @param value   for it.
     * @param <T>     type of the value.
     * @return this.
     */
    public <T> NodeContext set(final Setting<T> setting, final T value)
    {
        requireOpen();
        built.set(setting, value);
        return this;
    }

    /**
     * @param name of the node, unique in its grid and on its machine.
     * @return this.
     */
    public NodeContext name(final String name)
    {
        return set(NodeSettings.NAME, name);
    }

    /**
     * @param directory that the node keeps locked for itself.
     * @return this.
     */
    public NodeContext dir(final String directory)
    {
        return set(NodeSettings.DIR, directory);
    }

    /**
     * @param address HOST:PORT at which the node is reached.
     * @return this.
     */
    public NodeContext bind(final String address)
    {
        return set(NodeSettings.BIND, address);
    }

    /**
     * @param threading which threads the node runs on.
     * @return this.
     */
    public NodeContext threading(final Threading threading)
    {
        return set(NodeSettings.THREADING, threading);
    }

    /**
     * @param agents number of data agents.
     * @return this.
     */
    public NodeContext agents(final int agents)
    {
        return set(NodeSettings.AGENTS, agents);
    }

    /**
     * @param partitions of the grid.
     * @return this.
     */
    public NodeContext partitions(final int partitions)
    {
        return set(NodeSettings.PARTITIONS, partitions);
    }

    /**
     * @param bytes outside the Java heap that stores may take.
     * @return this.
     */
    public NodeContext memoryLimit(final long bytes)
    {
        return set(NodeSettings.MEMORY_LIMIT, bytes);
    }

    /**
     * @param policy at the memory limit.
     * @return this.
     */
    public NodeContext memoryPolicy(final MemoryPolicy policy)
    {
        return set(NodeSettings.MEMORY_POLICY, policy);
    }

    /**
     * @param idling of threads with nothing to do.
     * @return this.
     */
    public NodeContext idle(final Idling idling)
    {
        return set(NodeSettings.IDLE, idling);
    }

    /**
     * @param from environment and system properties to look into, instead of the process's own.
     * @return this.
     */
    public NodeContext inputs(final SettingInputs from)
    {
        requireOpen();
        inputs = from;
        return this;
    }

    /**
     * @param clock monotonic, in nanoseconds.
     * @return this.
     */
    public NodeContext nanoClock(final NanoClock clock)
    {
        requireOpen();
        nanoClock = clock;
        return this;
    }

    /**
     * @param clock of the wall; only shown, never reckoned with.
     * @return this.
     */
    public NodeContext epochClock(final EpochClock clock)
    {
        requireOpen();
        epochClock = clock;
        return this;
    }

    /**
     * @param supplier of an idle strategy for each thread that needs one, instead of the setting {@code idle}.
     * @return this.
     */
    public NodeContext idleStrategies(final Supplier<IdleStrategy> supplier)
    {
        requireOpen();
        idleStrategies = supplier;
        return this;
    }

    /**
     * @param factory of the threads of the data agents.
     * @return this.
     */
    public NodeContext threadFactory(final ThreadFactory factory)
    {
        requireOpen();
        threadFactory = factory;
        return this;
    }

    /**
     * @param handler told of every fault, besides the node's own error log.
     * @return this.
     */
    public NodeContext errorHandler(final ErrorHandler handler)
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
    public NodeContext conclude()
    {
        requireOpen();
        final SettingValues resolved = SettingValues.resolve(
            NodeSettings.ALL, built, inputs == null ? SettingInputs.ofProcess() : inputs);
        require(BitUtil.isPowerOfTwo(resolved.get(NodeSettings.REQUEST_RING)), "request.ring must be a power of two");
        require(BitUtil.isPowerOfTwo(resolved.get(NodeSettings.REPLY_RING)), "reply.ring must be a power of two");
        require(
            BitUtil.isPowerOfTwo(resolved.get(NodeSettings.CLIENTS_TERM)), "clients.term must be a power of two");
        require(
            resolved.get(NodeSettings.CLIENTS_SILENCE) >= 2 * resolved.get(NodeSettings.CLIENTS_BEAT),
            "clients.silence must be at least twice clients.beat: raise clients.silence or lower clients.beat");
        final int agents = resolved.get(NodeSettings.AGENTS);
        require(
            agents <= resolved.get(NodeSettings.PARTITIONS),
            "agents must not be more than partitions: lower agents");
        require(
            resolved.get(NodeSettings.MEMORY_LIMIT) / agents >= LEAST_SHARE,
            "memory.limit must be at least 4m for each of the agents: raise memory.limit or lower agents");
        values = resolved;
        if (idleStrategies == null)
        {
            idleStrategies = get(NodeSettings.IDLE)::strategy;
        }
        if (threadFactory == null)
        {
            threadFactory = NodeContext::newThread;
        }
        return this;
    }

    /**
     * @param setting one of {@link NodeSettings}.
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

    NanoClock nanoClock()
    {
        return nanoClock;
    }

    EpochClock epochClock()
    {
        return epochClock;
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

    boolean isConcluded()
    {
        return values != null;
    }

    private void requireOpen()
    {
        if (values != null)
        {
            throw new IllegalStateException("the context is concluded: a node needs a context of its own");
        }
    }

    private static void require(final boolean condition, final String message)
    {
        if (!condition)
        {
            throw new ConfigurationException(message);
        }
    }

    /**
     * A node does not keep the JVM of its application alive.
     */
    private static Thread newThread(final Runnable work)
    {
        final Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }
}
