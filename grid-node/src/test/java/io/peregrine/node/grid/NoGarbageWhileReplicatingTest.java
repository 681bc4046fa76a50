package io.peregrine.node.grid;

import com.sun.management.ThreadMXBean;
import io.peregrine.client.ClientSettings;
import io.peregrine.client.FlyweightMap;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridClientContext;
import io.peregrine.client.MapCommand;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.node.GridNode;
import io.peregrine.node.NodeSettings;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import io.peregrine.transport.process.UdpPort;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What data agents allocate beside media drivers with threads of their own, while each is the primary of half of what
 * is written and the backup of the other half. The JVM allocates on a thread until it has compiled everything: one
 * round without garbage is the proof.
 */
@Timeout(300)
class NoGarbageWhileReplicatingTest
{
    private static final int OPERATIONS = 5_000;
    private static final int ROUNDS = 400;
    private static final int KEYS = 100;
    private static final int NODES = 2;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /**
     * Less than one small object for ten operations: what is allocated by time, and not by operation.
     */
    private static final long BYTES = OPERATIONS / 10;

    private final List<Thread> agents = new CopyOnWriteArrayList<>();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[16]);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[100]);
    private final MapCommand command = new MapCommand();
    private long failures;
    @TempDir
    private Path live;

    @Test
    void shouldAllocateNothingOnTheDataAgentsOfPrimaryAndBackup()
    {
        try (TestGrid grid = new TestGrid();
            GridNode one = launch(grid, "one");
            GridNode two = launch(grid, "two");
            GridClient client = GridClient.connect(new GridClientContext()
                .inputs(SettingInputs.NONE)
                .connect(one.context().get(NodeSettings.BIND) + "," + two.context().get(NodeSettings.BIND))
                .connectTimeout(LIMIT)
                .callTimeout(LIMIT)
                .set(ClientSettings.LIVE_DIR, live.toString())))
        {
            grid.awaitCopies(NODES);
            TestGrid.await("both to lead", () -> grid.ledBy(0) > 0 && grid.ledBy(1) > 0);
            final long[] bytes = new long[NODES];
            Arrays.fill(bytes, Long.MAX_VALUE);
            try (FlyweightMap map = client.grid().flyweightMap("map"))
            {
                map.onResult((id, result) -> failures += result.applied() ? 0 : 1);
                for (int round = 0; round < ROUNDS && most(bytes) > BYTES; round++)
                {
                    final long first = allocated(0);
                    final long second = allocated(1);
                    putAll(map);
                    bytes[0] = Math.min(bytes[0], allocated(0) - first);
                    bytes[1] = Math.min(bytes[1], allocated(1) - second);
                }
            }
            assertEquals(0, failures);
            assertTrue(most(bytes) <= BYTES, () -> Arrays.toString(bytes) + " bytes for " + OPERATIONS + " puts");
            grid.awaitCopies(NODES);
        }
    }

    private static long most(final long[] bytes)
    {
        return Math.max(bytes[0], bytes[1]);
    }

    private long allocated(final int node)
    {
        return threads.getThreadAllocatedBytes(agents.stream()
            .filter((thread) -> thread.getName().contains("data-agent")).toList().get(node).getId());
    }

    private GridNode launch(final TestGrid grid, final String name)
    {
        final String address = UdpPort.free();
        return GridNode.launch(Nodes.context(Threading.DEDICATED)
            .set(NodeSettings.LIVE_DIR, live.toString())
            .name(name)
            .bind(address)
            .controlPlane(grid.control.join(name, address, 1))
            .threadFactory((work) ->
            {
                agents.add(new Thread(work));
                return agents.get(agents.size() - 1);
            }));
    }

    /**
     * Many at a time, so that nodes hardly ever wait for each other's turn of a core.
     */
    private void putAll(final FlyweightMap map)
    {
        final long startNs = System.nanoTime();
        for (int i = 0; i < OPERATIONS; i++)
        {
            key.putLong(0, i % KEYS);
            value.putLong(0, i);
            command.put(key, 0, key.capacity(), value, 0, value.capacity());
            while (map.offer(command) < 0)
            {
                poll(map, startNs);
            }
        }
        while (map.inFlight() > 0)
        {
            poll(map, startNs);
        }
    }

    private static void poll(final FlyweightMap map, final long startNs)
    {
        assertTrue(System.nanoTime() - startNs < LIMIT.toNanos(), "the puts of a round take too long");
        if (map.poll() == 0)
        {
            map.idle();
        }
    }
}
