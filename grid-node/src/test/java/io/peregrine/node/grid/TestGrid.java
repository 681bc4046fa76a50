package io.peregrine.node.grid;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.Codecs;
import io.peregrine.client.Grid;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridClientContext;
import io.peregrine.client.GridMap;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.client.port.KeyHash;
import io.peregrine.node.MemoryDirectories;
import io.peregrine.node.NodeSettings;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.control.Replica;
import io.peregrine.node.partition.CopyCheck;
import io.peregrine.node.partition.CopyState;
import io.peregrine.transport.process.UdpPort;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

/**
 * Several nodes of one grid in this JVM.
 */
final class TestGrid implements AutoCloseable
{
    static final int PARTITIONS = 16;

    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(2);

    final List<Throwable> errors = Collections.synchronizedList(new ArrayList<>());
    final SharedControl control;
    final List<DrivenNode> nodes = new ArrayList<>();
    private final List<GridClient> clients = new ArrayList<>();
    private final Path live;

    TestGrid()
    {
        this(1);
    }

    /**
     * @param minInSync copies that have to be in sync where anything is to be written.
     */
    TestGrid(final int minInSync)
    {
        control = new SharedControl(new GridSettings(
            PARTITIONS, 2, minInSync, 100, 128, 100_000, GridSettings.ALONE_LEASE_NS));
        try
        {
            live = MemoryDirectories.create("peregrine-grid");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    DrivenNode start(final String name)
    {
        final String address = UdpPort.free();
        final DrivenNode node = new DrivenNode(
            control.join(name, address, 1),
            name,
            address,
            Nodes.context(Threading.INVOKER)
                .set(NodeSettings.LIVE_DIR, live.toString())
                .set(NodeSettings.CLOSE_TIMEOUT, TimeUnit.SECONDS.toNanos(20))
                .name(name)
                .errorHandler(errors::add));
        nodes.add(node);
        return node;
    }

    /**
     * Three nodes, with two copies of each partition.
     */
    void startThree()
    {
        start("one");
        start("two");
        start("three");
        awaitCopies(2);
    }

    /**
     * Wait until each node leads some partitions.
     */
    void awaitAllLead()
    {
        await("all to lead", () -> nodes.stream().allMatch((node) -> ledBy(node.memberId()) > 0));
    }

    /**
     * A map with entries of rising values.
     */
    static GridMap<String, Long> filled(final Grid of, final int entries)
    {
        final GridMap<String, Long> map = of.map("map", Codecs.STRING, Codecs.LONG);
        for (long i = 0; i < entries; i++)
        {
            map.put("key-" + i, i);
        }
        return map;
    }

    /**
     * A client that is told of all nodes that were started so far.
     */
    GridClient connect()
    {
        return connect(nodes);
    }

    /**
     * A client that some nodes are named to. Of several it is connected to the one that answers first.
     */
    GridClient connect(final List<DrivenNode> to)
    {
        return connect(to, LIMIT_NS);
    }

    /**
     * One whose calls take no longer than this.
     */
    GridClient connect(final List<DrivenNode> to, final long timeoutNs)
    {
        final GridClient client = GridClient.connect(new GridClientContext()
            .inputs(SettingInputs.NONE)
            .connect(to.stream().map((node) -> node.address).collect(Collectors.joining(",")))
            .set(ClientSettings.LIVE_DIR, live.toString())
            .set(ClientSettings.CONNECT_TIMEOUT, LIMIT_NS)
            .set(ClientSettings.CALL_TIMEOUT, timeoutNs)
            .set(ClientSettings.SESSION_TIMEOUT, TimeUnit.HOURS.toNanos(1))
            .errorHandler(errors::add));
        clients.add(client);
        return client;
    }

    /**
     * Wait until every partition has so many copies in sync.
     */
    void awaitCopies(final int copies)
    {
        await(copies + " copies in sync of each of " + PARTITIONS, () -> control.view().assignments().stream()
            .allMatch((assignment) -> assignment.inSync().size() == copies));
    }

    /**
     * Wait until every partition has so many copies that count, which hold the same.
     *
     * @param running nodes, neither frozen nor closed.
     */
    static void awaitEqualCopies(final int copies, final List<DrivenNode> running)
    {
        await("equal copies", () ->
        {
            final List<CopyState> states = new ArrayList<>();
            running.forEach((node) -> states.addAll(copies(node)));
            final CopyCheck check = CopyCheck.of(states, PARTITIONS, copies);
            assertNotEquals(CopyCheck.Finding.UNEQUAL, check.finding(), check::because);
            return check.finding() == CopyCheck.Finding.EQUAL;
        });
    }

    /**
     * @return the state of each copy that a node has.
     */
    static List<CopyState> copies(final DrivenNode node)
    {
        try
        {
            return node.node().copies().get(LIMIT_NS, TimeUnit.NANOSECONDS);
        }
        catch (final InterruptedException | ExecutionException | TimeoutException ex)
        {
            throw new AssertionError(node.name + " does not tell what it has", ex);
        }
    }

    /**
     * @param part of a key or a name, in braces, that says in which partition it is.
     * @return who leads that partition.
     */
    DrivenNode primaryOf(final String part)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(part.getBytes(StandardCharsets.UTF_8));
        final int partition = KeyHash.partition(KeyHash.hash(bytes, 0, bytes.capacity()), PARTITIONS);
        final int member = control.view().assignments().get(partition).primary();
        return nodes.stream().filter((node) -> node.memberId() == member).findFirst().orElseThrow();
    }

    /**
     * @return partitions that a member leads.
     */
    long ledBy(final int memberId)
    {
        return control.view().assignments().stream().filter((each) -> each.primary() == memberId).count();
    }

    /**
     * @return partitions that a member has an in-sync copy of.
     */
    long heldBy(final int memberId)
    {
        return control.view().assignments().stream().map(Assignment::inSync)
            .filter((set) -> set.stream().map(Replica::memberId).anyMatch((id) -> id == memberId)).count();
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
            LockSupport.parkNanos(STEP_NS);
        }
    }

    @Override
    public void close()
    {
        clients.forEach(CloseHelper::quietClose);
        nodes.forEach((node) -> node.control.close());
        nodes.forEach(DrivenNode::close);
        IoUtil.delete(live.toFile(), true);
    }
}
