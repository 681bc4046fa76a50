package io.peregrine.perf.grid;

import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class SteadyLoadTest
{
    private static final double RATE = 10_000;
    private static final int STALLED = 50;
    private static final long LIMIT_S = 60;
    private static final long STALL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final CountDownLatch enough = new CountDownLatch(3 * STALLED);

    @Test
    void shouldCountAStallForAllThatWaitedInIt() throws InterruptedException
    {
        final long fromNs = System.nanoTime();
        final SteadyLoad load = new SteadyLoad(of((first, count) -> stallOnce(first)), 1, RATE);
        assertTrue(enough.await(LIMIT_S, TimeUnit.SECONDS));
        load.close();

        final long toNs = System.nanoTime();
        assertTrue(load.between(fromNs, toNs).count() >= 3 * STALLED);
        assertTrue(load.between(fromNs, toNs).percentileMs(100) >= STALL_NS / 1e6);
        assertTrue(load.between(fromNs, fromNs).count() == 0);
        assertEquals(1, load.wrong());
    }

    @Test
    void shouldRefuseToBeNoLoad()
    {
        for (final double rate : new double[]{0, Double.NaN})
        {
            assertThrows(IllegalStateException.class, () -> new SteadyLoad(of((first, count) -> 0), 1, rate));
        }
    }

    @Test
    void shouldTellThatAnOperationFailed()
    {
        final CountDownLatch begun = new CountDownLatch(1);
        final SteadyLoad load = new SteadyLoad(of((first, count) ->
        {
            begun.countDown();
            throw new IllegalStateException("planted");
        }), 1, RATE);

        assertThrows(IllegalStateException.class, () ->
        {
            assertTrue(begun.await(LIMIT_S, TimeUnit.SECONDS));
            load.close();
        });
    }

    private int stallOnce(final long number)
    {
        enough.countDown();
        if (number != STALLED)
        {
            return 0;
        }
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < STALL_NS)
        {
            Thread.onSpinWait();
        }

        return 1;
    }

    private static Scenario of(final Operation operation)
    {
        return new Scenario()
        {
            @Override
            public String name(final int row)
            {
                return "planted";
            }

            @Override
            public Subject[] open(final int thread)
            {
                return new Subject[]{operation::run};
            }
        };
    }

    /**
     * As a subject.
     */
    private interface Operation
    {
        int run(long first, int count);
    }
}
