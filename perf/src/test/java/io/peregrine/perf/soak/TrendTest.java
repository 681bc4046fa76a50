package io.peregrine.perf.soak;

import io.peregrine.perf.process.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TrendTest
{
    @Test
    void shouldBeFlatWhenOnlyTheBeginningGrows()
    {
        final Trend trend = new Trend("q", 0, 0);
        for (int i = 0; i < 100; i++)
        {
            trend.add(Math.min(i, 20));
        }

        assertTrue(trend.isFlat(), trend.line());
        assertEquals(20, trend.before());
        assertEquals(20, trend.after());
        assertEquals("{\"name\":\"q\",\"before\":20,\"after\":20,\"flat\":true}", trend.json());
    }

    @Test
    void shouldNotBeFlatWhenItGrowsByMoreThanIsAllowed()
    {
        final Trend strict = new Trend("q", 0, 0);
        final Trend lenient = new Trend("q", 0.5, 1_000);
        for (int i = 0; i < 100; i++)
        {
            strict.add(1_000 + i);
            lenient.add(1_000 + i);
        }

        assertFalse(strict.isFlat(), strict.line());
        assertTrue(strict.line().endsWith("GROWS"));
        assertTrue(lenient.isFlat(), lenient.line());
    }

    @Test
    void shouldNotBeMisledByAPeakAndNotJudgeByAFewValues()
    {
        final Trend trend = new Trend("q", 0, 0);
        for (int i = 0; i < 7; i++)
        {
            trend.add(5);
        }
        assertFalse(trend.isFlat());
        assertTrue(trend.line().endsWith("TOO FEW SAMPLES"));
        trend.add(1_000_000);
        for (int i = 0; i < 40; i++)
        {
            trend.add(5);
        }
        trend.add(1_000_000);
        assertTrue(trend.isFlat(), trend.line());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldSeeWhatThisProcessTakes() throws IOException
    {
        final Usage usage = Usage.of(ProcessHandle.current().pid());

        assertTrue(usage.memoryKb() > 1_000 && usage.threads() > 1 && usage.files() > 1 && usage.mappings() > 1,
            usage::toString);
    }
}
