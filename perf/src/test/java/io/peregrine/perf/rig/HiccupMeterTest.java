package io.peregrine.perf.rig;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HiccupMeterTest
{
    private static final long MS = 1_000_000;

    private final HandClock clock = new HandClock(1);
    private final HiccupMeter meter = new HiccupMeter(clock);

    @Test
    void shouldSeeNothingWhenTheThreadWakesInTime()
    {
        wake(1, 100);

        assertEquals(0, meter.share());
    }

    @Test
    void shouldCountWhatIsOverslept()
    {
        wake(1, 50);
        wake(51, 1);

        assertEquals(50 / 101.0, meter.share(), 0.001);
    }

    @Test
    void shouldRunBesideATurn()
    {
        final HiccupMeter running = HiccupMeter.start();
        running.close();

        assertTrue(running.share() >= 0 && running.share() <= 1);
    }

    private void wake(final long afterMs, final int times)
    {
        for (int i = 0; i < times; i++)
        {
            clock.advance(afterMs * MS);
            meter.sample();
        }
    }
}
