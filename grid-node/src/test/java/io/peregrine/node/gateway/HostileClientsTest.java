package io.peregrine.node.gateway;

import io.peregrine.node.Caller;
import io.peregrine.node.NodeSettings;
import io.peregrine.node.Nodes;
import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.link.ClientLinks;
import io.peregrine.transport.link.LinkSender;
import io.peregrine.transport.monitor.CounterType;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Clients that do not read, stop in the middle, come and go, or lose their node again and again. The numbers of the
 * last two can be raised: {@code peregrine.test.clients} and {@code peregrine.test.restarts}.
 */
@Tag("long")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class HostileClientsTest
{
    private static final long WAITING_LIMIT = 4L << 20;
    private static final long LIMIT_NS = TimeUnit.MINUTES.toNanos(5);

    @TempDir
    private Path directory;

    @Test
    void shouldCutOffAClientThatNeverReadsWhileOthersAreServed()
    {
        try (RemoteNode remote = new RemoteNode(directory))
        {
            remote.start(remote.context()
                .set(NodeSettings.CLIENTS_SILENCE, TimeUnit.SECONDS.toNanos(100)));
            try (Caller honest = remote.newCaller(false))
            {
                final int map = honest.open("map");
                honest.put(map, "long", new byte[100_000]);
                final ClientLink link = remote.connect(remote.newClient(true, 666));
                final LinkSender sender = link.connection().newSender();
                final UnsafeBuffer message = new UnsafeBuffer(new byte[256]);
                final int length = new Requests(new Random(1)).read(
                    message, 1, map, honest.partition("long"), "long");
                long most = 0;
                final long startNs = System.nanoTime();
                while (remote.counter(CounterType.DENIED_TOO_SLOW) == 0)
                {
                    assertTrue(System.nanoTime() - startNs < LIMIT_NS, "it is not cut off");
                    while (send(sender, message, length))
                    {
                        remote.work();
                    }
                    assertServed(honest, map);
                    most = Math.max(most, remote.counter(CounterType.ANSWERS_WAITING));
                }
                assertTrue(most > 0 && most < WAITING_LIMIT, most + " bytes waited");
                remote.await("none waits", () -> remote.counter(CounterType.ANSWERS_WAITING) == 0);
                assertServed(honest, map);
            }
        }
    }

    @Test
    void shouldForgetRequestsWhoseNextPieceDoesNotCome()
    {
        final GatewayTally tally = new GatewayTally();
        final LinkEnd end = new LinkEnd(
            null, 8, new DelayedEnds(), tally, new ExpandableArrayBuffer(), new Assemblers(4096));
        end.tag(3).half(1_000, 50);
        end.tag(5).half(500, 100);
        assertEquals(1_500, tally.pieces());
        end.tag(3).onPiece(60);
        end.dropHalfRequests(159, 100);
        assertEquals(1_500, tally.pieces());
        end.dropHalfRequests(160, 100);
        assertFalse(end.tag(3).isHalf());
        assertTrue(end.tag(5).isHalf());
        assertEquals(500, tally.pieces());
        assertEquals(1, tally.droppedPieces());
        end.onGone();
        assertEquals(0, tally.pieces());
    }

    @Test
    void shouldKeepNothingOfClientsThatComeAndGo() throws IOException
    {
        final int count = Integer.getInteger("peregrine.test.clients", 200);
        try (RemoteNode remote = new RemoteNode(directory).start(); Caller honest = remote.newCaller(false))
        {
            final int map = honest.open("map");
            final ClientLinks client = remote.newClient(true, 666);
            for (int i = 0; i < count; i++)
            {
                final ClientLink link = remote.connect(client);
                remote.links.remove(link);
                link.close();
                if (i % 20 == 0)
                {
                    assertServed(honest, map);
                }
            }
            remote.await("only the honest one", () -> remote.counter(CounterType.CLIENTS) == 1 &&
                remote.counter(CounterType.CLIENTS_OPENED) == count + 1);
            remote.await("files", () -> files(directory.resolve("served.driver")) < 20);
        }
    }

    @Test
    void shouldFindANodeAgainThatIsRestartedManyTimesWithoutLeaking() throws IOException
    {
        final int count = Integer.getInteger("peregrine.test.restarts", 6);
        try (RemoteNode remote = new RemoteNode(directory).start())
        {
            final ClientLink udp = remote.connect(remote.newClient(false, 1));
            final ClientLink ipc = remote.connect(remote.newClient(true, 2));
            long mapped = 0;
            int threads = 0;
            for (int i = 0; i < count; i++)
            {
                final long incarnation = udp.connection().incarnation();
                remote.node.close();
                remote.start();
                remote.await("both again", () -> isNew(udp, incarnation) && isNew(ipc, incarnation));
                remote.await("counted", () -> remote.counter(CounterType.CLIENTS) == 2);
                if (i == 2)
                {
                    mapped = Nodes.mappings();
                    threads = Thread.activeCount();
                }
            }
            assertTrue(Thread.activeCount() <= threads, Thread.activeCount() + " threads, once " + threads);
            final long once = mapped;
            remote.await("mappings of streams that are gone", () -> Nodes.mappings() <= once + once / 2);
        }
    }

    private static boolean isNew(final ClientLink link, final long incarnation)
    {
        link.poll((tag, buffer, offset, length) -> { }, 10);
        return link.connection() != null && link.connection().incarnation() != incarnation;
    }

    private static boolean send(final LinkSender sender, final UnsafeBuffer message, final int length)
    {
        final int at = sender.tryClaim(1, length);
        if (at >= 0)
        {
            sender.buffer().putBytes(at, message, 0, length);
            sender.commit();
        }
        return at >= 0;
    }

    private static void assertServed(final Caller honest, final int map)
    {
        final byte[] value = {1, 2, 3};
        honest.put(map, "key", value);
        assertArrayEquals(value, honest.read(map, "key"));
    }

    private static long files(final Path in)
    {
        try (Stream<Path> all = Files.walk(in))
        {
            return all.filter((path) -> path.toString().endsWith(".logbuffer")).count();
        }
        catch (final IOException | java.io.UncheckedIOException ex)
        {
            return Long.MAX_VALUE;
        }
    }
}
