package io.peregrine.perf.grid;

import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Jvm;
import io.peregrine.perf.process.NodeNames;
import io.peregrine.perf.process.Ports;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.Progress;
import org.agrona.CloseHelper;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Nodes of one grid, each a process on this machine. One thread.
 */
public final class GridProcesses implements AutoCloseable
{
    private static final int COPIES = 2;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(180);

    private final Workplace workplace;
    private final Site site;
    private final ChildProcess[] processes;

    /**
     * How the nodes are made.
     *
     * @param nodes   of the grid, at most; the first three host the control plane, of fewer the first.
     * @param idle    of them, the last ones, which are to hold nothing; they host nothing either.
     * @param memory  of the maps of each, bytes.
     * @param isPaced whether nodes and client idle as the other side of a comparison does, rather than by default.
     */
    public record Site(int nodes, int idle, long memory, boolean isPaced)
    {
        private static final int FULL_WEIGHT = 1_000;

        int weight(final int number)
        {
            return idle == 0 || number >= nodes - idle ? 1 : FULL_WEIGHT;
        }
    }

    private final NodeNames names;

    /**
     * No node is started yet.
     *
     * @param workplace for files.
     * @param site      of the nodes.
     */
    public GridProcesses(final Workplace workplace, final Site site)
    {
        this.workplace = workplace;
        this.site = site;
        final int seeds = new NodeNames(site.nodes() - site.idle(), 0).seeds();
        names = new NodeNames(site.nodes(), seeds, Ports.freeRange(NodeNames.PORTS));
        processes = new ChildProcess[site.nodes()];
    }

    /**
     * Start the process of a node; nothing is awaited.
     *
     * @param number of the node.
     */
    public void start(final int number)
    {
        processes[number] = Jvm.startNode(
            "process of " + names.name(number),
            MemberProcess.class,
            names.name(number),
            names.address(number),
            names.seedAddresses(),
            workplace.resolve(names.name(number)).toString(),
            workplace.resolve("live-" + number).toString(),
            Long.toString(site.memory()),
            Integer.toString(site.weight(number)),
            Boolean.toString(site.isPaced()));
    }

    /**
     * Have a node join; nothing is awaited.
     *
     * @param number of the node.
     */
    public void join(final int number)
    {
        processes[number].tell(MemberProcess.JOIN);
    }

    /**
     * Have a node be a grid by itself for the time being, and wait until it is.
     *
     * @param number of the node.
     * @throws InterruptedException when interrupted.
     */
    public void alone(final int number) throws InterruptedException
    {
        processes[number].tell(MemberProcess.ALONE);
        awaitServing(number);
    }

    /**
     * Start the first nodes together and wait until all of them serve.
     *
     * @param count of them.
     * @throws InterruptedException when interrupted.
     */
    public void startAll(final int count) throws InterruptedException
    {
        for (int i = 0; i < count; i++)
        {
            start(i);
            join(i);
        }
        for (int i = 0; i < count; i++)
        {
            awaitServing(i);
        }
    }

    /**
     * Wait for a node.
     *
     * @param number of the node.
     * @return when it began to serve, by the machine's monotonic clock.
     * @throws InterruptedException when interrupted.
     */
    public long awaitServing(final int number) throws InterruptedException
    {
        return Long.parseLong(processes[number].await(MemberProcess.SERVING));
    }

    /**
     * End a node as a crash would, and wait until it has ended.
     *
     * @param number of the node.
     */
    public void kill(final int number)
    {
        processes[number].kill();
    }

    /**
     * End a node as a crash would, without waiting until it is gone.
     *
     * @param number of the node.
     */
    void crash(final int number)
    {
        processes[number].crash();
    }

    /**
     * Have a node stand still or go on.
     *
     * @param number  of the node.
     * @param isStill or goes on.
     */
    public void standStill(final int number, final boolean isStill)
    {
        processes[number].standStill(isStill);
    }

    MemberView view(final int number) throws InterruptedException
    {
        processes[number].tell(MemberProcess.VIEW);
        return MemberView.read(processes[number].await(MemberProcess.VIEW + " "));
    }

    /**
     * @return the number of the node that leads the control plane, or -1 while there is none.
     */
    int leader() throws InterruptedException
    {
        for (int i = 0; i < processes.length; i++)
        {
            if (processes[i] != null && processes[i].isAlive() && view(i).leads())
            {
                return i;
            }
        }

        return -1;
    }

    /**
     * Wait until every partition is where it is to be.
     *
     * @param asked    a node that serves.
     * @param progress to tell.
     * @return when it was so.
     * @throws InterruptedException when interrupted.
     */
    public long awaitSettled(final int asked, final Progress progress) throws InterruptedException
    {
        final long startNs = System.nanoTime();
        Settling settling = settling(asked);
        while (!settling.isOver())
        {
            if (settling.takenNs() - startNs > SETTLE_NS)
            {
                throw new IllegalStateException(String.format(
                    Locale.ROOT, "%d of %d partitions are where they are to be after %d s: %s",
                    settling.settled(), settling.partitions(), TimeUnit.NANOSECONDS.toSeconds(SETTLE_NS),
                    view(asked).line()));
            }
            progress.at("waiting for copies", 0);
            LockSupport.parkNanos(LOOK_NS);
            settling = settling(asked);
        }

        return settling.takenNs();
    }

    private Settling settling(final int asked) throws InterruptedException
    {
        processes[asked].tell(MemberProcess.SETTLING + Math.min(COPIES, site.nodes() - site.idle()));
        return Settling.read(processes[asked].await(MemberProcess.SETTLING));
    }

    long pid(final int number)
    {
        return processes[number].pid();
    }

    /**
     * Where nodes are reached.
     *
     * @param count of them, the first ones.
     * @return their addresses.
     */
    public String addresses(final int count)
    {
        return new NodeNames(count, names.seeds(), names.port()).addresses();
    }

    /**
     * All processes, at once: nothing on them is needed any more.
     */
    @Override
    public void close()
    {
        for (final ChildProcess process : processes)
        {
            if (process != null)
            {
                CloseHelper.quietClose(process::kill);
            }
        }
    }
}
