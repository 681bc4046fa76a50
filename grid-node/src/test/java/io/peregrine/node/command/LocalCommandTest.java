package io.peregrine.node.command;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.Codecs;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridClientContext;
import io.peregrine.client.GridMap;
import io.peregrine.client.GridOperations;
import io.peregrine.client.NodeStatus;
import io.peregrine.client.OutcomeUnknownException;
import io.peregrine.client.PartitionsStatus.CopyStatus;
import io.peregrine.client.RefusedException;
import io.peregrine.client.config.SettingInputs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A grid of three processes, one of which is killed.
 */
@Tag("long")
@Timeout(600)
class LocalCommandTest
{
    private static final int NODES = 3;
    private static final int PORTS = 10;
    private static final int KEYS = 200;
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final Pattern STARTED = Pattern.compile("grid local: node-(\\d) is process (\\d+): .*");

    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Long> pids = new ConcurrentHashMap<>();
    @TempDir
    private Path temp;

    @Test
    void shouldLoseNothingThatWasAcknowledgedWhenAProcessIsKilled() throws Exception
    {
        final int port = freePorts();
        final Process local = start(port);
        try (GridClient client = connect(port))
        {
            final GridMap<String, Long> map = client.grid().map("map", Codecs.STRING, Codecs.LONG);
            final Map<String, Long> acknowledged = new HashMap<>();
            final Map<String, Long> perhaps = new HashMap<>();
            await("all nodes",
                () -> lines.stream().filter((line) -> line.contains("grid node: serving")).count() == NODES);
            assertEquals(
                List.of("node-1", "node-2", "node-3"),
                client.grid().nodeStatus().members().stream().map(NodeStatus.MemberStatus::name).sorted().toList());
            await("two copies of each partition", () -> hasTwoCopies(client));
            for (long i = 0; i < 3 * KEYS; i++)
            {
                if (i == KEYS)
                {
                    ProcessHandle.of(pids.get(2)).orElseThrow().destroyForcibly();
                }
                write(map, "key-" + i % KEYS, i, acknowledged, perhaps);
            }
            for (final Map.Entry<String, Long> entry : acknowledged.entrySet())
            {
                final Long found = map.get(entry.getKey());
                assertTrue(
                    entry.getValue().equals(found) || found != null && found.equals(perhaps.get(entry.getKey())),
                    () -> entry + " was acknowledged, is " + found);
            }
            assertEquals(KEYS, acknowledged.size());
            await("word of the one that was killed",
                () -> lines.stream().anyMatch((line) -> line.contains("node-2 has ended")));
        }
        finally
        {
            local.destroy();
            assertTrue(local.waitFor(LIMIT_NS, TimeUnit.NANOSECONDS), () -> String.join("\n", lines));
        }
        assertEquals(0, local.exitValue(), () -> String.join("\n", lines));
        for (final long pid : pids.values())
        {
            await("the end of " + pid, () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        }
    }

    @Test
    void shouldFailWhereNoNodeCanRun() throws Exception
    {
        final Process local = start(freePorts(), "--set", "agents=17");
        try
        {
            assertTrue(local.waitFor(LIMIT_NS, TimeUnit.NANOSECONDS), () -> String.join("\n", lines));
            await("its last words",
                () -> lines.contains("grid local: stopped, as no node runs any more"));
            assertEquals(1, local.exitValue());
        }
        finally
        {
            local.destroy();
        }
    }

    /**
     * @return whether no partition depends on one process: what a killed one alone held, nobody serves any more.
     */
    private static boolean hasTwoCopies(final GridClient client)
    {
        return client.grid().operations().partitions(GridOperations.HERE, 1).partitions().stream()
            .allMatch((partition) -> partition.copies().stream().filter(CopyStatus::isInSync).count() == 2);
    }

    private Process start(final int port, final String... more) throws IOException
    {
        final List<String> command = new ArrayList<>(Children.command(List.of(
            "local",
            "--nodes", "" + NODES,
            "--port", "" + port,
            "--dir", temp.toString(),
            "--set", "live.dir=" + temp.resolve("live"),
            "--set", "memory.limit=64m",
            "--set", "partitions=16")));
        command.addAll(List.of(more));
        command.add(1, "-Xmx256m");
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final Thread reader = new Thread(() -> read(process), "output");
        reader.setDaemon(true);
        reader.start();
        return process;
    }

    private void read(final Process process)
    {
        try (BufferedReader output =
            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)))
        {
            for (String line = output.readLine(); line != null; line = output.readLine())
            {
                final Matcher started = STARTED.matcher(line);
                if (started.matches())
                {
                    pids.put(Integer.valueOf(started.group(1)), Long.valueOf(started.group(2)));
                }
                lines.add(line);
            }
        }
        catch (final IOException ex)
        {
            lines.add(ex.toString());
        }
    }

    private GridClient connect(final int port)
    {
        return GridClient.connect(new GridClientContext()
            .inputs(SettingInputs.NONE)
            .connect("127.0.0.1:" + port + ",127.0.0.1:" + (port + PORTS))
            .set(ClientSettings.LIVE_DIR, temp.resolve("client").toString())
            .set(ClientSettings.CONNECT_TIMEOUT, LIMIT_NS)
            .set(ClientSettings.CALL_TIMEOUT, LIMIT_NS));
    }

    private static void write(
        final GridMap<String, Long> map,
        final String key,
        final long value,
        final Map<String, Long> acknowledged,
        final Map<String, Long> perhaps)
    {
        try
        {
            map.put(key, value);
            acknowledged.put(key, value);
            perhaps.remove(key);
        }
        catch (final OutcomeUnknownException ex)
        {
            perhaps.put(key, value);
        }
        catch (final RefusedException ex)
        {
            // It did not happen.
            Thread.yield();
        }
    }

    private void await(final String what, final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS,
                () -> "waited too long for " + what + ":\n" + String.join("\n", lines));
            LockSupport.parkNanos(STEP_NS);
        }
    }

    /**
     * @return the first of as many ports as the nodes need, free a moment ago.
     */
    private static int freePorts()
    {
        for (;;)
        {
            final int first = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            int free = 0;
            while (free < NODES * PORTS && isFree(first + free))
            {
                free++;
            }
            if (free == NODES * PORTS)
            {
                return first;
            }
        }
    }

    private static boolean isFree(final int port)
    {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", port)))
        {
            return socket.isBound();
        }
        catch (final IOException ex)
        {
            return false;
        }
    }
}
