package io.peregrine.perf.lock;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridClientContext;
import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.perf.process.ChildMain;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Jvm;
import io.peregrine.perf.terminal.Terminal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Another client of the node, in a process of its own, until its standard input ends. It does what it is told, line by
 * line.
 */
public final class LockChild
{
    /**
     * What it says first.
     */
    static final String READY = "ready";

    /**
     * What it is told: to hand the lock over until a time, which follows; what it says then, what it held follows.
     */
    static final String PASS = "pass ";

    /**
     * What it is told: to take a lock for a lease, whose name and milliseconds follow, and to renew it some times
     * before, as first calls take long; what it says then, the time of asking for the last time follows.
     */
    static final String HOLD = "hold ";

    /**
     * What it is told: to let go of a lock that it took so, whose name follows. It says nothing then.
     */
    static final String RELEASE = "release ";

    private static final int HEAP_MB = 256;
    private static final int RENEWALS = 50;

    private final GridClient client;
    private final Baton baton;
    private final Map<String, LockLease> held = new HashMap<>();

    private LockChild(final GridClient client)
    {
        this.client = client;
        baton = new Baton(client.grid().lock(Baton.LOCK));
    }

    /**
     * @param isPaced whether it idles as the other side of a comparison does, rather than by default.
     */
    static ChildProcess start(final String address, final Path liveDir, final boolean isPaced)
    {
        return Jvm.start(
            LockChild.class, HEAP_MB, address, liveDir.toString(), Boolean.toString(isPaced));
    }

    static GridClient connect(final String address, final String liveDir, final boolean isPaced)
    {
        final GridClientContext context = new GridClientContext()
            .inputs(SettingInputs.NONE)
            .connect(address)
            .set(ClientSettings.LIVE_DIR, liveDir);
        return GridClient.connect(isPaced ? context.idleStrategies(ChildMain::idle) : context);
    }

    /**
     * @param args address of the node, directory for files, and whether it idles as the other side of a comparison
     *             does.
     * @throws IOException when the parent cannot be read.
     */
    public static void main(final String[] args) throws IOException
    {
        Terminal.quiet();
        try (GridClient client = connect(args[0], args[1], Boolean.parseBoolean(args[2])))
        {
            final LockChild child = new LockChild(client);
            ChildMain.say(READY);
            ChildMain.listen(child::onLine);
        }
    }

    private void onLine(final String line)
    {
        if (line.startsWith(PASS))
        {
            ChildMain.say(PASS + Holding.write(baton.pass(Long.parseLong(line.substring(PASS.length())))));
        }
        else if (line.startsWith(RELEASE))
        {
            held.remove(line.substring(RELEASE.length())).release();
        }
        else
        {
            final String[] words = line.substring(HOLD.length()).split(" ");
            ChildMain.say(HOLD + hold(client.grid().lock(words[0]), Duration.ofMillis(Long.parseLong(words[1]))));
        }
    }

    private long hold(final GridLock lock, final Duration length)
    {
        final LockLease lease = lock.tryAcquire(LockSide.LEASE);
        if (lease == null)
        {
            throw new IllegalStateException("somebody else holds " + lock);
        }

        for (int i = 0; i < RENEWALS; i++)
        {
            lease.renew(LockSide.LEASE);
        }
        held.put(lock.name(), lease);
        final long askedNs = System.nanoTime();
        lease.renew(length);
        return askedNs;
    }
}
