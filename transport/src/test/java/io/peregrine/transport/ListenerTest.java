package io.peregrine.transport;

import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class ListenerTest
{
    private static final List<IdleStrategy> IDLES =
        new ArrayList<>(Arrays.asList(null, new SleepingMillisIdleStrategy(1)));

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();

    @TempDir
    private Path temp;

    @Test
    void shouldLeaveNothingBehindWhenItCannotListen()
    {
        for (final IdleStrategy idle : IDLES)
        {
            final Path directory = temp.resolve("driver");
            final Set<Thread> before = Thread.getAllStackTraces().keySet();
            assertThrows(
                RuntimeException.class, () -> Listener.open("no.such.host.invalid:1", directory, errors::add, idle));
            assertFalse(Files.exists(directory));
            assertEquals(Set.of(), driverThreads(before));
        }
    }

    @Test
    void shouldGiveItsAddressBackWhenClosed() throws IOException
    {
        for (final IdleStrategy idle : IDLES)
        {
            final int port = freePort();
            final Path directory = temp.resolve("driver");
            try (Listener listener = Listener.open("127.0.0.1:" + port, directory, errors::add, idle))
            {
                listener.work();
                assertTrue(Files.exists(directory));
            }
            assertFalse(Files.exists(directory));
            try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", port)))
            {
                assertTrue(socket.isBound());
            }
        }
        assertEquals(List.of(), errors);
    }

    private static Set<String> driverThreads(final Set<Thread> before)
    {
        return Thread.getAllStackTraces().keySet().stream()
            .filter((thread) -> !before.contains(thread) && thread.isAlive())
            .map(Thread::getName)
            .filter((name) -> name.contains("driver") || name.contains("aeron") || name.contains("shared"))
            .collect(Collectors.toSet());
    }

    private static int freePort() throws IOException
    {
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress()))
        {
            return free.getLocalPort();
        }
    }
}
