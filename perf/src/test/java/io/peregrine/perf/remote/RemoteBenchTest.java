package io.peregrine.perf.remote;

import io.peregrine.node.command.GridTool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Tag("long")
@Timeout(300)
class RemoteBenchTest
{
    /**
     * How many times as long others may wait beside it: some time slices of the machine that it works on too, where a
     * call takes 10 us. One who is kept from being served waits for seconds.
     */
    private static final double BOUNDED_SHARE = 2_000;

    private static final String SMALL = "bench map --entries 500 --rounds 1 --json --seconds ";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void everyChildHasEnded()
    {
        assertEquals(0, ProcessHandle.current().children().filter(ProcessHandle::isAlive).count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "ipc"})
    void shouldCompareWithTheEchoOfOneCaller(final String mode)
    {
        final String[] lines = run(mode + " --reads 0.5 --threads 2 --floor", 2);

        assertTrue(lines[0].startsWith("{\"name\":\"get\",\"mode\":\"" + mode + "\",\"threads\":2,"), lines[0]);
        assertTrue(lines[1].startsWith("{\"name\":\"put\",\"mode\":\"" + mode + "\",\"threads\":2,"), lines[1]);
        assertTrue(lines[1].contains("\"floor\":{\"name\":\"Aeron " + mode.toUpperCase() + " echo\","), lines[1]);
    }

    @Test
    void shouldMeasureThroughputWithoutPercentiles()
    {
        final String line = run("ipc --pipeline 16", 1)[0];

        assertTrue(line.startsWith("{\"name\":\"pipelined get\",\"mode\":\"ipc\","), line);
        assertTrue(line.contains("\"p50_us\":null"), line);
    }

    @Test
    void shouldCompareWithAClientDrivenByAnAgent()
    {
        final String line = run("udp --reads 1 --peer agent", 1)[0];

        assertTrue(line.contains("\"floor\":{\"name\":\"driven by agent\","), line);
        assertTrue(line.contains("\"p999_us\":"), line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "ipc"})
    void shouldMeasureBesideIdleClients(final String mode)
    {
        final String[] lines = run(mode + " --reads 1 --clients 5", 2);

        assertTrue(lines[0].contains("\"floor\":{\"name\":\"without idle clients\","), lines[0]);
        assertTrue(lines[1].startsWith("{\"name\":\"memory of clients\",\"mode\":\"" + mode + "\",\"clients\":5,"));
    }

    @ParameterizedTest
    @CsvSource({
        "udp, deaf, 2, answers.delayed", "udp, stopped, 6, denied.silent", "udp, flood, 0.3, ''",
        "udp, halfway, 0.3, ''", "ipc, flood, 0.3, ''"})
    void shouldServeOthersBesideAClientThatDoesHarm(
        final String mode, final String kind, final double seconds, final String counter)
    {
        final String[] lines = run(seconds, mode + " --reads 0.5 --beside " + kind, 3);

        for (int i = 0; i < 2; i++)
        {
            assertTrue(lines[i].contains("\"floor\":{\"name\":\"without it\","), lines[i]);
            final Matcher ratio = Pattern.compile("\"ratio_p50\":([0-9.]+)").matcher(lines[i]);
            assertTrue(ratio.find(), lines[i]);
            assertTrue(Double.parseDouble(ratio.group(1)) < BOUNDED_SHARE, lines[i]);
        }
        assertTrue(lines[2].startsWith("{\"name\":\"counted by the node\",\"mode\":\"" + mode + "\""), lines[2]);
        assertTrue(lines[2].contains(counter), lines[2]);
    }

    @Test
    void shouldTakeTheTimeOfReconnecting()
    {
        final String line = run("udp --restarts 2", 1)[0];

        assertTrue(line.startsWith("{\"name\":\"reconnect\",\"mode\":\"udp\",\"restarts\":2,"), line);
    }

    private String[] run(final String arguments, final int count)
    {
        return run(0.1, arguments, count);
    }

    private String[] run(final double seconds, final String arguments, final int count)
    {
        final String[] all = (SMALL + seconds + " --mode " + arguments).split(" ");
        assertEquals(0, GridTool.run(new PrintWriter(out), new PrintWriter(err), all), err::toString);
        final String[] lines = out.toString().split("\\R");
        assertEquals(count, lines.length, out::toString);
        return lines;
    }
}
