package io.peregrine.perf.rig;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class VerdictTest
{
    @Test
    void shouldBeOkWhenAllIsWell()
    {
        assertEquals("OK", Verdict.of(measured(100, 1_000, 0, 0, 0.01), measured(120, 1_000, 0, 0, 0.01), 0).word());
        assertEquals("OK", Verdict.of(measured(100, 1_000, 0, 0, 0.01), null, 0).word());
    }

    @Test
    void shouldBeInvalidWhenAnAnswerIsWrongOnEitherSide()
    {
        final Measurement good = measured(100, 1_000, 0, 0, 0);
        final Measurement bad = measured(100, 1_000, 1, 0, 0);

        assertEquals("INVALID", Verdict.of(bad, good, 0).word());
        assertEquals("INVALID", Verdict.of(good, bad, 0).word());
        assertTrue(Verdict.of(good, bad, 0).reasons().get(0).startsWith("floor: 1 wrong"));
    }

    @Test
    void shouldBeInvalidWhenTheRateWasNotReached()
    {
        assertEquals("OK", Verdict.of(measured(100, 1_000, 0, 10, 0), null, 0).word());
        assertEquals("INVALID", Verdict.of(measured(100, 1_000, 0, 11, 0), null, 0).word());
    }

    @Test
    void shouldBeInvalidWhenNothingWasDone()
    {
        assertEquals("INVALID", Verdict.of(measured(0, 0, 0, 0, 0), null, 0).word());
    }

    @Test
    void shouldBeInvalidWhenHiccupsAreLargerThanTheEffect()
    {
        final Measurement floor = measured(100, 1_000, 0, 0, 0);

        assertEquals("INVALID", Verdict.of(measured(110, 1_000, 0, 0, 0.2), floor, 0).word());
        assertEquals("OK", Verdict.of(measured(150, 1_000, 0, 0, 0.2), floor, 0).word());
        assertEquals("INVALID", Verdict.of(measured(190, 1_000, 0, 0, 0.5), floor, 0).word());
        assertEquals("INVALID", Verdict.of(measured(190, 1_000, 0, 0, 1), floor, 0).word());
        assertEquals("OK", Verdict.of(measured(100, 1_000, 0, 0, 0.04), floor, 0).word());
        assertEquals("INVALID", Verdict.of(measured(100, 1_000, 0, 0, 0.06), null, 0).word());
    }

    @Test
    void shouldBeInvalidWhenTheRoundsDifferByMoreThanTheEffect()
    {
        final Measurement subject = measured(130, 1_000, 0, 0, 0);
        final Measurement floor = measured(100, 1_000, 0, 0, 0);

        assertEquals("OK", Verdict.of(subject, floor, 0.25).word());
        assertEquals("INVALID", Verdict.of(subject, floor, 0.35).word());
        assertEquals("OK", Verdict.of(floor, floor, 0.09).word());
        assertEquals("INVALID", Verdict.of(floor, null, 0.11).word());
    }

    private static Measurement measured(
        final double nsPerOp, final long operations, final long wrong, final long unsent, final double hiccups)
    {
        return new Measurement(nsPerOp, 0, 0, 0, 0, 0, 0, operations, wrong, unsent, hiccups);
    }
}
