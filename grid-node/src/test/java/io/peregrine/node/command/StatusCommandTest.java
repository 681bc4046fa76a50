package io.peregrine.node.command;

import io.peregrine.client.Codecs;
import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import io.peregrine.client.MapOptions;
import io.peregrine.client.NodeStatus;
import io.peregrine.node.GridNode;
import io.peregrine.node.NodeSettings;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class StatusCommandTest
{
    private static final int MAPS = 200;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private GridNode node;
    private Grid grid;

    @BeforeEach
    void launch()
    {
        node = GridNode.launch(
            Nodes.context(Threading.INLINE).name("status-test").agents(2).set(NodeSettings.GRID, "g1"));
        grid = node.grid();
    }

    @AfterEach
    void close()
    {
        node.close();
    }

    @Test
    void shouldListEveryMapWithItsSize()
    {
        for (int i = 0; i < MAPS; i++)
        {
            final GridMap<Long, Long> map = grid.map("map" + i, Codecs.LONG, Codecs.LONG);
            for (long key = 0; key < i; key++)
            {
                map.set(key, key);
            }
        }
        grid.map("map7", Codecs.LONG, Codecs.LONG).destroy();
        final NodeStatus status = grid.nodeStatus();

        final Map<String, Long> sizes = status.maps().stream()
            .collect(Collectors.toMap(NodeStatus.MapStatus::name, NodeStatus.MapStatus::size));
        assertEquals(MAPS - 1, sizes.size());
        for (int i = 0; i < MAPS; i++)
        {
            assertEquals(i == 7 ? null : Long.valueOf(i), sizes.get("map" + i));
        }
    }

    @Test
    void shouldSayWhoItIsAndWhatItCounts()
    {
        final GridMap<String, String> map = grid.map(
            "m", Codecs.STRING, Codecs.STRING, MapOptions.DEFAULT.ttl(Duration.ofMinutes(3)));
        map.set("k", "v");
        await(() -> grid.nodeStatus().counter("records") == 1 && grid.nodeStatus().counter("memory.used.bytes") > 0);
        final NodeStatus status = grid.nodeStatus();

        assertEquals("status-test", status.name());
        assertEquals("", status.address());
        assertEquals("g1", status.grid());
        assertEquals(256, status.partitions());
        assertEquals(2, status.agents());
        assertEquals(64 << 20, status.counter("memory.limit.bytes"));
        assertEquals(0, status.counter("no such counter"));
        assertEquals(List.of(new NodeStatus.MapStatus("m", 1, 256, Duration.ofMinutes(3), null)), status.maps());
        assertTrue(grid.nodeStatus().uptime().compareTo(status.uptime()) > 0);
        assertEquals(status.incarnation(), grid.nodeStatus().incarnation());
        node.close();
        launch();
        assertNotEquals(status.incarnation(), grid.nodeStatus().incarnation());
        assertNotEquals(status.gridId(), grid.nodeStatus().gridId());
    }

    @Test
    void shouldShowItToPeopleAndToPrograms()
    {
        grid.map("m", Codecs.STRING, Codecs.STRING, MapOptions.DEFAULT.ttl(Duration.ofMinutes(3))).set("k", "v");
        final String text = run("status").out();
        assertTrue(text.startsWith("status-test of grid 'g1', up "), text);
        assertTrue(text.contains(" of 64m ("), text);
        assertTrue(text.matches("(?s).*\n    m +1 entries, live 3 min 0 s\r?\n"), text);

        final List<String> lines = run("status", "--json").out().lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).startsWith("{\"node\":\"status-test\",\"address\":\"\",\"grid\":\"g1\","));
        assertTrue(lines.get(0).contains("\"memory.limit.bytes\":67108864,"), lines.get(0));
        assertEquals(
            "{\"map\":\"m\",\"size\":1,\"counted_partitions\":256,\"ttl_ms\":180000}", lines.get(1));
    }

    @Test
    void shouldNotCallANodeSafeToStopThatHasTheOnlyCopies()
    {
        final GridSource source = address -> new GridSource.Connection(grid, () -> { });
        final CommandRun run =
            CommandRun.with(List.of(new StatusCommand(source)), "status", "--safe", "status-test", "--json");
        assertEquals(GridCommand.FAILED, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("{\"stop\":\"status-test\",\"safe\":false,\"reasons\":[\"256 partitions"));
        assertTrue(run("status", "--partitions").out().contains("   256 100.0 %      256 100.0 %  ####"));
        assertEquals(2 + 256 - 1, run("status", "--partitions", "--json").out().lines().count());
    }

    private CommandRun run(final String... args)
    {
        final GridSource source = address -> new GridSource.Connection(grid, () -> { });
        final CommandRun run = CommandRun.with(List.of(new StatusCommand(source)), args);
        assertEquals(GridCommand.DONE, run.exitCode(), run.err());
        return run;
    }

    private static void await(final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, "waited too long");
            Thread.onSpinWait();
        }
    }
}
