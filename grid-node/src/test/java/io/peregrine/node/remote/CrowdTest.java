package io.peregrine.node.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.Codecs;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridMap;
import io.peregrine.node.Nodes;
import io.peregrine.transport.monitor.CounterType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many clients of one process at once: all work, and when they are closed nothing is left of them, neither here nor at
 * the node. {@code peregrine.test.clients} raises their number.
 */
@Tag("long")
@Timeout(600)
class CrowdTest
{
    private static final int ROUNDS = 2;

    @ParameterizedTest
    @CsvSource({"true, 50", "false, 8"})
    void shouldLeaveNothingWhenManyClientsAreClosed(final boolean ipc, final int usual)
    {
        final int count = Integer.getInteger("peregrine.test.clients", usual);
        try (Served served = new Served())
        {
            final GridMap<Long, Long> all =
                served.node().grid().map("crowd", Codecs.LONG, Codecs.LONG);
            final Set<Thread> others = clientThreads();
            final long sessions = served.counter(CounterType.SESSIONS);
            long mappings = 0;
            for (int round = 0; round < ROUNDS; round++)
            {
                final List<GridClient> clients = new ArrayList<>();
                for (long i = 0; i < count; i++)
                {
                    final GridClient client = served.connect(ipc);
                    clients.add(client);
                    client.grid().map("crowd", Codecs.LONG, Codecs.LONG).put(i, (long) round);
                }
                for (long i = 0; i < count; i++)
                {
                    assertEquals(round, clients.get((int) i).grid().map("crowd", Codecs.LONG, Codecs.LONG).get(i));
                }
                Served.await("clients shown", () -> served.counter(CounterType.CLIENTS) == count);
                assertEquals(count, all.size());
                assertEquals(count, clientThreadsBut(others));
                CloseHelper.closeAll(clients);
                Served.await("end of clients", () -> served.counter(CounterType.CLIENTS) == 0 &&
                    served.counter(CounterType.SESSIONS) == sessions && clientThreadsBut(others) == 0);
                Served.await("files of clients", () -> clientFiles(served) == 0);
                mappings = round == 0 ? Nodes.mappings() : mappings;
            }
            final long once = mappings;
            Served.await("mappings of clients", () -> Nodes.mappings() <= once + count / 10);
            assertTrue(once > 0);
        }
    }

    private static Set<Thread> clientThreads()
    {
        return Thread.getAllStackTraces().keySet().stream()
            .filter((thread) -> thread.getName().equals("peregrine-client"))
            .collect(Collectors.toSet());
    }

    /**
     * @param others of clients that were closed before, which may be about to end.
     */
    private static long clientThreadsBut(final Set<Thread> others)
    {
        return clientThreads().stream().filter((thread) -> !others.contains(thread)).count();
    }

    private static long clientFiles(final Served served)
    {
        try (Stream<Path> files = Files.list(Path.of(served.liveDirectory())))
        {
            return files.filter((file) -> file.getFileName().toString().startsWith("client-")).count();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
