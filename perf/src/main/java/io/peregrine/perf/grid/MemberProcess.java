package io.peregrine.perf.grid;

import io.peregrine.client.config.SettingInputs;
import io.peregrine.node.GridNode;
import io.peregrine.node.MemoryPolicy;
import io.peregrine.node.NodeContext;
import io.peregrine.node.NodeSettings;
import io.peregrine.perf.process.ChildMain;
import io.peregrine.perf.terminal.Terminal;
import io.peregrine.transport.monitor.LiveDirectory;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A node of a grid in a process of its own, until its standard input ends. It does what it is told, line by line.
 */
public final class MemberProcess
{
    /**
     * What it is told: to be a grid by itself for the time being; to join the grid, or found it; to say what it knows;
     * to say how many partitions have so many copies, the number follows, where they are to be.
     */
    static final String ALONE = "alone";
    static final String JOIN = "join";
    static final String VIEW = "view";
    static final String SETTLING = "settling ";

    /**
     * What it says when it serves; the time of {@link System#nanoTime()}, which is that of the machine, follows.
     */
    static final String SERVING = "serving ";

    private final String[] args;
    private GridNode node;

    private MemberProcess(final String[] args)
    {
        this.args = args;
    }

    /**
     * @param args name, address, seeds, directory, directory to show itself in, memory, weight, and whether it idles as
     *             the other side of a comparison does.
     * @throws IOException when the parent cannot be read.
     */
    public static void main(final String[] args) throws IOException
    {
        Terminal.quiet();
        final MemberProcess member = new MemberProcess(args);
        try
        {
            ChildMain.listen(member::onLine);
        }
        finally
        {
            member.end();
        }
    }

    private void onLine(final String line)
    {
        switch (line)
        {
            case ALONE -> launch(context().set(NodeSettings.LIVE_DIR, args[4] + "-alone"));
            case JOIN -> launch(context().set(NodeSettings.SEEDS, args[2]).set(NodeSettings.DIR, args[3]));
            case VIEW -> ChildMain.say(VIEW + " " + MemberView.of(
                node.view(),
                ControlRole.leads(LiveDirectory.controlDriverOf(Path.of(args[4]), args[0])),
                Threads.ofApplication(),
                System.nanoTime()).line());
            default -> settling(line);
        }
    }

    private void settling(final String line)
    {
        if (!line.startsWith(SETTLING))
        {
            throw new IllegalArgumentException("unknown: " + line);
        }

        final int copies = Integer.parseInt(line.substring(SETTLING.length()));
        ChildMain.say(SETTLING + Settling.of(node.view(), copies, System.nanoTime()).line());
    }

    private NodeContext context()
    {
        final NodeContext context = new NodeContext()
            .inputs(SettingInputs.NONE)
            .name(args[0])
            .bind(args[1])
            .set(NodeSettings.LIVE_DIR, args[4])
            .memoryLimit(Long.parseLong(args[5]))
            .memoryPolicy(MemoryPolicy.REFUSE)
            .set(NodeSettings.WEIGHT, Integer.parseInt(args[6]));
        return Boolean.parseBoolean(args[7]) ? context.idleStrategies(ChildMain::idle) : context;
    }

    private void launch(final NodeContext context)
    {
        end();
        node = GridNode.launch(context);
        ChildMain.say(SERVING + System.nanoTime());
    }

    private void end()
    {
        if (node != null)
        {
            node.close();
            node = null;
        }
    }
}
