package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlPlane;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Joining;
import io.peregrine.node.control.Member;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

import java.util.function.Consumer;

/**
 * The control plane on Aeron Cluster, as a node sees it; on a seed it runs the seed's part too. One thread, which
 * sleeps when there is nothing to do, does everything; the others leave word for it.
 */
public final class ClusterControl implements ControlPlane
{
    private static final int MOST_WORDS = 4096;

    private final Worker worker;
    private final AgentRunner runner;
    private final ManyToOneConcurrentArrayQueue<Consumer<Worker>> words =
        new ManyToOneConcurrentArrayQueue<>(MOST_WORDS);
    private final Joining joining;
    private volatile ControlView view = ControlView.EMPTY;
    private volatile boolean isReachable;
    private volatile String trouble = "the control plane was not reached yet";
    private volatile boolean isClosed;

    private ClusterControl(final ClusterSettings settings, final ClusterTimes times)
    {
        joining = new Joining(settings.node());
        worker = new Worker(settings, times);
        runner = new AgentRunner(new ControlIdle(worker::hasNews), settings.errors(), null, worker);
    }

    /**
     * Begin to be part of a grid. Returns at once; how far it has come is in {@link #self()} and {@link #trouble()}.
     *
     * @param settings of the node.
     * @return the node's way to the control plane.
     * @throws io.peregrine.transport.process.StartupException where the node's directory is not its own.
     */
    public static ClusterControl launch(final ClusterSettings settings)
    {
        return launch(settings, ClusterTimes.USUAL);
    }

    static ClusterControl launch(final ClusterSettings settings, final ClusterTimes times)
    {
        final ClusterControl control = new ClusterControl(settings, times);
        AgentRunner.startOnThread(control.runner, task ->
        {
            final Thread thread = new Thread(task, settings.node().key() + "-control");
            thread.setDaemon(true);
            return thread;
        });
        return control;
    }

    @Override
    public void submit(final ControlCommand command)
    {
        words.offer(other -> other.member.submit(new Asks.Wish(command, null)));
    }

    @Override
    public void submit(final ControlCommand command, final Consumer<ControlResult> answer)
    {
        if (isClosed || !words.offer(other -> other.member.submit(new Asks.Wish(command, answer))))
        {
            answer.accept(null);
        }
    }

    @Override
    public ControlView view()
    {
        return view;
    }

    @Override
    public void learned(final ControlView later)
    {
        if (later.version() > view.version())
        {
            words.offer(other -> other.member.learned(later));
        }
    }

    @Override
    public void listen(final Consumer<ControlView> listener)
    {
        words.offer(other -> other.member.listen(listener));
    }

    @Override
    public boolean isReachable()
    {
        return isReachable;
    }

    @Override
    public String trouble()
    {
        return trouble;
    }

    @Override
    public Member self()
    {
        return joining.self(view);
    }

    @Override
    public void close()
    {
        isClosed = true;
        runner.close();
        isReachable = false;
        trouble = "closed";
    }

    SeedHost seed()
    {
        return worker.seed;
    }

    /**
     * What the thread does.
     */
    private final class Worker implements Agent
    {
        private final SeedHost seed;
        private final MemberLink member;
        private boolean wasToldSomething;
        private ControlView seen;

        Worker(final ClusterSettings settings, final ClusterTimes times)
        {
            final GridMemory memory =
                GridMemory.open(settings.directory(), settings.node().key(), settings.grid());
            seed = settings.seed() < 0 ? null : new SeedHost(settings, times);
            member = new MemberLink(settings, times, memory, joining, next -> view = next);
        }

        @Override
        public int doWork()
        {
            final long nowNs = System.nanoTime();
            int work = words.drain(word -> word.accept(this));
            wasToldSomething |= work > 0;
            work += seed == null ? 0 : seed.work(nowNs);
            if (seed == null || seed.driver() != null || seed.isWithoutRoom())
            {
                work += member.work(seed == null ? null : seed.driver(), nowNs);
            }
            else
            {
                member.lose();
            }
            isReachable = member.isReachable(System.nanoTime());
            final String ofSeed = seed == null ? null : seed.trouble();
            trouble = ofSeed == null ? member.trouble() : ofSeed;
            return work;
        }

        /**
         * @return whether anything was decided or asked for since the last time, or is not as it is to be.
         */
        private boolean hasNews()
        {
            final boolean isNews = wasToldSomething || view != seen || trouble != null || !isReachable;
            wasToldSomething = false;
            seen = view;
            return isNews;
        }

        @Override
        public void onClose()
        {
            words.drain(word -> word.accept(this));
            member.close();
            if (seed != null)
            {
                seed.close();
            }
        }

        @Override
        public String roleName()
        {
            return "control";
        }
    }
}
