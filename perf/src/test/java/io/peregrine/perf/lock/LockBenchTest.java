package io.peregrine.perf.lock;

import io.peregrine.node.command.GridTool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Tag("long")
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class LockBenchTest
{
    private static final String SMALL = "bench lock --seconds 0.1 --rounds 1 --kills 1 --locks 2000 ";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void everyChildHasEnded()
    {
        assertEquals(0, ProcessHandle.current().children().filter(ProcessHandle::isAlive).count());
    }

    @Test
    void shouldMeasureEachRow()
    {
        assertEquals(0, run(SMALL + "--floor --json --rows acquire,permit,hand-over,take-over,memory"), err::toString);

        final String[] lines = out.toString().split("\\R");
        assertEquals(5, lines.length, out::toString);
        assertTrue(lines[0].startsWith("{\"name\":\"acquire\",\"mode\":\"udp\",\"threads\":1,"), lines[0]);
        assertTrue(lines[0].contains("\"floor\":{\"name\":\"remote put\","), lines[0]);
        assertTrue(lines[1].startsWith("{\"name\":\"permit\",\"mode\":\"udp\","), lines[1]);
        assertTrue(lines[1].contains("\"floor\":{\"name\":\"remote put\","), lines[1]);
        assertTrue(lines[2].startsWith("{\"name\":\"hand-over\",\"mode\":\"udp\","), lines[2]);
        assertTrue(lines[2].contains("\"floor\":{\"name\":\"remote put\","), lines[2]);
        assertTrue(lines[3].startsWith("{\"name\":\"take-over\",\"mode\":\"udp\",\"times\":1,"), lines[3]);
        assertFalse(lines[3].contains("\"p50_ms\":null"), lines[3]);
        assertTrue(
            lines[4].startsWith("{\"name\":\"memory of locks\",\"mode\":\"embedded\",\"locks\":2000,"), lines[4]);
    }

    @Test
    void shouldMeasureTheLossOfAPrimaryBesideTheOutageOfItsPartition()
    {
        assertEquals(0, run(SMALL + "--json --rows primary-loss"), err::toString);

        final String line = out.toString();
        assertTrue(
            line.startsWith("{\"name\":\"take-over from a lost primary\",\"mode\":\"udp\",\"times\":1,"), line);
        assertFalse(line.contains("null"), line);
    }

    @Test
    void shouldCompareWithRedisOrSayThatThereIsNone()
    {
        assertEquals(0, run(SMALL + "--rows redis"), err::toString);

        final boolean isCompared = out.toString().contains("Redis SET NX PX");
        assertEquals(LockBench.hasPeer(), isCompared, out::toString);
        assertEquals(!isCompared, err.toString().contains("no redis-server on the PATH"), err::toString);
    }

    private int run(final String arguments)
    {
        return GridTool.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.split(" "));
    }
}
