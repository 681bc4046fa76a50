package io.peregrine.node;

import io.peregrine.client.Codecs;
import io.peregrine.client.GridException;
import io.peregrine.client.GridMap;
import io.peregrine.client.LockLease;
import io.peregrine.client.config.ConfigurationException;
import io.peregrine.transport.process.StartupException;
import io.peregrine.transport.process.UdpPort;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class NodeLifeTest
{
    private static final int CALLERS = 4;
    private static final Duration LONG = Duration.ofHours(1);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path temp;

    @Test
    void shouldRefuseSecondNodeOnOneDirectory()
    {
        try (GridNode first = GridNode.launch(context().dir(temp.resolve("data").toString())))
        {
            assertEquals(NodeState.SERVING, first.state());
            final StartupException refused = assertThrows(
                StartupException.class, () -> GridNode.launch(context().dir(temp.resolve("data").toString())));
            assertTrue(refused.getMessage().contains("in use"), refused.getMessage());
        }
        GridNode.launch(context().dir(temp.resolve("data").toString())).close();
    }

    @Test
    void shouldRefuseDirectoryThatCannotBeMade() throws IOException
    {
        final Path file = Files.createFile(temp.resolve("file"));
        assertThrows(StartupException.class, () -> GridNode.launch(context().dir(file.resolve("data").toString())));
    }

    @Test
    void shouldRefusePortInUseAndLeaveNothingBehind() throws IOException
    {
        final NodeContext context = context().name("bound").dir(temp.resolve("data").toString());
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress()))
        {
            final StartupException refused = assertThrows(
                StartupException.class, () -> GridNode.launch(context.bind("127.0.0.1:" + taken.getLocalPort())));
            assertTrue(refused.getMessage().contains(Integer.toString(taken.getLocalPort())), refused.getMessage());
        }
        GridNode.launch(context().name("bound").dir(temp.resolve("data").toString())).close();
    }

    @Test
    void shouldListenWhereItIsBound()
    {
        final int port = Integer.parseInt(UdpPort.free().split(":")[1]);
        for (final Threading threading : Threading.values())
        {
            try (GridNode node = GridNode.launch(
                Nodes.context(threading).set(NodeSettings.LIVE_DIR, temp.toString()).bind("127.0.0.1:" + port)))
            {
                final GridMap<String, String> map = node.grid().map("map", Codecs.STRING, Codecs.STRING);
                assertNull(map.put("a", "1"));
                assertEquals("1", map.get("a"));
                assertThrows(
                    IOException.class, () -> new DatagramSocket(port, InetAddress.getLoopbackAddress()).close());
            }
        }
    }

    @Test
    void shouldRefuseSettingsThatDoNotFitTogether()
    {
        assertThrows(ConfigurationException.class, () -> GridNode.launch(context().agents(3).partitions(2)));
        assertThrows(
            ConfigurationException.class, () -> GridNode.launch(context().set(NodeSettings.REPLY_RING, 10_000L)));
        assertThrows(ConfigurationException.class, () -> GridNode.launch(context().agents(2).memoryLimit(4 << 20)));
        final NodeContext context = context();
        GridNode.launch(context).close();
        assertThrows(IllegalStateException.class, () -> context.agents(2));
    }

    @Test
    void shouldCloseWhileCallersRun() throws InterruptedException
    {
        for (int round = 0; round < 10; round++)
        {
            final GridNode node = GridNode.launch(context().agents(1 + round % 2));
            final AtomicInteger written = new AtomicInteger();
            final AtomicReference<Throwable> wrong = new AtomicReference<>();
            final List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++)
            {
                final int id = i;
                callers.add(new Thread(() -> call(node, id, written, wrong)));
            }
            callers.forEach(Thread::start);
            await("writes", () -> written.get() >= 500 || wrong.get() != null);
            node.close();
            for (final Thread caller : callers)
            {
                caller.join(60_000);
                assertFalse(caller.isAlive(), "a caller hangs");
            }
            assertNull(wrong.get());
        }
    }

    @Test
    void shouldCloseOnInterruptedThread()
    {
        final AtomicReference<Thread> agent = new AtomicReference<>();
        final GridNode node = GridNode.launch(context().threadFactory(work ->
        {
            agent.set(new Thread(work));
            return agent.get();
        }));
        Thread.currentThread().interrupt();
        node.close();
        assertTrue(Thread.interrupted());
        assertFalse(agent.get().isAlive());
        assertEquals(NodeState.CLOSED, node.state());
    }

    @Test
    void shouldKeepRunningWhenAgentThrows()
    {
        final AtomicInteger faults = new AtomicInteger();
        final AtomicReference<RuntimeException> fault = new AtomicReference<>();
        try (GridNode node = GridNode.launch(context()
            .errorHandler(error -> faults.incrementAndGet())
            .nanoClock(() ->
            {
                final RuntimeException toThrow = fault.getAndSet(null);
                if (toThrow != null)
                {
                    throw toThrow;
                }
                return System.nanoTime();
            })))
        {
            final GridMap<String, String> map = node.grid().map("map", Codecs.STRING, Codecs.STRING);
            fault.set(new IllegalStateException("on purpose"));
            await("the fault", () -> faults.get() > 0);
            map.put("a", "1");
            assertEquals("1", map.get("a"));
            assertEquals(NodeState.SERVING, node.state());
        }
    }

    @Test
    void shouldFailTypedWhenAgentDies()
    {
        final AtomicReference<Thread> agent = new AtomicReference<>();
        try (GridNode node = GridNode.launch(context().threadFactory(work ->
        {
            agent.set(new Thread(work));
            return agent.get();
        })))
        {
            final GridMap<String, String> map = node.grid().map("map", Codecs.STRING, Codecs.STRING);
            map.put("a", "1");
            agent.get().interrupt();
            await("the end of the agent", () -> node.state() == NodeState.FAILED);
            assertThrows(GridException.class, () -> map.put("a", "2"));
            assertThrows(GridException.class, () -> map.get("a"));
            assertTrue(node.grid().isClosed());
        }
    }

    @Test
    void shouldCloseFromItsOwnThread()
    {
        final AtomicReference<GridNode> node = new AtomicReference<>();
        node.set(GridNode.launch(context().errorHandler(error -> node.get().close())));
        node.get().close();
        assertEquals(NodeState.CLOSED, node.get().state());
    }

    @Test
    void shouldEndAllThreadsOfItsGridWhenClosed()
    {
        final Set<Thread> before = Thread.getAllStackTraces().keySet();
        final GridNode node = GridNode.launch(context());
        final LockLease lease = node.grid().lock("book").acquire(LONG).renewAutomatically();
        node.grid().lock("book").async().acquire(LONG);
        final Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeAll(before);
        assertTrue(threads.stream().anyMatch(thread -> thread.getName().equals("peregrine-leases")), threads::toString);
        node.close();
        assertFalse(lease.isHeld());
        awaitEnd(threads);
    }

    @Test
    void shouldGiveBackAllWhenAThreadCannotBeMade()
    {
        final List<Thread> made = new ArrayList<>();
        final NodeContext context = context().dir(temp.resolve("data").toString()).agents(2).threadFactory(work ->
        {
            if (!made.isEmpty())
            {
                throw new IllegalStateException("on purpose");
            }
            made.add(new Thread(work));
            return made.get(0);
        });
        assertThrows(IllegalStateException.class, () -> GridNode.launch(context));
        awaitEnd(made);
        GridNode.launch(context().dir(temp.resolve("data").toString())).close();
    }

    private static void awaitEnd(final Collection<Thread> threads)
    {
        final long startNs = System.nanoTime();
        while (threads.stream().anyMatch(Thread::isAlive))
        {
            assertTrue(
                System.nanoTime() - startNs < LIMIT_NS,
                () -> "still there: " + threads.stream().filter(Thread::isAlive).toList());
            Thread.yield();
        }
    }

    @Test
    void shouldRefuseInvokeWhereNodeHasThreads()
    {
        try (GridNode node = GridNode.launch(context().idleStrategies(() -> BusySpinIdleStrategy.INSTANCE)))
        {
            assertThrows(IllegalStateException.class, node::invoke);
        }
    }

    @Test
    void shouldServeOnlyTheDrivingThreadWhenInvoked() throws InterruptedException
    {
        try (GridNode node = GridNode.launch(context().threading(Threading.INVOKER)))
        {
            final AtomicReference<String> found = new AtomicReference<>();
            final Thread other = new Thread(() ->
            {
                final GridMap<String, String> map = node.grid().map("map", Codecs.STRING, Codecs.STRING);
                map.put("a", "from the other");
                found.set(map.get("a"));
            });
            other.start();
            await("the other thread", () ->
            {
                node.invoke();
                Thread.yield();
                return !other.isAlive();
            });
            assertEquals("from the other", found.get());
        }
    }

    private static void await(final String what, final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, () -> "waited too long for " + what);
            Thread.onSpinWait();
        }
    }

    private NodeContext context()
    {
        return Nodes.context(Threading.INLINE).set(NodeSettings.LIVE_DIR, temp.resolve("live").toString());
    }

    private static void call(
        final GridNode node, final int id, final AtomicInteger written, final AtomicReference<Throwable> wrong)
    {
        try
        {
            final GridMap<String, String> map = node.grid().map("map", Codecs.STRING, Codecs.STRING);
            for (int i = 0; i < 10_000_000; i++)
            {
                final String key = id + "-" + i % 1000;
                map.put(key, key);
                written.incrementAndGet();
                if (!key.equals(map.get(key)))
                {
                    throw new AssertionError("lost " + key);
                }
            }
        }
        catch (final GridException ex)
        {
            if (node.state() == NodeState.SERVING)
            {
                wrong.set(ex);
            }
        }
        catch (final Throwable ex)
        {
            wrong.set(ex);
        }
    }
}
