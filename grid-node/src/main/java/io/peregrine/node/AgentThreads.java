package io.peregrine.node;

import io.peregrine.node.agent.DataAgents;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;

import java.util.concurrent.ThreadFactory;

/**
 * What runs the data agents of a node: a thread for each, or whoever invokes them.
 */
final class AgentThreads
{
    private static final long JOIN_MS = 5_000;

    private final AgentRunner[] runners;
    private final Thread[] threads;
    private final AgentInvoker[] invokers;
    private volatile Thread driver;
    private boolean invoking;

    /**
     * @param invoked whether the application's own thread drives the agents: first the one that makes this.
     */
    AgentThreads(
        final DataAgents agents,
        final boolean invoked,
        final NodeContext context,
        final ErrorHandler errorHandler)
    {
        runners = new AgentRunner[invoked ? 0 : agents.count()];
        threads = new Thread[runners.length];
        invokers = new AgentInvoker[invoked ? agents.count() : 0];
        for (int i = 0; i < runners.length; i++)
        {
            final IdleStrategy idle =
                context.doAgentsBackOff() ? agents.idle(i) : context.idleStrategies().get();
            runners[i] = new AgentRunner(idle, errorHandler, null, agents.agent(i));
        }
        for (int i = 0; i < invokers.length; i++)
        {
            invokers[i] = new AgentInvoker(errorHandler, null, agents.agent(i));
        }
    }

    void start(final String name, final ThreadFactory factory)
    {
        driver = invokers.length > 0 ? Thread.currentThread() : null;
        for (final AgentInvoker invoker : invokers)
        {
            invoker.start();
        }
        for (int i = 0; i < runners.length; i++)
        {
            final AgentRunner runner = runners[i];
            threads[i] = AgentRunner.startOnThread(runner, work -> named(factory.newThread(work), name, runner));
        }
    }

    /**
     * Drive the agents on the calling thread, which is the driving one from now on.
     *
     * @return work done.
     */
    int invoke()
    {
        if (invokers.length == 0)
        {
            throw new IllegalStateException("the node has threads of its own; invoke() is for threading=invoker");
        }

        driver = Thread.currentThread();
        return drive();
    }

    /**
     * Drive the agents if the calling thread is the driving one.
     *
     * @return work done, or -1 when it is not.
     */
    int driveIfOwn()
    {
        return invokers.length > 0 && Thread.currentThread() == driver ? drive() : -1;
    }

    boolean isInvoked()
    {
        return invokers.length > 0;
    }

    boolean isOwnThread()
    {
        for (final AgentRunner runner : runners)
        {
            if (runner.thread() == Thread.currentThread())
            {
                return true;
            }
        }

        return false;
    }

    /**
     * Returns when the agents have ended, also on a thread that is interrupted; its flag stays set.
     */
    void close()
    {
        boolean interrupted = Thread.interrupted();
        for (int i = 0; i < runners.length; i++)
        {
            runners[i].close();
            interrupted |= join(threads[i]);
        }
        if (interrupted)
        {
            Thread.currentThread().interrupt();
        }
        for (final AgentInvoker invoker : invokers)
        {
            invoker.close();
        }
    }

    private int drive()
    {
        if (invoking)
        {
            return 0;
        }

        invoking = true;
        try
        {
            int work = 0;
            for (final AgentInvoker invoker : invokers)
            {
                work += invoker.invoke();
            }
            return work;
        }
        finally
        {
            invoking = false;
        }
    }

    /**
     * The runner stops waiting when its caller is interrupted.
     *
     * @return whether this thread was interrupted meanwhile.
     */
    private static boolean join(final Thread thread)
    {
        boolean interrupted = Thread.interrupted();
        final long startNs = System.nanoTime();
        while (thread != null && thread.isAlive() && System.nanoTime() - startNs < JOIN_MS * 1_000_000)
        {
            try
            {
                thread.join(JOIN_MS);
            }
            catch (final InterruptedException ex)
            {
                interrupted = true;
            }
        }

        return interrupted;
    }

    private static Thread named(final Thread thread, final String name, final AgentRunner runner)
    {
        thread.setName(name + "-" + runner.agent().roleName());
        return thread;
    }
}
