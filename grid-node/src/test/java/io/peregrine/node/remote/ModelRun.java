package io.peregrine.node.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.Codecs;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Several clients at work in the same maps, each with keys of its own and with some that all count in. In phases: at
 * the end of each all of them rest, and one of them empties the maps or destroys them.
 */
final class ModelRun
{
    private static final int SHARED = 2;
    private static final long LIMIT_S = 120;

    private final long[] lastSeen;
    private final AtomicLong[] counted = new AtomicLong[2 * SHARED];
    private final Set<String> sums = ConcurrentHashMap.newKeySet();
    private final List<Throwable> failures = new ArrayList<>();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private final List<Grid> grids;
    private final CyclicBarrier barrier;
    private final Runnable amid;
    private final String name;
    private final long seed;
    private final int phases;
    private final int steps;
    private final boolean isSentAgain;

    /**
     * @param grids       one for each client.
     * @param seed        of the calls.
     * @param phases      that end with empty maps.
     * @param steps       of each client in a phase.
     * @param isSentAgain whether connections break.
     * @param amid        run by one thread in the middle of each phase.
     */
    ModelRun(
        final List<Grid> grids,
        final long seed,
        final int phases,
        final int steps,
        final boolean isSentAgain,
        final Runnable amid)
    {
        this.isSentAgain = isSentAgain;
        this.grids = grids;
        this.seed = seed;
        this.phases = phases;
        this.steps = steps;
        name = "-Dperegrine.test.seed=" + seed;
        lastSeen = new long[grids.size() * SHARED];
        for (int i = 0; i < counted.length; i++)
        {
            counted[i] = new AtomicLong();
        }
        this.amid = amid;
        barrier = new CyclicBarrier(grids.size());
    }

    /**
     * A seed by which a run can be repeated, as far as threads can.
     */
    static long newSeed()
    {
        return Long.getLong("peregrine.test.seed", new Random().nextInt(1_000_000));
    }

    /**
     * @return what was done, when every answer was right.
     */
    String run() throws InterruptedException
    {
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < grids.size(); i++)
        {
            final int number = i;
            threads.add(new Thread(() -> work(number), "model-" + i));
        }
        threads.forEach(Thread::start);
        for (final Thread thread : threads)
        {
            thread.join();
        }
        if (!failures.isEmpty())
        {
            final AssertionError failure = new AssertionError(name + ": " + failures.get(0), failures.get(0));
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
        return calls + " calls, " + refused + " refused, " + unknown + " unknown";
    }

    private void work(final int number)
    {
        try
        {
            final Random random = new Random(seed * 31 + number);
            final Grid grid = grids.get(number);
            final ModelCaller caller = new ModelCaller(grid, "c" + number + "-", random, isSentAgain);
            for (int phase = 0; phase < phases; phase++)
            {
                barrier.await(LIMIT_S, TimeUnit.SECONDS);
                final GridMap<String, Long> numbers = grid.map(ModelCaller.NUMBERS, Codecs.STRING, Codecs.LONG);
                for (int step = 0; step < steps; step++)
                {
                    caller.step(name + " client " + number + " phase " + phase + " step " + step);
                    if (number == 0 && step == steps / 2)
                    {
                        amid.run();
                    }
                    if (step % 10 == 0)
                    {
                        share(numbers, number, random.nextInt(2 * SHARED));
                    }
                }
                barrier.await(LIMIT_S, TimeUnit.SECONDS);
                caller.scan();
                checkShared(numbers);
                barrier.await(LIMIT_S, TimeUnit.SECONDS);
                empty(number, phase, grid, caller);
            }
            calls.addAndGet(caller.calls);
            refused.addAndGet(caller.refused);
            unknown.addAndGet(caller.unknown);
        }
        catch (final BrokenBarrierException ex)
        {
            // Another one failed.
        }
        catch (final Throwable ex)
        {
            synchronized (failures)
            {
                failures.add(ex);
            }
            barrier.reset();
        }
    }

    /**
     * Nobody gets a sum that another one got, nor a smaller one than before.
     */
    private void share(final GridMap<String, Long> numbers, final int number, final int which)
    {
        final String key = "shared-" + which;
        if (which < SHARED)
        {
            final long sum = numbers.addAndGet(key, 1);
            assertTrue(sums.add(key + " " + sum), () -> name + " got twice: " + key + " " + sum);
            assertTrue(sum > lastSeen[number * SHARED + which], () -> name + " went back: " + key + " " + sum);
            lastSeen[number * SHARED + which] = sum;
        }
        else
        {
            numbers.merge(key, 1L, Long::sum);
        }
        counted[which].incrementAndGet();
    }

    private void checkShared(final GridMap<String, Long> numbers)
    {
        for (int i = 0; i < counted.length; i++)
        {
            final Long sum = numbers.get("shared-" + i);
            assertEquals(counted[i].get(), sum == null ? 0 : sum, name + " shared-" + i);
        }
    }

    private void empty(final int number, final int phase, final Grid grid, final ModelCaller caller) throws Exception
    {
        final GridMap<String, String> texts = grid.map(ModelCaller.TEXTS, Codecs.STRING, Codecs.STRING);
        final GridMap<String, Long> numbers = grid.map(ModelCaller.NUMBERS, Codecs.STRING, Codecs.LONG);
        final boolean destroys = phase % 2 == 1;
        barrier.await(LIMIT_S, TimeUnit.SECONDS);
        if (number == phase % grids.size())
        {
            sums.clear();
            for (final AtomicLong each : counted)
            {
                each.set(0);
            }
            if (destroys)
            {
                texts.destroy();
                numbers.destroy();
            }
            else
            {
                texts.clear();
                numbers.clear();
            }
        }
        barrier.await(LIMIT_S, TimeUnit.SECONDS);
        for (int i = 0; i < SHARED; i++)
        {
            lastSeen[number * SHARED + i] = 0;
        }
        if (destroys)
        {
            final FailedException end = assertThrows(FailedException.class, () -> texts.get("any"));
            assertEquals(ErrorCode.DESTROYED, end.code(), name);
            barrier.await(LIMIT_S, TimeUnit.SECONDS);
        }
        caller.begin();
        final GridMap<String, String> again = grid.map(ModelCaller.TEXTS, Codecs.STRING, Codecs.STRING);
        assertTrue(again.isEmpty(), name + " phase " + phase + " left something");
    }
}
