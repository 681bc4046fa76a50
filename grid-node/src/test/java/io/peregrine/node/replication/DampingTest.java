package io.peregrine.node.replication;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DampingTest
{
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Damping damping = new Damping();
    private long nowNs = -SECOND;

    @Test
    void shouldLetInWhoNeverFellOut()
    {
        damping.onOut(3, nowNs);
        assertTrue(damping.mayReturn(2, nowNs));
        assertTrue(damping.mayReturn(4, nowNs));
    }

    @Test
    void shouldWaitLongerEachTimeUpToABound()
    {
        for (final int seconds : new int[]{2, 4, 8, 16, 32, 60, 60, 60})
        {
            damping.onOut(1, nowNs);
            assertFalse(damping.mayReturn(1, nowNs + seconds * SECOND - 1), "after " + seconds);
            assertTrue(damping.mayReturn(1, nowNs + seconds * SECOND), "after " + seconds);
            nowNs += seconds * SECOND;
        }
    }

    @Test
    void shouldCountOnceWhoFallsOutOfManySetsAtOnce()
    {
        for (int i = 0; i < 100; i++)
        {
            damping.onOut(1, nowNs + i);
        }
        assertTrue(damping.mayReturn(1, nowNs + 2 * SECOND));
    }

    @Test
    void shouldForgetAfterALongTime()
    {
        damping.onOut(1, nowNs);
        damping.onOut(1, nowNs + 10 * SECOND);
        nowNs += TimeUnit.MINUTES.toNanos(11);
        damping.onOut(1, nowNs);
        assertTrue(damping.mayReturn(1, nowNs + 2 * SECOND));
    }
}
