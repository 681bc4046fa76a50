package io.peregrine.node.gateway;

import com.sun.management.ThreadMXBean;
import io.peregrine.client.codec.MapReadReplyDecoder;
import io.peregrine.client.codec.MapReplyDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.node.GridNode;
import io.peregrine.node.NodeContext;
import io.peregrine.node.Nodes;
import io.peregrine.node.NodeSettings;
import io.peregrine.node.Threading;
import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.link.ClientLinks;
import io.peregrine.transport.link.LinkHandler;
import io.peregrine.transport.link.LinkSender;
import io.peregrine.transport.link.LinkSettings;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What the data agent allocates while it serves a client of another process, beside a media driver with threads of its
 * own. The JVM allocates on a thread until it has compiled everything: one round without garbage is the proof.
 */
@Timeout(300)
class NoGarbageWhileServingTest
{
    private static final int OPERATIONS = 2_000;
    private static final int ROUNDS = 400;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    /**
     * Less than one small object for ten operations: what is allocated by time, and not by operation.
     */
    private static final long BYTES = OPERATIONS / 10;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer put = new UnsafeBuffer(new byte[512]);
    private final UnsafeBuffer get = new UnsafeBuffer(new byte[256]);
    private final List<Thread> threadsOfNode = new CopyOnWriteArrayList<>();
    private final LinkHandler handler = this::onAnswer;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private int putLength;
    private int getLength;
    private int answers;
    private int refusals;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAllocateNothingOnTheDataAgent(final boolean isIpc)
    {
        try (RemoteNode remote = new RemoteNode(directory);
            GridNode node = GridNode.launch(context(remote));
            ClientLinks client = client(isIpc))
        {
            node.grid().flyweightMap("map").close();
            final ClientLink link = client.open(remote.endpoint(), 0);
            remote.await("connection", () ->
            {
                drive(client, link);
                return link.connection() != null;
            });
            final Requests requests = new Requests(new Random(1));
            putLength = requests.put(put, 1, 1, 0, 0, "key", new byte[100]);
            getLength = requests.read(get, 2, 1, 0, "key");
            final LinkSender sender = link.connection().newSender();
            long bytes = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && bytes > BYTES; round++)
            {
                final long before = allocatedByAgent();
                putAndGet(client, link, sender);
                bytes = allocatedByAgent() - before;
            }
            assertEquals(0, refusals);
            assertTrue(bytes <= BYTES, bytes + " bytes for " + OPERATIONS + " puts and gets");
        }
    }

    private long allocatedByAgent()
    {
        return threads.getThreadAllocatedBytes(threadsOfNode.stream()
            .filter((thread) -> thread.getName().contains("data-agent")).findFirst().orElseThrow().getId());
    }

    private NodeContext context(final RemoteNode remote)
    {
        return Nodes.context(Threading.DEDICATED)
            .name("served")
            .partitions(1)
            .set(NodeSettings.LIVE_DIR, directory.toString())
            .bind(remote.endpoint())
            .set(NodeSettings.CLIENTS_SILENCE, TimeUnit.SECONDS.toNanos(100))
            .idleStrategies(YieldingIdleStrategy::new)
            .threadFactory((work) ->
            {
                threadsOfNode.add(new Thread(work));
                return threadsOfNode.get(threadsOfNode.size() - 1);
            });
    }

    private ClientLinks client(final boolean isIpc)
    {
        final LinkSettings settings = LinkSettings.defaults(1);
        return isIpc ?
            ClientLinks.ipc(directory.resolve("served.driver"), settings, (fault) -> { }) :
            ClientLinks.udp(directory.resolve("client"), settings, (fault) -> { });
    }

    private void putAndGet(final ClientLinks client, final ClientLink link, final LinkSender sender)
    {
        for (int i = 0; i < OPERATIONS; i++)
        {
            put.putLong(8, i);
            get.putLong(8, i);
            call(client, link, sender, put, putLength);
            call(client, link, sender, get, getLength);
        }
    }

    private void call(
        final ClientLinks client,
        final ClientLink link,
        final LinkSender sender,
        final UnsafeBuffer message,
        final int length)
    {
        final int before = answers;
        final long startNs = System.nanoTime();
        int at;
        while ((at = sender.tryClaim(1, length)) < 0)
        {
            if (at == LinkSender.DISCONNECTED)
            {
                throw new IllegalStateException("lost: " + link.fault());
            }
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, () -> "no room: " + link.fault());
            drive(client, link);
        }
        sender.buffer().putBytes(at, message, 0, length);
        sender.commit();
        while (answers == before)
        {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, () -> "no answer: " + link.fault());
            if (drive(client, link) == 0)
            {
                Thread.yield();
            }
        }
    }

    private int drive(final ClientLinks client, final ClientLink link)
    {
        final long nowNs = System.nanoTime();
        return client.work(nowNs) + link.work(nowNs) + link.poll(handler, 10);
    }

    private void onAnswer(final int tag, final DirectBuffer buffer, final int offset, final int length)
    {
        final int template = header.wrap(buffer, offset).templateId();
        answers++;
        refusals += template == MapReplyDecoder.TEMPLATE_ID || template == MapReadReplyDecoder.TEMPLATE_ID ? 0 : 1;
    }
}
