package io.peregrine.node.cluster;

import io.peregrine.node.control.Change;
import io.peregrine.node.control.ControlCode;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.control.Joining;
import io.peregrine.node.control.NodeVersion;
import io.peregrine.node.control.Replica;
import io.peregrine.node.control.StructureKind;
import org.agrona.CloseHelper;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/**
 * Nodes of a grid in this process, each with a directory of its own; only their way to the control plane. A test reads
 * as a story and waits for what has to come, not for time.
 */
final class SeedGrid implements AutoCloseable
{
    static final GridSettings SETTINGS = new GridSettings(8, 2, 1, 1_000, 4096, 1 << 20, GridSettings.ALONE_LEASE_NS);
    static final ClusterTimes TIMES = times(1 << 20);

    private static final String GRID = "test";
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(5);

    final Map<String, ClusterControl> nodes = new LinkedHashMap<>();
    final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final Path directory;
    private final Seeds seeds;
    private final ClusterTimes times;
    private long startId = ThreadLocalRandom.current().nextLong(1L << 40);

    SeedGrid(final Path directory, final int count, final ClusterTimes times) throws IOException
    {
        this.directory = directory;
        this.times = times;
        seeds = Seeds.parse(seeds(count));
    }

    static ClusterTimes times(final int snapshotBytes)
    {
        return times(snapshotBytes, TimeUnit.MINUTES.toNanos(10), 1 << 20);
    }

    static ClusterTimes times(final int snapshotBytes, final long snapshotNs, final long roomBytes)
    {
        return new ClusterTimes(
            TimeUnit.MILLISECONDS.toNanos(100),
            TimeUnit.MILLISECONDS.toNanos(1_000),
            TimeUnit.MILLISECONDS.toNanos(300),
            TimeUnit.MILLISECONDS.toNanos(2_000),
            TimeUnit.MILLISECONDS.toNanos(3_000),
            TimeUnit.MILLISECONDS.toNanos(300),
            snapshotNs,
            snapshotBytes,
            roomBytes);
    }

    private static String seeds(final int count) throws IOException
    {
        final List<String> texts = new ArrayList<>();
        final int base = freePorts(count * Seeds.PORTS);
        for (int i = 0; i < count; i++)
        {
            texts.add(name(i) + "=127.0.0.1:" + (base + i * Seeds.PORTS));
        }

        return String.join(",", texts);
    }

