package io.peregrine.node.gateway;

import io.peregrine.node.Caller;
import io.peregrine.node.command.GridProcess;
import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.link.LinkSender;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A node with a small Java heap, of which clients want as much as they can get. It stops at the first
 * {@link OutOfMemoryError}.
 */
@Tag("long")
@Timeout(120)
class SmallHeapTest
{
    private static final int PIECE = 1_300;
    private static final int LONG = 45 * PIECE;
    private static final List<String> FLAGS = List.of(
        "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED", "-Xmx64m", "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    @TempDir
    private Path directory;

    private final Requests requests = new Requests(new Random(1));
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[2_048]);

    @Test
    void shouldServeOthersWhenClientsTakeWhatMemoryTheyCan() throws Exception
    {
        try (RemoteNode remote = new RemoteNode(directory);
            GridProcess node = GridProcess.start(FLAGS, directory, "node", "--name", "served", "--bind",
                remote.endpoint(), "--memory-limit", "64m", "--set", "partitions=8", "--set", "clients.silence=10s",
                "--set", "live.dir=" + directory))
        {
            node.awaitLine("grid node: serving at");
            sendLongRequestsByManyTags(remote);
            assertServed(remote);
            beginLongRequests(remote);
            assertServed(remote);
            askForMoreThanIsRead(remote);
            assertServed(remote);
            assertEquals(0, node.stop().exitCode());
        }
    }

    private void sendLongRequestsByManyTags(final RemoteNode remote)
    {
        final Attacker attacker = new Attacker(remote, remote.newClient(true, 100));
        for (int tag = 1; tag <= GatewayLimits.TAGS; tag++)
        {
            for (int from = 0; from < LONG; from += PIECE)
            {
                attacker.send(tag, message, requests.fragment(message, tag, LONG, from, PIECE));
            }
        }
        attacker.awaitAnswers(GatewayLimits.TAGS);
    }

    private void beginLongRequests(final RemoteNode remote)
    {
        final int total = 8 << 20;
        for (int client = 0; client < 4; client++)
        {
            final Attacker attacker = new Attacker(remote, remote.newClient(false, 200 + client));
            for (int tag = 1; tag <= 16; tag++)
            {
                attacker.send(tag, message, requests.fragment(message, tag, total, 0, PIECE));
            }
            for (int i = 0; i < 100; i++)
            {
                attacker.work();
            }
        }
    }

    private void askForMoreThanIsRead(final RemoteNode remote)
    {
        final Caller honest = honest(remote);
        final int map = honest.open("map");
        putWhenOthersAreGone(honest, map, "long", new byte[1 << 20]);
        for (int client = 0; client < 24; client++)
        {
            final ClientLink link = remote.connect(remote.newClient(true, 300 + client));
            final LinkSender sender = link.connection().newSender();
            final int length = requests.read(message, 1, map, honest.partition("long"), "long");
            for (int i = 0; i < 100; i++)
            {
                final int at = sender.tryClaim(1, length);
                if (at >= 0)
                {
                    sender.buffer().putBytes(at, message, 0, length);
                    sender.commit();
                }
                remote.work();
            }
        }
        putWhenOthersAreGone(honest, map, "key", new byte[1]);
    }

    /**
     * What others began, or do not read, may fill the room until they have been silent, or slow, for long enough.
     */
    private static void putWhenOthersAreGone(final Caller caller, final int map, final String key, final byte[] value)
    {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (caller.tryPut(map, key, value, 0) != null)
        {
            assertTrue(System.nanoTime() < endNs, "still refused, though those who took the room are gone");
        }
    }

    private static void assertServed(final RemoteNode remote)
    {
        final Caller honest = honest(remote);
        final int map = honest.open("map");
        final byte[] value = {1, 2, 3};
        for (int i = 0; i < 100; i++)
        {
            honest.put(map, "key", value);
            assertArrayEquals(value, honest.read(map, "key"));
        }
    }

    private static Caller honest(final RemoteNode remote)
    {
        return new Caller(new LinkPort(remote, remote.connect(remote.newClient(false, 1)), 1, 8));
    }
}
