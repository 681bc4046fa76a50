package io.peregrine.perf.command;

import io.peregrine.node.command.GridCommand;
import io.peregrine.perf.grid.StartAllBench;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.start.StartBench;
import io.peregrine.perf.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The start of a node.
 */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "How long a new JVM takes until its embedded node has answered a write and a read.")
public final class BenchStartCommand implements GridCommand
{
    private static final int MOST_TRIES = 99;
    private static final int MOST_NODES = 8;

    @Spec
    private CommandSpec spec;

    @Option(names = "--tries", paramLabel = "N", defaultValue = "5",
        description = "JVMs to start, one after the other. Default: ${DEFAULT-VALUE}.")
    private int tries;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "1",
        description = "Of several, the time until all of a new grid serve, which start together. " +
            "Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException
    {
        if (tries < 1 || tries > MOST_TRIES)
        {
            throw new ParameterException(spec.commandLine(), "--tries must be from 1 to 99, not " + tries);
        }

        if (nodes < 1 || nodes > MOST_NODES)
        {
            throw new ParameterException(spec.commandLine(), "--nodes must be from 1 to 8, not " + nodes);
        }
        if (nodes > 1)
        {
            Terminal.quiet();
            final StartAllBench all = new StartAllBench(nodes, tries, Progress.NONE);
            spec.commandLine().getOut().println(json ? all.json() : all.text());
            return DONE;
        }

        final StartBench bench = new StartBench(tries, Progress.NONE);
        spec.commandLine().getOut().println(json ? bench.json() : bench.text());
        return DONE;
    }
}
