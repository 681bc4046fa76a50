package io.peregrine.perf.demo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class EmbeddedDemoTest
{
    private static final EmbeddedDemo.Size SMALL = new EmbeddedDemo.Size(12_000, 20_000, 3_000, 1_000, 0.2);

    private final StringWriter text = new StringWriter();

    @Test
    void shouldFindAllItsAnswersRight() throws InterruptedException
    {
        assertEquals(0, new EmbeddedDemo(new PrintWriter(text), false, SMALL).run(), text::toString);
        assertTrue(
            text.toString().lines().allMatch(line -> line.chars().allMatch(c -> c >= ' ')), "no control characters");
        assertTrue(text.toString().contains("12,000 entries"), text::toString);
        assertTrue(text.toString().contains("3,000 entries"), text::toString);
    }

    @Test
    void shouldMarkAWrongStep()
    {
        final Journal journal = new Journal(new PrintWriter(text));

        journal.step(true, "get", "%d right", 1);
        journal.step(false, "scan", "%d missing", 1);

        assertEquals(1, journal.wrong());
        assertTrue(text.toString().contains("1 missing   <-- WRONG"), text::toString);
    }
}
