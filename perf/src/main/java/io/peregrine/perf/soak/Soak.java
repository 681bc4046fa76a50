package io.peregrine.perf.soak;

import io.peregrine.client.GridClient;
import io.peregrine.client.NodeStatus;
import io.peregrine.perf.process.Usage;
import io.peregrine.perf.rig.Progress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The run: a node, clients that stay and clients that come and go, and a look at node and clients once a second.
 */
public final class Soak
{
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final String MEMORY_LIMIT = "64m";
    private static final double MEMORY_SHARE = 0.03;
    private static final long MEMORY_KB = 8 << 10;
    private static final long JOIN_MS = 30_000;

    private final Trend nodeMemory = new Trend("node: resident memory KB", MEMORY_SHARE, MEMORY_KB);
    private final Trend nodeThreads = new Trend("node: threads", 0, 1);
    private final Trend nodeFiles = new Trend("node: open files", 0, 8);
    private final Trend nodeMappings = new Trend("node: mappings", 0.05, 16);
    private final Trend ownMemory = new Trend("clients: resident memory KB", MEMORY_SHARE, MEMORY_KB);
    private final Trend ownThreads = new Trend("clients: threads", 0, 3);
    private final Trend ownFiles = new Trend("clients: open files", 0, 16);
    private final Trend ownMappings = new Trend("clients: mappings", 0.05, 48);
    private final Trend sessions = new Trend("node: sessions", 0.25, 512);
    private final Trend storeMemory = new Trend("node: bytes of maps", 0.05, 1 << 20);
    private final List<Trend> trends = List.of(nodeMemory, nodeThreads, nodeFiles, nodeMappings, ownMemory, ownThreads,
        ownFiles, ownMappings, sessions, storeMemory);
    private final Load load;
    private final String address;
    private final int staying;
    private final int visiting;
    private boolean nodeEnded;

    /**
     * A run.
     *
     * @param address  for the node.
     * @param staying  threads that share the client that stays.
     * @param visiting threads whose clients come and go.
     */
    public Soak(final String address, final int staying, final int visiting)
    {
        this.address = address;
        this.staying = staying;
        this.visiting = visiting;
        load = new Load(address);
    }

    /**
     * Run it.
     *
     * @param seconds  that it lasts.
     * @param progress to tell.
     * @throws IOException          when the node does not start, or processes cannot be looked at.
     * @throws InterruptedException when interrupted.
     */
    public void run(final long seconds, final Progress progress) throws IOException, InterruptedException
    {
        try (NodeProcess node = NodeProcess.start(address, MEMORY_LIMIT); GridClient client = load.connect("stays"))
        {
            final List<Thread> threads = threads(client);
            threads.forEach(Thread::start);
            final long endNs = System.nanoTime() + seconds * SECOND_NS;
            while (System.nanoTime() - endNs < 0 && node.isRunning())
            {
                LockSupport.parkNanos(SECOND_NS);
                look(node, client);
                progress.at("soak", 1 - (endNs - System.nanoTime()) / (double) (seconds * SECOND_NS));
            }
            nodeEnded = !node.isRunning();
            load.end();
            for (final Thread thread : threads)
            {
                thread.join(JOIN_MS);
            }
        }
    }

    /**
     * Did nothing grow, and was every answer right?
     *
     * @return true if so.
     */
    public boolean isGood()
    {
        return !nodeEnded && load.wrong() == 0 && trends.stream().allMatch(Trend::isFlat);
    }

    /**
     * For people.
     *
     * @return lines.
     */
    public String text()
    {
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
            "%,d calls, %,d clients, %,d went wrong%s%s%n  %-26s %12s %12s%n", load.calls(), load.clients(),
            load.wrong(), load.wrong() > 0 ? " (the last: " + load.lastFault() + ")" : "",
            nodeEnded ? ", THE NODE ENDED" : "", "median of the", "2nd quarter", "last quarter"));
        trends.forEach(trend -> text.append(trend.line()).append(System.lineSeparator()));
        return text.toString();
    }

    /**
     * As JSON.
     *
     * @return one object.
     */
    public String json()
    {
        final List<String> all = new ArrayList<>();
        trends.forEach(trend -> all.add(trend.json()));
        return "{\"name\":\"soak\",\"calls\":" + load.calls() + ",\"clients\":" + load.clients() + ",\"wrong\":" +
            load.wrong() + ",\"good\":" + isGood() + ",\"trends\":[" + String.join(",", all) + "]}";
    }

    private List<Thread> threads(final GridClient client)
    {
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < staying; i++)
        {
            final int number = i;
            threads.add(new Thread(() -> load.stay(client, number), "stays-" + i));
        }
        for (int i = 0; i < visiting; i++)
        {
            final int number = i;
            threads.add(new Thread(() -> load.comeAndGo(number), "visits-" + i));
        }
        threads.forEach(thread -> thread.setDaemon(true));
        return threads;
    }

    private void look(final NodeProcess node, final GridClient client) throws IOException
    {
        if (!node.isRunning())
        {
            return;
        }
        final Usage there = Usage.of(node.pid());
        nodeMemory.add(there.memoryKb());
        nodeThreads.add(there.threads());
        nodeFiles.add(there.files());
        nodeMappings.add(there.mappings());
        final Usage here = Usage.of(ProcessHandle.current().pid());
        ownMemory.add(here.memoryKb());
        ownThreads.add(here.threads());
        ownFiles.add(here.files());
        ownMappings.add(here.mappings());
        final NodeStatus status = client.grid().nodeStatus();
        sessions.add(status.counter("sessions"));
        storeMemory.add(status.counter("memory.used.bytes"));
    }
}
