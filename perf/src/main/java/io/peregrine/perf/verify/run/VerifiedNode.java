package io.peregrine.perf.verify.run;

import io.peregrine.node.partition.CopyState;
import io.peregrine.perf.copies.CopyLine;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Jvm;
import io.peregrine.transport.guard.CutLinks;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * One node of the grid that is verified, through all its processes. Whoever befalls it with a fault changes it, one
 * thread at a time; views are taken by another thread, and only while it serves.
 */
final class VerifiedNode implements AutoCloseable
{
    private static final int HEAP_MB = 256;

    private final int number;
    private final Site site;
    private final CutLinks cuts;
    private volatile ChildProcess process;
    private volatile boolean isServing;
    private long toldNs;

    /**
     * @param number of the node.
     * @param site   of the grid.
     */
    VerifiedNode(final int number, final Site site)
    {
        this.number = number;
        this.site = site;
        cuts = new CutLinks(site.cuts(number));
    }

    void launch()
    {
        final List<String> flags = new ArrayList<>(site.flags());
        flags.add("-D" + CutLinks.PROPERTY + "=" + site.cuts(number));
        process = Jvm.start(
            flags,
            NodeMain.class,
            HEAP_MB,
            site.names().name(number),
            site.names().address(number),
            site.names().seedAddresses(),
            site.directory(number).toString(),
            site.live(number).toString());
    }

    /**
     * Wait until it serves, and have its clients begin.
     */
    void awaitServing() throws InterruptedException
    {
        process.await(NodeMain.SERVING);
        process.tell(NodeMain.LOAD + site.load(number));
        isServing = true;
    }

    /**
     * @return what it knows of the grid, or null when it has said nothing since it was asked last.
     */
    ViewLine view()
    {
        final String line = isServing ? process.last(NodeMain.VIEW) : null;
        if (line == null)
        {
            return null;
        }
        final ViewLine view = ViewLine.read(line);
        toldNs = view.grid().takenNs();
        return view;
    }

    /**
     * @return when it looked at what it said last of the grid.
     */
    long toldNs()
    {
        return toldNs;
    }

    void kill()
    {
        isServing = false;
        process.kill();
    }

    /**
     * Stop it in order.
     */
    void stop()
    {
        isServing = false;
        process.close();
    }

    void standStill(final boolean isStill)
    {
        process.standStill(isStill);
    }

    void cut(final int peer, final boolean outgoing, final boolean incoming)
    {
        cuts.table().set(host(site.names().host(peer)), outgoing, incoming);
    }

    /**
     * @throws IllegalStateException when it has ended by itself.
     */
    void check()
    {
        if (isServing && !process.isAlive())
        {
            throw new IllegalStateException("node " + number + " ended by itself; what it printed says why");
        }
    }

    /**
     * Let its clients end.
     */
    void endLoad() throws InterruptedException
    {
        process.tell(NodeMain.DONE);
        process.await(NodeMain.DONE);
    }

    /**
     * Have it look at all copies that it has.
     */
    List<CopyState> copies() throws InterruptedException
    {
        process.tell(NodeMain.COPIES);
        return CopyLine.read(process.await(NodeMain.COPIES));
    }

    private static Inet4Address host(final String name)
    {
        try
        {
            return (Inet4Address) InetAddress.getByName(name);
        }
        catch (final UnknownHostException ex)
        {
            throw new IllegalArgumentException("an address in numbers has no need of a name", ex);
        }
    }

    /**
     * For good, at once: nothing on it is needed any more.
     */
    @Override
    public void close()
    {
        if (process != null)
        {
            kill();
        }
        cuts.close();
    }
}
