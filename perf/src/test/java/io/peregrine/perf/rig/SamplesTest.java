package io.peregrine.perf.rig;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SamplesTest
{
    private static final long MS = 1_000_000;

    private final Samples samples = new Samples();

    @Test
    void shouldHaveNoPercentileOfNothing()
    {
        assertTrue(Double.isNaN(samples.percentileMs(50)));
    }

    @Test
    void shouldGiveTheLeastThatSoManyDoNotExceed()
    {
        for (int i = 2_000; i > 0; i--)
        {
            samples.add(i * MS);
        }

        assertEquals(2_000, samples.count());
        assertEquals(1_000, samples.percentileMs(50));
        assertEquals(1_980, samples.percentileMs(99));
        assertEquals(2_000, samples.percentileMs(100));
    }

    @Test
    void shouldTakeMoreAfterItWasAsked()
    {
        samples.add(5 * MS);
        assertEquals(5, samples.percentileMs(99));
        samples.add(MS);

        assertEquals(1, samples.percentileMs(50));
        assertEquals(5, samples.percentileMs(99));
    }
}
