package io.peregrine.node;

import io.peregrine.client.Codecs;
import io.peregrine.client.GridException;
import io.peregrine.client.GridMap;
import io.peregrine.client.port.KeyHash;
import io.peregrine.node.command.GridTool;
import io.peregrine.node.partition.AgentPartitions;
import io.peregrine.transport.monitor.CounterType;
import io.peregrine.transport.monitor.LiveDirectory;
import io.peregrine.transport.monitor.NodeFileView;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What a node shows of itself, and what its agents have in common.
 */
@Timeout(120)
class NodeCountersTest
{
    private static final long MILLIS = 1_000_000;
    private static final int AGENTS = 2;

    @TempDir
    private Path live;

    private long now = 1_000_000;
    private long wallMs = 1_700_000_000_000L;

    private NodeContext context()
    {
        return Nodes.context(Threading.INVOKER)
            .set(NodeSettings.LIVE_DIR, live.toString())
            .name("shown")
            .partitions(4)
            .agents(AGENTS)
            .nanoClock(() -> now)
            .epochClock(() -> wallMs);
    }

    @Test
    void shouldCountRefusalsByTheirCode()
    {
        try (GridNode node = GridNode.launch(context().memoryLimit(8 << 20).set(NodeSettings.VALUE_MAX, 1L << 20)))
        {
            final GridMap<String, byte[]> map = node.grid().map("map", Codecs.STRING, Codecs.BYTES);
            int full = 0;
            for (int i = 0; i < 100; i++)
            {
                final String key = "key-" + i;
                try
                {
                    map.set(key, new byte[200_000]);
                }
                catch (final GridException ex)
                {
                    full++;
                }
            }
            assertThrows(GridException.class, () -> map.addAndGet(storedKey(map), 1));
            turn(node);
            final String stat = stat();
            assertEquals(full, sum(stat, "answered.store_full"), stat);
            assertTrue(full > 0);
            assertEquals(full, sum(stat, "requests.refused"), stat);
        }
    }

    private static String storedKey(final GridMap<String, byte[]> map)
    {
        return map.keySet().iterator().next();
    }

    @Test
    void shouldShowTheSlowestAgentAsTheNodesActivity()
    {
        try (GridNode node = GridNode.launch(context()))
        {
            wallMs += 5_000;
            turn(node);
            try (NodeFileView view = NodeFileView.open(LiveDirectory.fileOf(live, "shown")))
            {
                assertEquals(wallMs, view.lastActivityMs());
                final List<Long> shown = new ArrayList<>();
                view.counters().forEach((id, type, key, label) ->
                {
                    if (type == CounterType.AGENT_ACTIVITY.id())
                    {
                        shown.add(view.counters().getCounterValue(id));
                    }
                });
                assertEquals(List.of(wallMs, wallMs), shown);
            }
        }
    }

    @Test
    void shouldLetOneAgentUseWhatOthersDoNotNeedAndKeepWhatTheyAreSureOf()
    {
        final long limit = 16 << 20;
        try (GridNode node = GridNode.launch(context().memoryLimit(limit)))
        {
            final GridMap<String, byte[]> map = node.grid().map("map", Codecs.STRING, Codecs.BYTES);
            final List<AgentPartitions> agents = Inside.partitionsOf(node);
            final long first = fill(map, 0);
            assertTrue(first > limit / 2, () -> "bytes in one agent: " + first);
            assertTrue(first < limit * 3 / 4, () -> "bytes in one agent: " + first);
            final long second = fill(map, 1);
            assertTrue(second > limit / 8, () -> "bytes in the other agent: " + second);
            assertTrue(first + second < limit);
            assertEquals(2, agents.size());
        }
    }

    private static long fill(final GridMap<String, byte[]> map, final int agent)
    {
        final byte[] value = new byte[10_000];
        long bytes = 0;
        for (int i = 0; ; i++)
        {
            final String key = "key-" + i;
            if (agentOf(key) == agent)
            {
                try
                {
                    map.set(key, value);
                    bytes += value.length;
                }
                catch (final GridException ex)
                {
                    return bytes;
                }
            }
        }
    }

    private static int agentOf(final String key)
    {
        final byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        final long hash = KeyHash.hash(new UnsafeBuffer(bytes), 0, bytes.length);
        return (int) (((hash & 0xFFFF_FFFFL) * 4) >>> 32) % AGENTS;
    }

    private void turn(final GridNode node)
    {
        for (int i = 0; i < 50; i++)
        {
            now += 21 * MILLIS;
            node.invoke();
        }
    }

    private String stat()
    {
        final StringWriter out = new StringWriter();
        final int code = GridTool.run(
            new PrintWriter(out), new PrintWriter(out), "stat", "--live-dir", live.toString(), "--name", "shown");
        assertEquals(0, code, out.toString());
        return out.toString();
    }

    private static long sum(final String stat, final String counter)
    {
        return stat.lines()
            .map(String::trim)
            .filter((line) -> line.startsWith(counter + " "))
            .mapToLong((line) -> Long.parseLong(line.split("\\s+")[2].replace(",", "")))
            .sum();
    }
}
