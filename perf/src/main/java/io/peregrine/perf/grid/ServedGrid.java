package io.peregrine.perf.grid;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.Driving;
import io.peregrine.client.FlyweightMap;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridClientContext;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.map.Fill;
import io.peregrine.perf.map.MapSide;
import io.peregrine.perf.map.PipelinedGets;
import io.peregrine.perf.process.ChildMain;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.Progress;

/**
 * A grid of processes with a filled map, and a client of it. One thread.
 */
public final class ServedGrid implements AutoCloseable
{
    private static final long OVERHEAD = 128;
    private static final long SLACK = 256L << 20;
    private static final int COPIES = 2;
    private static final int WINDOW = 128;

    private final Workload workload;
    private final GridProcesses processes;
    private final GridClient client;

    /**
     * Start the nodes, connect, and fill the map.
     *
     * @param workplace for files.
     * @param workload  of the benchmark.
     * @param site      of the nodes; its memory is not looked at.
     * @param count     of the nodes that are started now.
     * @param driving   who moves the client's messages.
     * @param progress  to tell.
     * @throws InterruptedException when interrupted.
     */
    public ServedGrid(
        final Workplace workplace,
        final Workload workload,
        final GridProcesses.Site site,
        final int count,
        final Driving driving,
        final Progress progress) throws InterruptedException
    {
        this.workload = workload;
        final long entry = Workload.KEY_LENGTH + workload.valueLength() + OVERHEAD;
        processes = new GridProcesses(workplace, new GridProcesses.Site(
            site.nodes(), site.idle(), workload.entries() * entry * COPIES + SLACK, site.isPaced()));
        GridClient connected = null;
        try
        {
            progress.at("starting " + count + " nodes", 0);
            processes.startAll(count);
            processes.awaitSettled(0, progress);
            final GridClientContext context = new GridClientContext()
                .inputs(SettingInputs.NONE)
                .connect(processes.addresses(count - site.idle()))
                .set(ClientSettings.LIVE_DIR, workplace.resolve("client").toString())
                .driving(driving)
                .errorHandler(ServedGrid::ignore);
            connected = GridClient.connect(site.isPaced() ? context.idleStrategies(ChildMain::idle) : context);
            try (FlyweightMap map = connected.grid().flyweightMap(MapSide.MAP))
            {
                new Fill(workload, map).run(progress);
            }
        }
        catch (final InterruptedException | RuntimeException ex)
        {
            close(connected);
            throw ex;
        }
        client = connected;
    }

    /**
     * Connections end where nodes do; whatever else is wrong shows in the answers.
     */
    private static void ignore(final Throwable fault)
    {
    }

    /**
     * The nodes.
     *
     * @return always the same object.
     */
    public GridProcesses processes()
    {
        return processes;
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

    /**
     * Read all entries.
     *
     * @param progress to tell.
     * @return how many are wrong or missing.
     */
    public long verify(final Progress progress)
    {
        progress.at("checking", 1);
        final PipelinedGets gets = new PipelinedGets(
            workload, client.grid().flyweightMap(MapSide.MAP), PipelinedGets.EACH_ONCE, WINDOW);
        return gets.run(0, workload.entries()) + gets.finish();
    }

    @Override
    public void close()
    {
        close(client);
    }

    private void close(final GridClient connected)
    {
        try
        {
            if (connected != null)
            {
                connected.close();
            }
        }
        finally
        {
            processes.close();
        }
    }
}
