package io.peregrine.node.gateway;

import io.peregrine.node.Caller;
import io.peregrine.node.GridNode;
import io.peregrine.node.NodeContext;
import io.peregrine.node.NodeSettings;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.link.ClientLinks;
import io.peregrine.transport.link.LinkSettings;
import io.peregrine.transport.monitor.CounterType;
import io.peregrine.transport.process.UdpPort;
import org.agrona.CloseHelper;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A node that is reached from outside, and clients of it, all driven by the thread of the test.
 */
final class RemoteNode implements AutoCloseable
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    final List<Throwable> errors = new CopyOnWriteArrayList<>();
    final List<ClientLinks> clients = new ArrayList<>();
    final List<ClientLink> links = new ArrayList<>();
    GridNode node;

    private final Path directory;
    private final String endpoint = UdpPort.free();

    RemoteNode(final Path directory)
    {
        this.directory = directory;
    }

    NodeContext context()
    {
        return Nodes.context(Threading.INVOKER)
            .name("served")
            .partitions(8)
            .set(NodeSettings.LIVE_DIR, directory.toString())
            .bind(endpoint())
            .errorHandler(errors::add);
    }

    String endpoint()
    {
        return endpoint;
    }

    RemoteNode start(final NodeContext context)
    {
        node = GridNode.launch(context);
        return this;
    }

    RemoteNode start()
    {
        return start(context());
    }

    /**
     * @return what a client of its own drives links with.
     */
    ClientLinks newClient(final boolean isIpc, final long clientId)
    {
        final LinkSettings base = LinkSettings.defaults(clientId);
        final LinkSettings settings = new LinkSettings(
            clientId, "test", "grid", base.mtu(), 64 * 1024, base.attemptTimeoutNs(), 20_000_000L, 200_000_000L);
        final ClientLinks client = isIpc ?
            ClientLinks.ipc(directory.resolve("served.driver"), settings, errors::add) :
            ClientLinks.udp(directory.resolve("client-" + clients.size()), settings, errors::add);
        clients.add(client);
        return client;
    }

    /**
     * @return a link of the client, connected.
     */
    ClientLink connect(final ClientLinks client)
    {
        return connect(client, 0);
    }

    ClientLink connect(final ClientLinks client, final int agent)
    {
        final ClientLink link = client.open(endpoint(), agent);
        links.add(link);
        await("connection", () -> link.connection() != null);
        return link;
    }

    Caller newCaller(final boolean isIpc)
    {
        return new Caller(new LinkPort(this, connect(newClient(isIpc, clients.size() + 1)), 1,
            node.context().get(NodeSettings.PARTITIONS)));
    }

    void work()
    {
        if (node != null)
        {
            node.invoke();
        }
        final long nowNs = System.nanoTime();
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
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, () -> "waited in vain: " + what + " " + errors);
            work();
        }
    }

    /**
     * @return the counter's value, of the first data agent.
     */
    long counter(final CounterType type)
    {
        return Nodes.counter(directory, "served", type);
    }

    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(clients);
        CloseHelper.quietClose(node);
    }
}
