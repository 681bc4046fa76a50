package io.peregrine.perf.verify.run;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridClientContext;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.perf.process.ChildMain;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Jvm;
import io.peregrine.perf.terminal.Terminal;
import io.peregrine.perf.verify.load.ClientLoop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Clients beside the nodes, in a process of their own that no fault befalls. Each has a thread; they share a
 * connection.
 */
public final class ClientMain
{
    /**
     * What it says when its clients are connected and begin to ask.
     */
    static final String ASKING = "asking";

    /**
     * What it says when its clients have asked for the last time.
     */
    static final String DONE = "done ";

    private static final int HEAP_MB = 256;
    private static final long CONNECT_NS = TimeUnit.SECONDS.toNanos(60);

    private ClientMain()
    {
    }

    /**
     * @param addresses of the nodes.
     * @param place     where the process has its files.
     * @param task      of the first client.
     * @param clients   that it has.
     * @return the process; a line ends the asking, after which it says {@link #DONE} and whether all was answered.
     */
    static ChildProcess start(
        final String addresses, final Path place, final ClientLoop.Task task, final int clients)
    {
        return Jvm.start(ClientMain.class, HEAP_MB, addresses, place.toString(), Long.toString(task.seed()),
            Integer.toString(task.number()), Long.toString(task.fromNs()), task.log().toString(),
            Integer.toString(clients));
    }

    /**
     * @param args addresses, place, seed, number of the first client, beginning of the run, directory of logs, clients.
     * @throws IOException when the parent cannot be read.
     */
    public static void main(final String[] args) throws IOException
    {
        Terminal.quiet();
        final int clients = Integer.parseInt(args[6]);
        try (GridClient client = GridClient.connect(new GridClientContext()
            .inputs(SettingInputs.NONE)
            .connect(args[0])
            .set(ClientSettings.LIVE_DIR, args[1])
            .set(ClientSettings.CONNECT_TIMEOUT, CONNECT_NS)))
        {
            final List<ClientLoop> loops = new ArrayList<>();
            for (int i = 0; i < clients; i++)
            {
                final int number = Integer.parseInt(args[3]) + i;
                loops.add(new ClientLoop(client.grid(), new ClientLoop.Task(Long.parseLong(args[2]), number,
                    Long.parseLong(args[4]), i, clients, Logs.path(Path.of(args[5]), number))));
            }
            ChildMain.say(ASKING);
            ChildMain.listen((line) -> ChildMain.say(DONE + stop(loops)));
        }
    }

    /**
     * @param loops of all clients of a process.
     * @return whether every one of them was answered at the end.
     */
    static boolean stop(final List<ClientLoop> loops)
    {
        boolean areSwept = true;
        try
        {
            for (final ClientLoop loop : loops)
            {
                areSwept &= loop.stop();
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            areSwept = false;
        }

        return areSwept;
    }
}
