package io.peregrine.transport.link;

import io.peregrine.transport.process.StartupException;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class LinkHostTest
{
    private static final List<IdleStrategy> IDLES =
        new ArrayList<>(Arrays.asList(null, new SleepingMillisIdleStrategy(1)));

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();

    @TempDir
    private Path temp;

    @Test
    void shouldGiveEverythingBackWhenClosed() throws IOException
    {
        for (final IdleStrategy idle : IDLES)
        {
            final int port = LinkPair.freePort();
            final Path directory = temp.resolve("driver");
            final Set<Thread> before = Thread.getAllStackTraces().keySet();
            try (LinkHost host = LinkHost.open(directory, LinkPair.LIMITS, errors::add, idle);
                LinkServer server = listen(host, port))
            {
                assertTrue(isTaken(port));
                assertTrue(isTaken(port + 1));
                assertEquals(0, server.size());
                assertTrue(Files.exists(directory));
            }
            assertFalse(Files.exists(directory));
            assertFalse(isTaken(port));
            assertFalse(isTaken(port + 1));
            assertEquals(Set.of(), driverThreads(before));
        }
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldSayWhyWhenItCannotListen() throws IOException
    {
        for (final IdleStrategy idle : IDLES)
        {
            final int port = LinkPair.freePort();
            final Path directory = temp.resolve("driver");
            final Set<Thread> before = Thread.getAllStackTraces().keySet();
            try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress("127.0.0.1", port + 1));
                LinkHost host = LinkHost.open(directory, LinkPair.LIMITS, errors::add, idle))
            {
                assertTrue(taken.isBound());
                final long mappings = mappings(directory);
                final StartupException refused = assertThrows(StartupException.class, () -> listen(host, port));
                assertEquals(mappings, mappings(directory), "a client of the driver was not closed");
                assertTrue(refused.getMessage().contains(Integer.toString(port)), refused.getMessage());
            }
            assertFalse(Files.exists(directory));
            assertEquals(Set.of(), driverThreads(before));
        }
    }

    private static LinkServer listen(final LinkHost host, final int port)
    {
        return host.listen(
            "127.0.0.1:" + port,
            0,
            LinkPair.SETTINGS,
            new LinkIdentity(1, 2, "grid", "node", new UnsafeBuffer(new byte[0])),
            new LinkPair.Echo());
    }

    /**
     * @return files of the driver that this process maps; none where the system does not tell.
     */
    private static long mappings(final Path directory) throws IOException
    {
        final Path maps = Path.of("/proc/self/maps");
        if (!Files.exists(maps))
        {
            return 0;
        }
        try (Stream<String> lines = Files.lines(maps))
        {
            return lines.filter((line) -> line.contains(directory + "/cnc.dat")).count();
        }
    }

    private static boolean isTaken(final int port) throws IOException
    {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", port)))
        {
            return !socket.isBound();
        }
        catch (final BindException ex)
        {
            return true;
        }
    }

    private static Set<String> driverThreads(final Set<Thread> before)
    {
        return Thread.getAllStackTraces().keySet().stream()
            .filter((thread) -> !before.contains(thread) && thread.isAlive())
            .map(Thread::getName)
            .filter((name) -> name.contains("driver") || name.contains("aeron") || name.contains("shared"))
            .collect(Collectors.toSet());
    }
}
