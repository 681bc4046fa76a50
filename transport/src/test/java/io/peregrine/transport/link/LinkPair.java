package io.peregrine.transport.link;

import io.peregrine.transport.DriverLimits;
import io.peregrine.transport.process.UdpPort;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A server and clients of it, all driven by the thread of the test.
 */
final class LinkPair implements AutoCloseable
{
    static final DriverLimits LIMITS = new DriverLimits(2304, 1, 1 << 20);
    static final int WINDOW = 16 * 1024;
    static final int CLIENT_TERM = 64 * 1024;
    static final LinkServerSettings SETTINGS = new LinkServerSettings(
        64, 1L << 30, 1 << 20, WINDOW, 8192, 2_000_000_000L, 50_000_000L, 500_000_000L);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    final List<Throwable> errors = new ArrayList<>();
    final List<ClientLinks> clients = new ArrayList<>();
    final List<ClientLink> links = new ArrayList<>();
    final String endpoint;
    final Path directory;
    LinkServerSettings settings = SETTINGS;
    LinkServerHandler handler = new Echo();
    LinkServer server;
    long gridId = 77;

    private final boolean isIpc;
    LinkHost host;

    LinkPair(final Path directory, final boolean isIpc)
    {
        this.directory = directory;
        this.isIpc = isIpc;
        endpoint = UdpPort.free();
    }

    void startServer(final long incarnation)
    {
        host = LinkHost.open(directory.resolve("server"), LIMITS, errors::add, null);
        server = host.listen(
            endpoint,
            0,
            settings,
            new LinkIdentity(incarnation, gridId, "grid", "node", new UnsafeBuffer(new byte[]{1, 2, 3})),
            handler);
    }

    void stopServer()
    {
        server.close();
        killServer();
    }

    /**
     * Without a word to anybody.
     */
    void killServer()
    {
        host.close();
        host = null;
        server = null;
    }

    ClientLink connect(final String gridName)
    {
        return newLink(newClient(gridName));
    }

    ClientLinks newClient(final String gridName)
    {
        final LinkSettings base = LinkSettings.defaults(clients.size() + 1);
        final LinkSettings with = new LinkSettings(
            base.clientId(),
            "test",
            gridName,
            base.mtu(),
            CLIENT_TERM,
            base.attemptTimeoutNs(),
            20_000_000L,
            100_000_000L);
        final ClientLinks client = isIpc ?
            ClientLinks.ipc(directory.resolve("server"), with, errors::add) :
            ClientLinks.udp(directory.resolve("client-" + clients.size()), with, errors::add);
        clients.add(client);
        return client;
    }

    ClientLink newLink(final ClientLinks client)
    {
        final ClientLink link = client.open(endpoint, 0);
        links.add(link);
        return link;
    }

    void work()
    {
        final long nowNs = System.nanoTime();
        if (host != null)
        {
            host.work();
            if (server != null)
            {
                server.work(nowNs);
            }
        }
        for (int i = 0; i < clients.size(); i++)
        {
            clients.get(i).work(nowNs);
        }
        for (int i = 0; i < links.size(); i++)
        {
            links.get(i).work(nowNs);
        }
    }

    void await(final String what, final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, () -> "waited in vain: " + what + " " + faults());
            work();
        }
    }

    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(clients);
        CloseHelper.quietCloseAll(server, host);
    }

    private String faults()
    {
        final StringBuilder text = new StringBuilder();
        for (final ClientLink link : links)
        {
            text.append(link.fault()).append(' ');
        }
        return text.append(errors).toString();
    }

    /**
     * @return a port that is free together with the one above it.
     */
    static int freePort()
    {
        return Integer.parseInt(UdpPort.free().split(":")[1]);
    }

    /**
     * Answers each message with itself.
     */
    static class Echo implements LinkServerHandler
    {
        int opened;
        int closed;

        @Override
        public void onOpen(final ServerLink link)
        {
            opened++;
        }

        @Override
        public boolean onMessage(
            final ServerLink link, final int tag, final DirectBuffer buffer, final int offset, final int length)
        {
            final int at = link.tryClaim(tag, length);
            if (at >= 0)
            {
                link.buffer().putBytes(at, buffer, offset, length);
                link.commit();
            }
            return at != LinkSender.BACK_PRESSURED;
        }

        @Override
        public void onClosed(final ServerLink link)
        {
            closed++;
        }
    }
}
