package io.peregrine.node.partition.learning;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CopyShareTest
{
    private long nowNs = Long.MAX_VALUE - 50;
    private final CopyShare share = new CopyShare(() -> nowNs, 10);

    @Test
    void shouldBeFreeAtFirst()
    {
        assertTrue(share.isFree(nowNs));
    }

    @Test
    void shouldLeaveTheRestOfTheTimeToOthersAfterAStep()
    {
        step(20, false);
        assertFreeAfter(180);
    }

    @Test
    void shouldTakeEightTimesAsMuchWhereCopiesAreLacking()
    {
        step(20, true);
        assertFreeAfter(5);
    }

    @Test
    void shouldAddUpWhatStepsTookThatWereNotAskedFor()
    {
        step(20, false);
        step(20, false);
        assertFreeAfter(180 + 160);
    }

    @Test
    void shouldNotPauseForLongAfterAStepThatTheMachineMadeLong()
    {
        step(TimeUnit.SECONDS.toNanos(10), false);
        assertFreeAfter(TimeUnit.MILLISECONDS.toNanos(500));
    }

    @Test
    void shouldNotPauseWhereAllTheTimeMayBeTaken()
    {
        final CopyShare all = new CopyShare(() -> nowNs, 100);
        all.begin();
        nowNs += 1_000;
        all.end(false);
        assertTrue(all.isFree(nowNs));
    }

    private void step(final long tookNs, final boolean isLacking)
    {
        share.begin();
        nowNs += tookNs;
        share.end(isLacking);
    }

    private void assertFreeAfter(final long pauseNs)
    {
        assertFalse(share.isFree(nowNs + pauseNs - 1));
        assertTrue(share.isFree(nowNs + pauseNs));
    }
}
