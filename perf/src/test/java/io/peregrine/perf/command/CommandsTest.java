package io.peregrine.perf.command;

import io.peregrine.node.command.GridTool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Tag("long")
@Timeout(120)
class CommandsTest
{
    private static final String SMALL = "bench map --seconds 0.1 --rounds 1 --entries ";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPrintOneJsonLineForEachRow()
    {
        final String options = "1000 --mode embedded --value 100 --reads 0.5 --threads 2 --floor --json";

        assertEquals(0, run(SMALL + options), err::toString);

        final String[] lines = out.toString().split("\\R");
        assertEquals(2, lines.length, out::toString);
        assertTrue(lines[0].startsWith("{\"name\":\"get\",\"mode\":\"embedded\",\"threads\":2,"), lines[0]);
        assertTrue(lines[1].startsWith("{\"name\":\"put\",\"mode\":\"embedded\",\"threads\":2,"), lines[1]);
        assertTrue(lines[0].contains("\"floor\":{\"name\":\"ConcurrentHashMap.get\","), lines[0]);
        assertTrue(lines[1].contains("\"floor\":{\"name\":\"ring round trip\","), lines[1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "1000 --reads 1", "1000 --reads 0 --value 0", "1000 --api typed", "1000 --writer", "1000 --rate 1000",
        "1000 --threading dedicated", "10 --value 200000 --floor"
    })
    void shouldMeasureInEveryWay(final String options)
    {
        assertEquals(0, run(SMALL + options), err::toString);
        assertTrue(out.toString().contains("ns/op"), out::toString);
        assertFalse(out.toString().contains("\r"), "no control characters outside a terminal");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "bench", "bench map --entries 0", "bench map --value -1", "bench map --reads 1.5", "bench map --threads 0",
        "bench map --seconds 0", "bench map --rounds 0", "bench map --rate -1", "bench map --mode elsewhere",
        "bench map --threading invoker", "bench map --writer --floor", "bench map --entries many",
        "bench map --pipeline 8", "bench map --mode udp --pipeline 8 --clients 8", "bench map --mode ipc --clients -1",
        "bench map --mode udp --writer", "bench map --mode udp --floor --value 2000", "bench map --driving agent",
        "bench map --mode udp --peer redis", "bench map --mode udp --pipeline 8 --rate 5", "bench store --entries 0",
        "bench map --nodes 2", "bench map --mode udp --nodes 2 --floor", "bench map --mode udp --idle-node",
        "bench failover --nodes 2", "bench failover --faults nothing", "bench failover --times 0",
        "bench lock --rows cold", "bench lock --kills 0", "bench lock --locks 0",
        "bench join --threads 0", "bench idle --seconds 0", "bench start --nodes 9",
        "soak --minutes 0", "soak --threads -1", "bench start --tries 0", "bench nothing",
        "verify --nodes 0 --beyond", "verify --nodes 17", "verify --nodes 2", "verify --clients 0",
        "verify --clients 65", "verify --seconds 0", "verify --faults flood", "verify --faults kill,",
        "verify --seed some", "verify all", "verify --history /no/such/directory/h.edn",
        "simulate --seeds 0", "simulate --nodes 10", "simulate --threads -1"
    })
    void shouldRefuseWhatCannotBeMeant(final String arguments)
    {
        assertEquals(2, run(arguments));
        assertFalse(err.toString().isEmpty());
    }

    @Test
    void shouldSayHowToGetMoreHeapForTheFloor()
    {
        assertEquals(1, run("bench map --entries 90000000 --floor"));
        assertTrue(err.toString().contains("PEREGRINE_JAVA_OPTS=-Xmx"), err::toString);
    }

    @Test
    void shouldSimulateAndReplay()
    {
        assertEquals(0, run("simulate --seeds 3 --nodes 1"), out::toString);
        assertTrue(out.toString().startsWith("3 seeds, 0 violated"), out::toString);
        assertEquals(0, run("simulate --seed 2 --nodes 1"), out::toString);
        assertTrue(out.toString().contains("seed 2: nothing that must not happen"), out::toString);
    }

    @Test
    void shouldMeasureTheStore()
    {
        assertEquals(0, run("bench store --entries 2000 --grow 5000 --seconds 0.1 --rounds 1 --json"), err::toString);

        final String[] lines = out.toString().split("\\R");
        assertEquals(4, lines.length, out::toString);
        assertTrue(lines[0].startsWith("{\"name\":\"overwrite\""), lines[0]);
        assertTrue(lines[1].startsWith("{\"name\":\"insert\""), lines[1]);
        assertTrue(lines[2].startsWith("{\"name\":\"memory\""), lines[2]);
        assertTrue(lines[3].startsWith("{\"name\":\"growth\""), lines[3]);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldSoakForAMomentWithoutAWrongAnswer()
    {
        run("soak --minutes 0.1 --json");

        assertTrue(out.toString().startsWith("{\"name\":\"soak\",\"calls\":"), () -> out.toString() + err);
        assertTrue(out.toString().contains(",\"wrong\":0,"), out::toString);
        assertFalse(out.toString().matches(".*\"(calls|clients)\":0,.*\\R?"), out::toString);
    }

    @Test
    void shouldListMicrobenchmarks()
    {
        assertEquals(0, run("bench jmh -l"), err::toString);
    }

    private int run(final String arguments)
    {
        return GridTool.run(new PrintWriter(out), new PrintWriter(err), arguments.split(" "));
    }
}
