package io.peregrine.node.remote;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridClientContext;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.node.GridNode;
import io.peregrine.node.MemoryDirectories;
import io.peregrine.node.NodeContext;
import io.peregrine.node.NodeSettings;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import io.peregrine.transport.monitor.CounterType;
import io.peregrine.transport.monitor.LiveDirectory;
import io.peregrine.transport.process.UdpPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.agrona.IoUtil;

/**
 * A node that is reached from outside, which may be stopped and started again at the same address, and clients of it.
 */
final class Served implements AutoCloseable
{
    private static final long LIMIT_NS = 60_000_000_000L;
    private static int nodes;

    final List<Throwable> errors = Collections.synchronizedList(new ArrayList<>());
    private final Path live = newDirectory();
    private final String name = nextName();
    private final String address = UdpPort.free();
    private final UnaryOperator<NodeContext> settings;
    private GridNode node;

    Served()
    {
        this((context) -> context.partitions(16));
    }

    Served(final UnaryOperator<NodeContext> settings)
    {
        this.settings = settings;
        start();
    }

    String address()
    {
        return address;
    }

    String liveDirectory()
    {
        return live.toString();
    }

    String ipcAddress()
    {
        return "ipc:" + name;
    }

    /**
     * Where the node's media driver has its files.
     */
    Path driver()
    {
        return LiveDirectory.driverOf(live, name);
    }

    /**
     * What the node counts, in its first data agent.
     */
    long counter(final CounterType type)
    {
        return Nodes.counter(live, name, type);
    }

    GridNode node()
    {
        return node;
    }

    void start()
    {
        node = GridNode.launch(settings.apply(Nodes.context(Threading.INLINE)
            .set(NodeSettings.LIVE_DIR, live.toString())
            .name(name)
            .bind(address)
            .errorHandler(errors::add)));
    }

    void stop()
    {
        node.close();
    }

    GridClientContext context(final boolean ipc)
    {
        return new GridClientContext()
            .inputs(SettingInputs.NONE)
            .connect(ipc ? ipcAddress() : address)
            .set(ClientSettings.LIVE_DIR, live.toString())
            .set(ClientSettings.CONNECT_TIMEOUT, LIMIT_NS)
            .set(ClientSettings.CALL_TIMEOUT, LIMIT_NS)
            .set(ClientSettings.CLOSE_TIMEOUT, LIMIT_NS / 3)
            .errorHandler(errors::add);
    }

    GridClient connect()
    {
        return GridClient.connect(context(false));
    }

    GridClient connect(final boolean ipc)
    {
        return GridClient.connect(context(ipc));
    }

    static void await(final String what, final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - startNs > LIMIT_NS)
            {
                throw new AssertionError("waited too long for " + what);
            }
            Thread.yield();
        }
    }

    @Override
    public void close()
    {
        node.close();
        IoUtil.delete(live.toFile(), true);
        if (!errors.isEmpty())
        {
            final AssertionError failure = new AssertionError("faults were reported: " + errors);
            errors.forEach(failure::addSuppressed);
            throw failure;
        }
    }

    private static Path newDirectory()
    {
        try
        {
            return MemoryDirectories.create("peregrine-served");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static synchronized String nextName()
    {
        return "served-" + ProcessHandle.current().pid() + "-" + ++nodes;
    }
}
