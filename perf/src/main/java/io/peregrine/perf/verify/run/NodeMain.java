package io.peregrine.perf.verify.run;

import io.peregrine.client.config.SettingInputs;
import io.peregrine.node.GridNode;
import io.peregrine.node.MemoryPolicy;
import io.peregrine.node.NodeContext;
import io.peregrine.node.NodeSettings;
import io.peregrine.perf.copies.CopyLine;
import io.peregrine.perf.process.ChildMain;
import io.peregrine.perf.terminal.Terminal;
import io.peregrine.perf.verify.load.ClientLoop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A node with clients embedded in it, until its standard input ends.
 */
public final class NodeMain
{
    /**
     * What it says when it serves; what it says all the time, a view follows; what it says when its clients have asked
     * for the last time.
     */
    static final String SERVING = "serving";
    static final String VIEW = "view ";
    static final String DONE = "done";

    /**
     * What it is told to look at its copies, and what it says then; they follow.
     */
    static final String COPIES = "copies ";

    /**
     * What it is told: to begin asking, seed, beginning of the run, directory of logs and numbers of clients follow.
     */
    static final String LOAD = "load ";

    private static final int PARTITIONS = 32;
    private static final long MEMORY = 64L * 1024 * 1024;
    private static final long VIEW_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final List<ClientLoop> loops = new ArrayList<>();
    private final GridNode node;

    private NodeMain(final GridNode node)
    {
        this.node = node;
    }

    /**
     * @param args name, address, seeds, directory, live directory.
     * @throws IOException when the parent cannot be read.
     */
    public static void main(final String[] args) throws IOException
    {
        Terminal.quiet();
        final NodeContext context = new NodeContext()
            .inputs(SettingInputs.NONE)
            .name(args[0])
            .bind(args[1])
            .set(NodeSettings.SEEDS, args[2])
            .set(NodeSettings.DIR, args[3])
            .set(NodeSettings.LIVE_DIR, args[4])
            .set(NodeSettings.PARTITIONS, PARTITIONS)
            .memoryLimit(MEMORY)
            .memoryPolicy(MemoryPolicy.REFUSE);
        try (GridNode node = GridNode.launch(context))
        {
            final NodeMain main = new NodeMain(node);
            final Thread viewer = new Thread(main::show, "viewer");
            viewer.setDaemon(true);
            ChildMain.say(SERVING);
            viewer.start();
            ChildMain.listen(main::onLine);
        }
    }

    private void show()
    {
        while (true)
        {
            final long takenNs = System.nanoTime();
            ChildMain.say(VIEW + ViewLine.write(node.view(), takenNs));
            LockSupport.parkNanos(VIEW_NS);
        }
    }

    private void onLine(final String line)
    {
        if (line.startsWith(COPIES))
        {
            ChildMain.say(COPIES + CopyLine.write(node.copies().join()));
            return;
        }
        if (!line.startsWith(LOAD))
        {
            ClientMain.stop(loops);
            ChildMain.say(DONE);
            return;
        }

        final String[] words = line.substring(LOAD.length()).split(" ");
        for (int i = 3; i < words.length; i++)
        {
            final int number = Integer.parseInt(words[i]);
            loops.add(new ClientLoop(node.grid(), new ClientLoop.Task(Long.parseLong(words[0]), number,
                Long.parseLong(words[1]), 0, 0, Logs.path(Path.of(words[2]), number))));
        }
    }
}
