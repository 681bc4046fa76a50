package io.peregrine.perf.remote;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.Driving;
import io.peregrine.client.FlyweightMap;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridClientContext;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.map.Fill;
import io.peregrine.perf.map.MapSide;
import io.peregrine.perf.map.PipelinedGets;
import io.peregrine.perf.process.ChildMain;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.NodeProcess;
import io.peregrine.perf.process.Ports;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.Progress;

/**
 * A node in a process of its own, with a filled map, and a client of it.
 */
public final class ServedMap implements AutoCloseable
{
    private static final long OVERHEAD = 128;
    private static final long SLACK = 256L << 20;
    private static final int WINDOW = 128;

    private final Workplace workplace;
    private final Workload workload;
    private final boolean isIpc;
    private final String nodeName = "bench-" + ProcessHandle.current().pid();
    private final String address = "127.0.0.1:" + Ports.freePair();
    private ChildProcess process;
    private GridClient client;
    private long servingNs;

    /**
     * Start the node and connect.
     *
     * @param workplace for files.
     * @param workload  of the benchmark.
     * @param isIpc     through memory rather than over UDP.
     * @param driving   who moves the messages of the client.
     * @throws InterruptedException when interrupted.
     */
    public ServedMap(final Workplace workplace, final Workload workload, final boolean isIpc, final Driving driving)
        throws InterruptedException
    {
        this.workplace = workplace;
        this.workload = workload;
        this.isIpc = isIpc;
        try
        {
            startNode();
            client = connect(driving);
        }
        catch (final InterruptedException | RuntimeException ex)
        {
            close();
            throw ex;
        }
    }

    /**
     * Start the node, which must not run, and wait until it serves.
     */
    void startNode() throws InterruptedException
    {
        final long entry = Workload.KEY_LENGTH + workload.valueLength() + OVERHEAD;
        process = NodeProcess.start(address, liveDir(), nodeName, workload.entries() * entry * 2 + SLACK);
        servingNs = Long.parseLong(process.await(NodeProcess.SERVING));
    }

    /**
     * One more client of the same node.
     */
    GridClient connect(final Driving driving)
    {
        return GridClient.connect(new GridClientContext()
            .connect(isIpc ? "ipc:" + nodeName : address)
            .set(ClientSettings.LIVE_DIR, liveDir())
            .driving(driving)
            .idleStrategies(ChildMain::idle)
            .errorHandler(ServedMap::ignore));
    }

    /**
     * Connections end where nodes are restarted; whatever else is wrong shows in the answers.
     */
    private static void ignore(final Throwable fault)
    {
    }

    private String liveDir()
    {
        return workplace.resolve("live").toString();
    }

    /**
     * The client.
     *
     * @return always the same object.
     */
    public GridClient client()
    {
        return client;
    }

    ChildProcess process()
    {
        return process;
    }

    /**
     * Where the node is reached over UDP.
     *
     * @return its address.
     */
    public String address()
    {
        return address;
    }

    String driverDirectory()
    {
        return workplace.resolve("live").resolve(nodeName + ".driver").toString();
    }

    /**
     * When the node that runs began to serve, by the machine's monotonic clock.
     */
    long servingNs()
    {
        return servingNs;
    }

    /**
     * Write every entry.
     *
     * @param progress to tell.
     */
    public void fill(final Progress progress)
    {
        try (FlyweightMap map = client.grid().flyweightMap(MapSide.MAP))
        {
            new Fill(workload, map).run(progress);
        }
    }

    /**
     * Read all entries.
     *
     * @return how many are wrong or missing.
     */
    long verify(final Progress progress)
    {
        progress.at("checking", 1);
        final PipelinedGets gets = new PipelinedGets(
            workload, client.grid().flyweightMap(MapSide.MAP), PipelinedGets.EACH_ONCE, WINDOW);
        return gets.run(0, workload.entries()) + gets.finish();
    }

    @Override
    public void close()
    {
        try
        {
            if (client != null)
            {
                client.close();
            }
        }
        finally
        {
            if (process != null)
            {
                process.close();
            }
        }
    }
}
