package io.peregrine.perf.grid;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.Grid;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridClientContext;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.Progress;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A grid of processes with default settings, whose nodes are broken and mended, and a client of it. One thread.
 */
public final class FaultyGrid implements AutoCloseable
{
    private static final long MEMORY = 256L << 20;
    private static final long CALM_NS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(180);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final int nodes;
    private final Progress progress;
    private final GridProcesses processes;
    private final int partitions;
    private final GridClient client;
    private Breakage broken;
    private int brokenNode;

    /**
     * Start it, and wait until all copies are where they are to be.
     *
     * @param workplace for files.
     * @param nodes     of the grid, at least three.
     * @param progress  to tell.
     * @throws InterruptedException when interrupted.
     */
    public FaultyGrid(final Workplace workplace, final int nodes, final Progress progress) throws InterruptedException
    {
        this.nodes = nodes;
        this.progress = progress;
        processes = new GridProcesses(workplace, new GridProcesses.Site(nodes, 0, MEMORY, false));
        try
        {
            progress.at("starting " + nodes + " nodes", 0);
            processes.startAll(nodes);
            processes.awaitSettled(0, progress);
            partitions = processes.view(0).places().size();
            client = GridClient.connect(new GridClientContext()
                .inputs(SettingInputs.NONE)
                .connect(addresses())
                .set(ClientSettings.LIVE_DIR, workplace.resolve("client").toString())
                .errorHandler(FaultyGrid::ignore));
        }
        catch (final InterruptedException | RuntimeException ex)
        {
            processes.close();
            throw ex;
        }
    }

    /**
     * Connections end where nodes do; whatever else is wrong shows in the answers.
     */
    private static void ignore(final Throwable fault)
    {
    }

    /**
     * The grid, as the client sees it.
     *
     * @return the same object always.
     */
    public Grid grid()
    {
        return client.grid();
    }

    /**
     * For other clients.
     *
     * @return where nodes are reached.
     */
    public String addresses()
    {
        return processes.addresses(nodes);
    }

    /**
     * Of the grid.
     *
     * @return their number.
     */
    public int partitions()
    {
        return partitions;
    }

    /**
     * Mend what is broken, and wait until somebody leads the control plane and all copies are there: on a busy machine
     * copies come and go, and the outage of an only copy lasts until it is back.
     *
     * @param kind  of what is to befall a node.
     * @param round that takes turns with others.
     * @return the node.
     * @throws InterruptedException when interrupted.
     */
    public int victim(final Breakage kind, final int round) throws InterruptedException
    {
        mend();
        final long startNs = System.nanoTime();
        int leader = processes.leader();
        while (leader < 0)
        {
            if (System.nanoTime() - startNs > LIMIT_NS)
            {
                throw new IllegalStateException(
                    "nobody leads the control plane for " + TimeUnit.NANOSECONDS.toSeconds(LIMIT_NS) + " s");
            }
            LockSupport.parkNanos(STEP_NS);
            leader = processes.leader();
        }

        final int victim = kind.isOfLeader() ? leader : (leader + 1 + round % (nodes - 1)) % nodes;
        processes.awaitSettled((victim + 1) % nodes, progress);
        return victim;
    }

    /**
     * Whom it would hit.
     *
     * @param kind   of breakage.
     * @param victim of it.
     * @return partitions whose writes wait then.
     * @throws InterruptedException when interrupted.
     */
    public List<Integer> hitBy(final Breakage kind, final int victim) throws InterruptedException
    {
        final MemberView view = processes.view((victim + 1) % nodes);
        final List<Integer> hit = new ArrayList<>();
        for (int i = 0; i < view.places().size(); i++)
        {
            final MemberView.Place place = view.places().get(i);
            final boolean isHit = kind == Breakage.PAUSE ?
                place.primary() != victim && place.inSync().get(victim) : place.primary() == victim;
            if (isHit)
            {
                hit.add(i);
            }
        }

        return hit;
    }

    /**
     * Let it happen; the next {@link #victim} mends it.
     *
     * @param kind   of breakage.
     * @param victim of it.
     */
    public void strike(final Breakage kind, final int victim)
    {
        broken = kind;
        brokenNode = victim;
        if (kind == Breakage.PAUSE)
        {
            processes.standStill(victim, true);
        }
        else
        {
            processes.crash(victim);
        }
    }

    /**
     * Have the node go on, or start it again, and wait until all copies are where they are to be and a while longer.
     */
    private void mend() throws InterruptedException
    {
        if (broken == null)
        {
            return;
        }
        if (broken == Breakage.PAUSE)
        {
            processes.standStill(brokenNode, false);
        }
        else
        {
            processes.kill(brokenNode);
            processes.start(brokenNode);
            processes.join(brokenNode);
            processes.awaitServing(brokenNode);
        }
        broken = null;
        park(CALM_NS);
        processes.awaitSettled((brokenNode + 1) % nodes, progress);
        park(CALM_NS);
    }

    static void park(final long ns)
    {
        final long startNs = System.nanoTime();
        for (long left = ns; left > 0; left = ns - (System.nanoTime() - startNs))
        {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close()
    {
        client.close();
        processes.close();
    }
}
