package io.peregrine.client.config;

import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;

/**
 * The configuration of one thing that is launched: settings, each of which may also come from a properties file, the
 * environment or a system property in that order of rising strength, and its dependencies, each with a default.
 * Concluded once, by the launch. One thread.
 *
 * @param <C> the type of the context itself.
 */
public abstract class SettingsContext<C extends SettingsContext<C>>
{
    private final BuiltSettings built = new BuiltSettings();
    private final SettingList all;
    private final String owner;
    private SettingInputs inputs;
    private SettingValues values;
    private Supplier<IdleStrategy> idleStrategies;
    private ThreadFactory threadFactory;
    private ErrorHandler errorHandler;

    /**
     * A context without anything set.
     *
     * @param all   settings there are.
     * @param owner what is launched, for messages.
     */
    protected SettingsContext(final SettingList all, final String owner)
    {
        this.all = all;
        this.owner = owner;
    }

    /**
     * Set a setting in code, the weakest source after its default.
     *
     * @param setting one of those of this context.
     * @param value   for it.
     * @param <T>     type of the value.
     * @return this.
     */
    public <T> C set(final Setting<T> setting, final T value)
    {
        requireOpen();
        built.set(setting, value);
        return self();
    }

    /**
     * @param from environment and system properties to look into, instead of the process's own.
     * @return this.
     */
    public C inputs(final SettingInputs from)
    {
        requireOpen();
        inputs = from;
        return self();
    }

    /**
     * @param supplier of an idle strategy for each thread that needs one, instead of the setting.
     * @return this.
     */
    public C idleStrategies(final Supplier<IdleStrategy> supplier)
    {
        requireOpen();
        idleStrategies = supplier;
        return self();
    }

    /**
     * @param factory of threads; those of the default one do not keep the JVM alive.
     * @return this.
     */
    public C threadFactory(final ThreadFactory factory)
    {
        requireOpen();
        threadFactory = factory;
        return self();
    }

    /**
     * @param handler told of faults that no caller is told of.
     * @return this.
     */
    public C errorHandler(final ErrorHandler handler)
    {
        requireOpen();
        errorHandler = handler;
        return self();
    }

    /**
     * Resolve every setting and check how they fit together.
     *
     * @return this, not to be changed any more.
     * @throws ConfigurationException that says what is wrong, where it was found and how to mend it.
     */
    public C conclude()
    {
        requireOpen();
        final SettingValues resolved =
            SettingValues.resolve(all, built, inputs == null ? SettingInputs.ofProcess() : inputs);
        check(resolved);
        values = resolved;
        idleStrategies = idleStrategies == null ? idling() : idleStrategies;
        threadFactory = threadFactory == null ? SettingsContext::newThread : threadFactory;
        errorHandler = errorHandler == null ? faults() : errorHandler;
        return self();
    }

    /**
     * @return whether it can be changed no more.
     */
    public boolean isConcluded()
    {
        return values != null;
    }

    /**
     * @param setting one of those of this context.
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

    /**
     * @return the idle strategies of its threads, once concluded.
     */
    public Supplier<IdleStrategy> idleStrategies()
    {
        return idleStrategies;
    }

    /**
     * @return what makes its threads, once concluded.
     */
    public ThreadFactory threadFactory()
    {
        return threadFactory;
    }

    /**
     * @return who is told of faults, once concluded; may be null where faults are kept elsewhere too.
     */
    public ErrorHandler errorHandler()
    {
        return errorHandler;
    }

    /**
     * @return this.
     */
    protected abstract C self();

    /**
     * Check how settings fit together.
     *
     * @param resolved values.
     * @throws ConfigurationException when they do not.
     */
    protected abstract void check(SettingValues resolved);

    /**
     * @return idle strategies as the setting says, once the values are there.
     */
    protected abstract Supplier<IdleStrategy> idling();

    /**
     * @return who is told of faults where nothing else was said; may be null.
     */
    protected abstract ErrorHandler faults();

    /**
     * To be called before anything is changed.
     */
    protected final void requireOpen()
    {
        if (values != null)
        {
            throw new IllegalStateException("the context is concluded: " + owner + " needs a context of its own");
        }
    }

    /**
     * A part of the check.
     *
     * @param condition that must hold.
     * @param message   what to do where it does not.
     */
    protected static void require(final boolean condition, final String message)
    {
        if (!condition)
        {
            throw new ConfigurationException(message);
        }
    }

    /**
     * What is launched does not keep the JVM of its application alive.
     */
    private static Thread newThread(final Runnable work)
    {
        final Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }
}
