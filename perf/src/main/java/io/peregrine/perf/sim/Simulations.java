package io.peregrine.perf.sim;

import io.peregrine.perf.sim.grid.GridRules;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs many seeds on a few threads. One thread waits for them.
 */
public final class Simulations
{
    private final long first;
    private final long count;
    private final int machines;
    private final Supplier<GridRules> rules;
    private final AtomicLong next = new AtomicLong();
    private volatile boolean isOver;
    private volatile Throwable failure;

    /**
     * @param first    seed.
     * @param count    of seeds.
     * @param machines that nodes run on; 0 to draw it for each seed.
     * @param rules    that it keeps to.
     */
    public Simulations(final long first, final long count, final int machines, final Supplier<GridRules> rules)
    {
        this.first = first;
        this.count = count;
        this.machines = machines;
        this.rules = rules;
    }

    /**
     * @param threads  that run seeds.
     * @param consumer told of each seed, by one thread at a time.
     * @throws InterruptedException when the thread that waits is interrupted; the others end after their seeds.
     */
    public void run(final int threads, final Consumer<SimulationResult> consumer) throws InterruptedException
    {
        final List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++)
        {
            final Thread worker = new Thread(() -> work(consumer), "simulation-" + i);
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
        try
        {
            for (final Thread worker : workers)
            {
                worker.join();
            }
        }
        finally
        {
            stop();
        }
        if (failure != null)
        {
            throw new IllegalStateException("the simulator itself failed", failure);
        }
    }

    /**
     * Begin no further seed.
     */
    public void stop()
    {
        isOver = true;
    }

    private void work(final Consumer<SimulationResult> consumer)
    {
        try
        {
            long taken = next.getAndIncrement();
            while (taken < count && !isOver)
            {
                final SimulationResult result =
                    new Simulation(first + taken, machines, rules.get()).run(null);
                synchronized (this)
                {
                    consumer.accept(result);
                }
                taken = next.getAndIncrement();
            }
        }
        catch (final RuntimeException | Error ex)
        {
            failure = ex;
            stop();
        }
    }
}
