package io.peregrine.perf.grid;

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
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Grids of processes: each benchmark once, as short as can be.
 */
@Tag("long")
@EnabledOnOs(OS.LINUX)
@Timeout(400)
class GridBenchTest
{
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void everyChildHasEnded()
    {
        assertEquals(0, ProcessHandle.current().children().filter(ProcessHandle::isAlive).count());
    }

    @Test
    void shouldComparePutsOfTwoCopiesWithARelay()
    {
        final String line = run(
            "bench map --mode udp --nodes 2 --reads 0 --floor --entries 500 --seconds 0.1 --rounds 1 --json");

        assertTrue(line.startsWith("{\"name\":\"put\",\"mode\":\"udp\",\"threads\":1,"), line);
        assertTrue(line.contains("\"floor\":{\"name\":\"Aeron UDP relay\","), line);
    }

    @Test
    void shouldTellHowLongPartitionsDidNotAcknowledge()
    {
        final String line = run("bench failover --faults kill --times 1 --json");

        assertTrue(line.startsWith("{\"name\":\"failover kill\",\"mode\":\"udp\",\"times\":1,"), line);
        assertTrue(line.contains("\"lost\":0,"), line);
        assertTrue(!line.contains("\"partitions\":0,"), line);
    }

    @Test
    void shouldTellWhatCallersFeelOfANodeThatJoins()
    {
        final String line = run("bench join --entries 2000 --threads 2 --seconds 0.5 --json");

        assertTrue(line.startsWith("{\"name\":\"join\",\"mode\":\"udp\",\"entries\":2000,"), line);
        assertTrue(line.contains("\"wrong\":0,"), line);
    }

    private String run(final String arguments)
    {
        assertEquals(
            0, GridTool.run(new PrintWriter(out), new PrintWriter(err), arguments.split(" ")), () -> out + "" + err);
        return out.toString();
    }
}
