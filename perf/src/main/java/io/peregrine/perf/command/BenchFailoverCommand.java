package io.peregrine.perf.command;

import io.peregrine.node.command.GridCommand;
import io.peregrine.perf.grid.Breakage;
import io.peregrine.perf.grid.FailoverBench;
import io.peregrine.perf.grid.FailoverReport;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.terminal.ProgressBar;
import io.peregrine.perf.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;

/**
 * Outages.
 */
@Command(
    name = "failover",
    mixinStandardHelpOptions = true,
    description = "How long partitions of a grid of processes with default settings do not acknowledge writes when a " +
        "node is killed that leads them, or stands still that is their backup; and whether an acknowledged write is " +
        "lost, which makes the exit code 1.")
public final class BenchFailoverCommand implements GridCommand
{
    private static final int LEAST_NODES = 3;
    private static final int MOST_NODES = 8;
    private static final int MOST_TIMES = 1_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(names = "--faults", paramLabel = "KIND", split = ",", defaultValue = "kill,kill-leader,pause",
        description = "kill (of a node that does not lead the control plane), kill-leader (of one that does), pause " +
            "(of a backup). Default: ${DEFAULT-VALUE}.")
    private List<Breakage> faults;

    @Option(names = "--times", paramLabel = "N", defaultValue = "20",
        description = "How often each of them. Default: ${DEFAULT-VALUE}.")
    private int times;

    @Option(names = "--json", description = "Print one JSON object for each kind, and no progress.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException
    {
        require(nodes >= LEAST_NODES && nodes <= MOST_NODES, "--nodes must be from 3 to 8, not " + nodes);
        require(times >= 1 && times <= MOST_TIMES, "--times must be from 1 to 1000, not " + times);
        Terminal.quiet();
        final boolean[] isWhole = {true};
        try (ProgressBar bar = new ProgressBar(
            spec.commandLine().getErr(), Terminal.isInteractive(), "bench failover"))
        {
            new FailoverBench(nodes, json ? Progress.NONE : bar).run(faults, times, (report) ->
            {
                bar.wipe();
                print(report);
                isWhole[0] &= report.isWhole();
            });
        }

        return isWhole[0] ? DONE : FAILED;
    }

    /**
     * As soon as it is known, as what comes next may take long.
     */
    private void print(final FailoverReport report)
    {
        final PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.json() : report.text());
        out.flush();
    }

    private void require(final boolean holds, final String otherwise)
    {
        if (!holds)
        {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
