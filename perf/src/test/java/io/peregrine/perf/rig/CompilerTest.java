package io.peregrine.perf.rig;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CompilerTest
{
    private static final long PASSED_NS = 100_000_000;

    private long workedMs = 5_000;

    @Test
    void shouldRestWhenItWorksATenthOfTheTimeAtMost()
    {
        final Compiler compiler = new Compiler(() -> workedMs);

        workedMs += 10;
        assertTrue(compiler.hasRested(PASSED_NS));
        workedMs += 11;
        assertFalse(compiler.hasRested(PASSED_NS));
    }

    @Test
    void shouldCountOnlyWhatItDidSinceItWasAskedBefore()
    {
        final Compiler compiler = new Compiler(() -> workedMs);
        workedMs += 100;
        assertFalse(compiler.hasRested(PASSED_NS));

        assertTrue(compiler.hasRested(PASSED_NS));
    }
}
