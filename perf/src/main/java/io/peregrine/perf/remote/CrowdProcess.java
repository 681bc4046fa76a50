package io.peregrine.perf.remote;

import io.peregrine.perf.process.ChildMain;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Jvm;
import io.peregrine.perf.terminal.Terminal;
import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.link.ClientLinks;
import io.peregrine.transport.link.LinkSettings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Many connected clients that do nothing but give signs of life, in a process of its own. They share a driver, as a
 * thousand drivers would measure the machine; the node sees as many connections.
 */
public final class CrowdProcess
{
    /**
     * What it says: everybody is connected, everybody has gone.
     */
    static final String HERE = "here";
    static final String GONE = "gone";

    /**
     * Clients at one time.
     */
    private static final int MOST = 2_048;
    private static final int HEAP_MB = 512;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);
    /**
     * A round over all of them takes a while, and this process rests several times as long, so that the processor is
     * the node's and the active client's.
     */
    private static final int REST_CONNECTED = 9;
    private static final int REST_CONNECTING = 1;
    private static final int MOST_UNDER_WAY = 48;
    private static final int MOST_TAKES = 256;

    private final ClientLinks all;
    private final String endpoint;
    private final List<ClientLink> links = new ArrayList<>();
    /**
     * Told by the parent: how many are to be connected.
     */
    private volatile int wanted;
    private int connected;

    private CrowdProcess(final ClientLinks all, final String endpoint)
    {
        this.all = all;
        this.endpoint = endpoint;
    }

    static ChildProcess start(final String endpoint, final Path directory, final boolean isIpc)
    {
        return Jvm.start(CrowdProcess.class, HEAP_MB, endpoint, directory.toString(), Boolean.toString(isIpc));
    }

    /**
     * @param args address, directory of the driver, whether by IPC.
     * @throws IOException when the parent cannot be read.
     */
    public static void main(final String[] args) throws IOException
    {
        Terminal.quiet();
        final LinkSettings settings = LinkSettings.defaults(ThreadLocalRandom.current().nextLong());
        final Path directory = Path.of(args[1]);
        final ClientLinks links = Boolean.parseBoolean(args[2]) ?
            ClientLinks.ipc(directory, settings, CrowdProcess::ignore) :
            ClientLinks.udp(directory, MOST, settings, CrowdProcess::ignore);
        final CrowdProcess crowd = new CrowdProcess(links, args[0]);
        final Thread worker = new Thread(crowd::work, "crowd");
        worker.setDaemon(true);
        worker.start();
        ChildMain.listen(line -> crowd.wanted = Integer.parseInt(line));
    }

    /**
     * Whoever is turned away comes again, and until all are there nothing is measured.
     */
    private static void ignore(final Throwable fault)
    {
    }

    private void work()
    {
        int said = 0;
        while (true)
        {
            final int target = wanted;
            comeOrGo(target);
            final long startNs = System.nanoTime();
            move(startNs);
            if (said != target && connected == target && links.size() == target)
            {
                said = target;
                ChildMain.say(target == 0 ? GONE : HERE);
            }
            final long tookNs = System.nanoTime() - startNs;
            LockSupport.parkNanos(
                connected == links.size() ? Math.max(PAUSE_NS, REST_CONNECTED * tookNs) : REST_CONNECTING * tookNs);
        }
    }

    private void comeOrGo(final int target)
    {
        while (links.size() < target && links.size() - connected < MOST_UNDER_WAY)
        {
            links.add(all.open(endpoint, 0));
        }
        while (links.size() > target)
        {
            links.remove(links.size() - 1).close();
        }
    }

    private void move(final long nowNs)
    {
        for (int i = 0; i < MOST_TAKES && all.work(nowNs) > 0; i++)
        {
            // What has come is taken before there is too much of it.
        }
        int open = 0;
        for (int i = 0; i < links.size(); i++)
        {
            final ClientLink link = links.get(i);
            link.work(nowNs);
            link.poll((tag, buffer, offset, length) -> { }, 1);
            open += link.connection() != null ? 1 : 0;
        }

        connected = open;
    }
}
