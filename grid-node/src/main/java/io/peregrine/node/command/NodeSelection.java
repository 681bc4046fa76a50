package io.peregrine.node.command;

import io.peregrine.node.NodeContext;
import io.peregrine.node.NodeSettings;
import io.peregrine.transport.monitor.LiveDirectory;
import io.peregrine.transport.monitor.NodeFileView;
import io.peregrine.transport.monitor.NotANodeFileException;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The options by which a command is told which nodes of this machine it is about.
 */
final class NodeSelection
{
    @Option(names = "--live-dir", paramLabel = "DIR",
        description = "Directory in which nodes show themselves (default: the setting live.dir).")
    private Path liveDir;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of one node (default: all there are).")
    private String name;

    /**
     * @param err told about files that are no nodes'.
     * @return views of the nodes, at least one, to be closed by the caller.
     * @throws CommandFailure when there are none.
     */
    List<NodeFileView> open(final PrintWriter err)
    {
        final Path directory = liveDir != null ? liveDir : configuredDirectory();
        if (name != null)
        {
            return List.of(NodeFileView.open(LiveDirectory.fileOf(directory, name)));
        }
        final List<NodeFileView> views = new ArrayList<>();
        for (final Path file : LiveDirectory.files(directory))
        {
            try
            {
                views.add(NodeFileView.open(file));
            }
            catch (final NotANodeFileException ex)
            {
                err.println("left out: " + ex.getMessage());
            }
        }
        if (views.isEmpty())
        {
            throw new CommandFailure("no node shows itself in " + directory +
                ": none of this user runs on this machine, or its setting live.dir is another (--live-dir).");
        }
        return views;
    }

    private static Path configuredDirectory()
    {
        return Path.of(new NodeContext().conclude().get(NodeSettings.LIVE_DIR));
    }
}
