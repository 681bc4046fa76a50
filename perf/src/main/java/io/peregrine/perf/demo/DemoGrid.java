package io.peregrine.perf.demo;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.Grid;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridClientContext;
import io.peregrine.client.GridException;
import io.peregrine.client.NodeStatus;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.node.partition.CopyCheck;
import io.peregrine.node.partition.CopyState;
import io.peregrine.perf.copies.CopyLine;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Ports;
import io.peregrine.perf.process.Workplace;
import org.agrona.CloseHelper;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The processes of the demo's nodes, and a client of them. Whatever way it ends, no process and no file is left. One
 * thread.
 */
final class DemoGrid implements AutoCloseable
{
    static final int SEEDS = 3;

    private static final int COPIES = 2;
    private static final int PORTS = 10;
    private static final int CONTROL_PORT = 2;
    private static final int MOST_NODES = 4;
    private static final long CONNECT_NS = TimeUnit.SECONDS.toNanos(30);

    private final Workplace place = new Workplace();
    private final int port = Ports.freeRange(PORTS * MOST_NODES);
    private final ChildProcess[] nodes = new ChildProcess[MOST_NODES];
    private GridClient client;

    /**
     * Start the process of a node.
     *
     * @param number from 0.
     */
    void start(final int number)
    {
        nodes[number] = DemoNode.start(name(number), address(number), seeds(), place.resolve(name(number)).toString(),
            place.resolve("live").toString());
    }

    void awaitServing(final int number) throws InterruptedException
    {
        nodes[number].await(DemoNode.SERVING);
    }

    /**
     * Connect to the seeds.
     */
    Grid connect()
    {
        client = GridClient.connect(new GridClientContext()
            .inputs(SettingInputs.NONE)
            .connect(IntStream.range(0, SEEDS).mapToObj(this::address).collect(Collectors.joining(",")))
            .set(ClientSettings.LIVE_DIR, place.resolve("client").toString())
            .set(ClientSettings.CONNECT_TIMEOUT, CONNECT_NS));
        return client.grid();
    }

    /**
     * SIGKILL.
     */
    void kill(final int number)
    {
        nodes[number].kill();
    }

    long pid(final int number)
    {
        return nodes[number].pid();
    }

    static String name(final int number)
    {
        return "node-" + (number + 1);
    }

    String address(final int number)
    {
        return "127.0.0.1:" + (port + PORTS * number);
    }

    private String seeds()
    {
        return IntStream.range(0, SEEDS)
            .mapToObj((number) -> name(number) + "=127.0.0.1:" + (port + PORTS * number + CONTROL_PORT))
            .collect(Collectors.joining(","));
    }

    /**
     * @return what a node says of the grid; null while none answers.
     */
    NodeStatus status()
    {
        try
        {
            return client.grid().nodeStatus();
        }
        catch (final GridException notNow)
        {
            return null;
        }
    }

    /**
     * @param number of a node.
     * @return what is said of it; null where nothing is.
     */
    NodeStatus.MemberStatus member(final int number)
    {
        final NodeStatus status = status();
        return status == null ? null : status.members().stream()
            .filter((member) -> member.name().equals(name(number))).findFirst().orElse(null);
    }

    /**
     * @param members that there have to be.
     * @return how much of it there is, to 1: copies in sync, each at a node that is to have it.
     */
    double wholeness(final int members)
    {
        final NodeStatus status = status();
        if (status == null)
        {
            return 0;
        }

        final int all = COPIES * status.partitions();
        int right = 0;
        int held = 0;
        int serving = 0;
        for (final NodeStatus.MemberStatus member : status.members())
        {
            right += Math.min(member.inSync(), member.planned());
            held += member.inSync();
            serving += member.inSync() > 0 ? 1 : 0;
        }
        final double share = right / (double) all;
        return serving == members && held == all ? share : Math.min(share, 0.99);
    }

    /**
     * Have all nodes look at all their copies, which has them visit all that they hold, and compare what they find.
     */
    CopyCheck compareCopies() throws InterruptedException
    {
        final List<CopyState> states = new ArrayList<>();
        for (final ChildProcess node : nodes)
        {
            node.tell(DemoNode.COPIES);
        }
        for (final ChildProcess node : nodes)
        {
            states.addAll(CopyLine.read(node.await(DemoNode.COPIES)));
        }
        final NodeStatus status = status();
        return status == null ? new CopyCheck(CopyCheck.Finding.APART, "no node answers") :
            CopyCheck.of(states, status.partitions(), COPIES);
    }

    @Override
    public void close()
    {
        CloseHelper.quietClose(client);
        for (final ChildProcess node : nodes)
        {
            if (node != null)
            {
                node.kill();
            }
        }
        place.close();
    }
}
