package io.peregrine.perf.remote;

import io.peregrine.perf.process.ChildMain;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Jvm;
import io.peregrine.perf.terminal.Terminal;
import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.link.ClientLinks;
import io.peregrine.transport.link.LinkConnection;
import io.peregrine.transport.link.LinkSettings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that is a {@link Nuisance} while it is told to be, in a process of its own. Whenever it is thrown out it
 * comes again.
 */
public final class NuisanceProcess
{
    /**
     * What it is told, and what it says when it has begun and when it has ended.
     */
    static final String BEGIN = "begin";
    static final String END = "end";
    static final String BEGUN = "begun";
    static final String ENDED = "ended";

    private static final int HEAP_MB = 64;
    private static final int POLL_LIMIT = 256;
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(200);

    private final ClientLinks links;
    private final String endpoint;
    private final Nuisance kind;
    private volatile boolean wanted;

    private NuisanceProcess(final ClientLinks links, final String endpoint, final Nuisance kind)
    {
        this.links = links;
        this.endpoint = endpoint;
        this.kind = kind;
    }

    static ChildProcess start(
        final String endpoint, final Path directory, final boolean isIpc, final Nuisance kind)
    {
        return Jvm.start(
            NuisanceProcess.class, HEAP_MB, endpoint, directory.toString(), Boolean.toString(isIpc), kind.name());
    }

    /**
     * @param args address, directory of the driver, whether by IPC, kind.
     * @throws IOException when the parent cannot be read.
     */
    public static void main(final String[] args) throws IOException
    {
        Terminal.quiet();
        final LinkSettings settings = LinkSettings.defaults(ThreadLocalRandom.current().nextLong());
        final Path directory = Path.of(args[1]);
        final ClientLinks links = Boolean.parseBoolean(args[2]) ?
            ClientLinks.ipc(directory, settings, NuisanceProcess::ignore) :
            ClientLinks.udp(directory, settings, NuisanceProcess::ignore);
        final NuisanceProcess nuisance = new NuisanceProcess(links, args[0], Nuisance.valueOf(args[3]));
        final Thread worker = new Thread(nuisance::work, "nuisance");
        worker.setDaemon(true);
        worker.start();
        ChildMain.listen(line -> nuisance.wanted = line.equals(BEGIN));
    }

    /**
     * It is thrown out, that is what it is for.
     */
    private static void ignore(final Throwable fault)
    {
    }

    private void work()
    {
        while (true)
        {
            links.work(System.nanoTime());
            if (wanted)
            {
                annoy();
                ChildMain.say(ENDED);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private void annoy()
    {
        final ClientLink link = links.open(endpoint, 0);
        LinkConnection connection = null;
        NuisanceSender sender = null;
        boolean said = false;
        while (wanted)
        {
            final long nowNs = System.nanoTime();
            int work = links.work(nowNs) + link.work(nowNs);
            if (kind != Nuisance.deaf)
            {
                work += link.poll((tag, buffer, offset, length) -> { }, POLL_LIMIT);
            }
            if (link.connection() != connection)
            {
                connection = link.connection();
                sender = connection == null ? null : new NuisanceSender(connection);
            }
            if (sender != null)
            {
                work += kind == Nuisance.halfway ? sender.begin(nowNs) : sender.ask();
                if (!said && work > 0)
                {
                    said = true;
                    ChildMain.say(BEGUN);
                }
            }
            if (work == 0)
            {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
        link.close();
    }
}
