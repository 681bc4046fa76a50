package io.peregrine.perf.rig;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class VerdictTest
{
    @Test
    void shouldBeOkWhenAllIsWell()
    {
        assertEquals("OK", Verdict.of(measured(100, 1_000, 0, 0, 0.01), measured(120, 1_000, 0, 0, 0.01)).word());
        assertEquals("OK", Verdict.of(measured(100, 1_000, 0, 0, 0.01), null).word());
    }

    @Test
    void shouldBeInvalidWhenAnAnswerIsWrongOnEitherSide()
    {
        final Measurement good = measured(100, 1_000, 0, 0, 0);
        final Measurement bad = measured(100, 1_000, 1, 0, 0);

        assertEquals("INVALID", Verdict.of(bad, good).word());
        assertEquals("INVALID", Verdict.of(good, bad).word());
        assertTrue(Verdict.of(good, bad).reasons().get(0).startsWith("floor: 1 wrong"));
    }

    @Test
    void shouldBeInvalidWhenTheRateWasNotReached()
    {
        assertEquals("OK", Verdict.of(measured(100, 1_000, 0, 10, 0), null).word());
        assertEquals("INVALID", Verdict.of(measured(100, 1_000, 0, 11, 0), null).word());
    }

    @Test
    void shouldBeInvalidWhenNothingWasDone()
    {
        assertEquals("INVALID", Verdict.of(measured(0, 0, 0, 0, 0), null).word());
    }

    @Test
    void shouldBeInvalidWhenHiccupsAreLargerThanTheEffect()
    {
        final Measurement floor = measured(100, 1_000, 0, 0, 0);

        assertEquals("INVALID", Verdict.of(measured(110, 1_000, 0, 0, 0.2), floor).word());
        assertEquals("OK", Verdict.of(measured(150, 1_000, 0, 0, 0.2), floor).word());
        assertEquals("OK", Verdict.of(measured(100, 1_000, 0, 0, 0.04), floor).word());
        assertEquals("INVALID", Verdict.of(measured(100, 1_000, 0, 0, 0.06), null).word());
    }

    private static Measurement measured(
        final double nsPerOp, final long operations, final long wrong, final long unsent, final double hiccups)
    {
        return new Measurement(nsPerOp, 0, 0, 0, 0, 0, 0, operations, wrong, unsent, hiccups);
    }
}
