package io.peregrine.perf.process;

import io.peregrine.node.GridNode;
import io.peregrine.node.MemoryPolicy;
import io.peregrine.node.NodeContext;
import io.peregrine.node.NodeSettings;
import io.peregrine.perf.terminal.Terminal;

import java.io.IOException;

/**
 * A node in a process of its own, until its standard input ends.
 */
public final class NodeProcess
{
    /**
     * What it says when it serves; the time of {@link System#nanoTime()}, which is that of the machine, follows.
     */
    public static final String SERVING = "serving ";

    private static final int HEAP_MB = 512;

    private NodeProcess()
    {
    }

    /**
     * Start it; it serves when it says so.
     *
     * @param address  to be reached at.
     * @param liveDir  where it shows itself.
     * @param nodeName of it.
     * @param memory   of its maps, bytes.
     * @return the process.
     */
    public static ChildProcess start(
        final String address, final String liveDir, final String nodeName, final long memory)
    {
        return start(address, liveDir, nodeName, memory, true);
    }

    /**
     * Start it; it serves when it says so.
     *
     * @param address  to be reached at.
     * @param liveDir  where it shows itself.
     * @param nodeName of it.
     * @param memory   of its maps, bytes.
     * @param isPaced  whether it idles as the other side of a comparison does, rather than by default.
     * @return the process.
     */
    public static ChildProcess start(
        final String address,
        final String liveDir,
        final String nodeName,
        final long memory,
        final boolean isPaced)
    {
        return Jvm.start(NodeProcess.class, HEAP_MB, address, liveDir, nodeName, Long.toString(memory),
            Boolean.toString(isPaced));
    }

    /**
     * @param args address, directory, name, memory, and whether it idles as the other side of a comparison does.
     * @throws IOException when the parent cannot be read.
     */
    public static void main(final String[] args) throws IOException
    {
        Terminal.quiet();
        final NodeContext context = new NodeContext()
            .bind(args[0])
            .set(NodeSettings.LIVE_DIR, args[1])
            .name(args[2])
            .memoryLimit(Long.parseLong(args[3]))
            .memoryPolicy(MemoryPolicy.REFUSE);
        final boolean isPaced = Boolean.parseBoolean(args[4]);
        try (GridNode node = GridNode.launch(isPaced ? context.idleStrategies(ChildMain::idle) : context))
        {
            ChildMain.say(SERVING + System.nanoTime());
            ChildMain.listen(line -> ChildMain.say(node.state().name()));
        }
    }
}