    /**
     * @return the first of so many ports in a row that are free at this moment.
     */
    private static int freePorts(final int count) throws IOException
    {
        while (true)
        {
            final int base = ThreadLocalRandom.current().nextInt(10_000, 30_000);
            final List<DatagramChannel> taken = new ArrayList<>();
            try
            {
                for (int i = 0; i < count; i++)
                {
                    final DatagramChannel channel = DatagramChannel.open();
                    taken.add(channel);
                    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), base + i));
                }
                return base;
            }
            catch (final BindException ex)
            {
                continue;
            }
            finally
            {
                CloseHelper.quietCloseAll(taken);
            }
        }
    }

    static String name(final int seed)
    {
        return "s" + seed;
    }

    Seeds seeds()
    {
        return seeds;
    }

    Seeds seedsAndTwoThatAreNone()
    {
        final List<Seeds.Seed> more = new ArrayList<>(seeds.all());
        more.add(new Seeds.Seed("n1", "127.0.0.1", 1));
        more.add(new Seeds.Seed("n2", "127.0.0.1", 1 + Seeds.PORTS));
        return new Seeds(more);
    }

    Path directory(final String name)
    {
        return directory.resolve(name);
    }

    ClusterControl start(final String name)
    {
        return start(name, name, seeds);
    }

    ClusterControl start(final String name, final String directoryName, final Seeds given)
    {
        return start(name, directoryName, given, GRID);
    }

    ClusterControl start(final String name, final String directoryName, final Seeds given, final String grid)
    {
        return start(NodeVersion.CURRENT, name, directoryName, given, grid, times);
    }

    ClusterControl startOfVersion(final long version, final String name)
    {
        return start(version, name, name, seeds, GRID, times);
    }

    /**
     * As if nothing were left of the disk.
     */
    ClusterControl startWithoutRoom(final String name)
    {
        final ClusterTimes limits = times(1 << 20, TimeUnit.MINUTES.toNanos(10), Long.MAX_VALUE);
        return start(NodeVersion.CURRENT, name, name, seeds, GRID, limits);
    }

    private ClusterControl start(
        final long version,
        final String name,
        final String directoryName,
        final Seeds given,
        final String grid,
        final ClusterTimes limits)
    {
        final String id = Long.toHexString(ThreadLocalRandom.current().nextLong());
        final ClusterControl control = ClusterControl.launch(
            new ClusterSettings(
                version,
                given,
                grid,
                new Joining.Node(name, "", 1, "", 1, startId++),
                "127.0.0.1",
                directory(directoryName),
                directory.resolve("driver-" + id),
                SETTINGS,
                TimeUnit.MINUTES.toNanos(1),
                faults::add),
            limits);
        nodes.put(name, control);
        return control;
    }

    void stop(final String name)
    {
        nodes.remove(name).close();
    }

    void awaitMembers()
    {
        nodes.forEach((name, node) -> await(
            () -> node.self() != null && node.isReachable() && node.trouble() == null,
            () -> name + " is no member: " + node.trouble() + ", " + faults));
    }

    /**
     * @return the seed that leads.
     */
    String awaitLeader()
    {
        final AtomicReference<String> leader = new AtomicReference<>();
        await(
            () ->
            {
                nodes.forEach((name, node) ->
                {
                    final SeedUpkeep upkeep = node.seed() == null ? null : node.seed().upkeep();
                    if (upkeep != null && upkeep.isLeader())
                    {
                        leader.set(name);
                    }
                });
                return leader.get() != null;
            },
            () -> "no seed leads");
        return leader.get();
    }

    ControlResult decide(final String by, final ControlCommand command)
    {
        final CompletableFuture<ControlResult> answer = new CompletableFuture<>();
        nodes.get(by).submit(command, answer::complete);
        await(answer::isDone, () -> "no answer to " + command + ": " + nodes.get(by).trouble());
        assertNotNull(answer.join(), () -> command + " was given up: " + nodes.get(by).trouble() + ", " + faults);
        return answer.join();
    }

    ControlResult define(final String by, final String map)
    {
        return decide(by, new ControlCommand.Define(map, StructureKind.MAP, 0, 0));
    }

    /**
     * @return whether the other seeds have been told of all that this one knows to be committed now.
     */
    boolean areCommitsTold(final String name)
    {
        return nodes.get(name).seed().isCommitTold();
    }

    /**
     * Have the log grow by so many long commands that change nothing.
     */
    void fill(final String by, final int commands)
    {
        for (int i = 0; i < commands; i++)
        {
            assertEquals(ControlCode.INVALID, decide(by, longCommand()).code());
        }
    }

    static ControlCommand longCommand()
    {
        final Replica nobody = new Replica(1_000, 1);
        final List<Change> changes = Collections.nCopies(
            Pieces.MOST_CHANGES, new Change(-1, 1, 1, Collections.nCopies(GridSettings.MAX_REPLICAS, nobody)));
        return new ControlCommand.ChangePartitions(nobody, changes);
    }

    /**
     * Copy a directory as it is at this moment, as a killed process would leave it.
     */
    static void copy(final Path from, final Path to) throws IOException
    {
        try (Stream<Path> files = Files.walk(from))
        {
            for (final Path file : files.toList())
            {
                final Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file))
                {
                    Files.createDirectories(target);
                }
                else
                {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    void awaitMap(final String map)
    {
        nodes.forEach((name, node) -> await(
            () -> node.view().structures().byName(map) != null, () -> name + " does not see " + map));
    }

    void awaitTrouble(final String name, final String part)
    {
        final ClusterControl node = nodes.get(name);
        await(
            () -> node.trouble() != null && node.trouble().contains(part),
            () -> name + " should say '" + part + "' and says: " + node.trouble());
    }

    static void await(final BooleanSupplier condition, final Supplier<String> otherwise)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - startNs > LIMIT_NS)
            {
                throw new AssertionError(otherwise.get());
            }
            LockSupport.parkNanos(STEP_NS);
        }
    }

    @Override
    public void close()
    {
        nodes.values().forEach(ClusterControl::close);
    }
}
