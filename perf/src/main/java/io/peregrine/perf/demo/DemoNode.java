package io.peregrine.perf.demo;

import io.peregrine.client.config.SettingInputs;
import io.peregrine.node.GridNode;
import io.peregrine.node.MemoryPolicy;
import io.peregrine.node.NodeContext;
import io.peregrine.node.NodeSettings;
import io.peregrine.perf.copies.CopyLine;
import io.peregrine.perf.process.ChildMain;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Jvm;
import io.peregrine.perf.terminal.Terminal;

import java.io.IOException;

/**
 * A node of the demo's grid in a process of its own, until its standard input ends.
 */
public final class DemoNode
{
    /**
     * What it says when it serves.
     */
    static final String SERVING = "serving";

    /**
     * What it is told to look at its copies, and what it says then; they follow.
     */
    static final String COPIES = "copies ";

    private static final int HEAP_MB = 192;
    private static final long MEMORY = 128L << 20;

    private DemoNode()
    {
    }

    /**
     * @param name    of the node.
     * @param address at which it is reached.
     * @param seeds   of the grid.
     * @param dir     of the node.
     * @param liveDir where it shows itself.
     * @return the process, which serves when it says so.
     */
    static ChildProcess start(
        final String name, final String address, final String seeds, final String dir, final String liveDir)
    {
        return Jvm.start(DemoNode.class, HEAP_MB, name, address, seeds, dir, liveDir);
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
            .memoryLimit(MEMORY)
            .memoryPolicy(MemoryPolicy.REFUSE);
        try (GridNode node = GridNode.launch(context))
        {
            ChildMain.say(SERVING);
            ChildMain.listen((line) -> ChildMain.say(COPIES + CopyLine.write(node.copies().join())));
        }
    }
}
