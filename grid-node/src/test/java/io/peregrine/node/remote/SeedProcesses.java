package io.peregrine.node.remote;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridClientContext;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.node.command.CommandRun;
import io.peregrine.node.command.GridProcess;
import org.agrona.CloseHelper;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Nodes as processes, all of them seeds of one grid. Closing it kills what still runs.
 */
final class SeedProcesses implements AutoCloseable
{
    static final int PARTITIONS = 16;

    private static final int PORTS = 10;
    private static final int KILLED = 128 + 9;
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;
    private static final long CALL_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long CONNECT_NS = TimeUnit.SECONDS.toNanos(180);

    private final Path directory;
    private final int port;
    private final List<String> settings;
    private final List<GridProcess> nodes = new ArrayList<>();

    /**
     * @param directory for all their files.
     * @param count     of seeds, which are all started.
     * @param settings  for all of them, each as name=value.
     */
    SeedProcesses(final Path directory, final int count, final String... settings) throws IOException
    {
        this.directory = directory;
        this.settings = List.of(settings);
        port = freePorts(count * PORTS);
        for (int i = 0; i < count; i++)
        {
            nodes.add(null);
        }
        for (int i = 0; i < count; i++)
        {
            start(i);
        }
    }

    /**
     * Start it, without waiting for it.
     */
    void start(final int node) throws IOException
    {
        final String seeds = IntStream.range(0, nodes.size()).mapToObj(
            seed -> name(seed) + "=127.0.0.1:" + (port + seed * PORTS + 2)).collect(Collectors.joining(","));
        final List<String> args = new ArrayList<>(List.of(
            "node", "--name", name(node), "--bind", address(node), "--seeds", seeds,
            "--dir", directoryOf(node).toString(), "--memory-limit", "64m",
            "--set", "partitions=" + PARTITIONS, "--set", "join.timeout=180s", "--set", "close.timeout=60s",
            "--set", "live.dir=" + directory.resolve("live")));
        settings.forEach(setting -> args.addAll(List.of("--set", setting)));
        nodes.set(node, GridProcess.start(directory, args.toArray(String[]::new)));
    }

    /**
     * End it in order.
     */
    void stop(final int node) throws Exception
    {
        end(node, "-TERM", 0);
    }

    void kill(final int node) throws Exception
    {
        end(node, "-KILL", KILLED);
    }

    private void end(final int node, final String signal, final int exitCode) throws Exception
    {
        signal(node, signal);
        final CommandRun run = nodes.get(node).end();
        assertEquals(exitCode, run.exitCode(), run.err());
    }

    void signal(final int node, final String signal) throws Exception
    {
        Children.signal(signal, nodes.get(node).pid());
    }

    Path directoryOf(final int node)
    {
        return directory.resolve(name(node));
    }

    private static String name(final int node)
    {
        return "node-" + node;
    }

    private String address(final int node)
    {
        return "127.0.0.1:" + (port + node * PORTS);
    }

    /**
     * @param to that it is told of.
     * @return a client of its own.
     */
    GridClient connect(final String name, final int... to)
    {
        return GridClient.connect(new GridClientContext()
            .inputs(SettingInputs.NONE)
            .connect(IntStream.of(to).mapToObj(this::address).collect(Collectors.joining(",")))
            .set(ClientSettings.LIVE_DIR, directory.resolve(name).toString())
            .set(ClientSettings.CONNECT_TIMEOUT, CONNECT_NS)
            .set(ClientSettings.CALL_TIMEOUT, CALL_NS));
    }

    /**
     * @return what all nodes said of errors so far.
     */
    String errors()
    {
        try (Stream<Path> files = Files.list(directory))
        {
            final StringBuilder all = new StringBuilder();
            for (final Path file : files.filter(path -> path.getFileName().toString().startsWith("err")).toList())
            {
                all.append('\n').append(Files.readString(file));
            }
            return all.toString();
        }
        catch (final IOException ex)
        {
            return ex.toString();
        }
    }

    /**
     * @return the first of as many ports as the nodes need, free a moment ago.
     */
    private static int freePorts(final int count)
    {
        while (true)
        {
            final int first = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            if (IntStream.range(first, first + count).allMatch(SeedProcesses::isFree))
            {
                return first;
            }
        }
    }

    private static boolean isFree(final int candidate)
    {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", candidate)))
        {
            return socket.isBound();
        }
        catch (final IOException ex)
        {
            return false;
        }
    }

    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(nodes);
    }
}
