package io.peregrine.perf.rig;

import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CpuShareTest
{
    @Test
    void shouldExpectThatThreadsShareTheCores()
    {
        assertEquals(0, CpuShare.expected(2, 2));
        assertEquals(0, CpuShare.expected(1, 8));
        assertEquals(0.5, CpuShare.expected(4, 2));
    }

    @Test
    void shouldMissTheTimeInWhichTheThreadDidNotRun()
    {
        final CpuShare share = new CpuShare();

        share.begin();
        new SleepingMillisIdleStrategy(20).idle();
        share.end();

        assertTrue(share.wallNs() >= 20_000_000);
        assertTrue(share.missingNs() > 10_000_000, "a sleep is no work");
    }
}
