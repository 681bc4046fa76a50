package io.peregrine.perf.command;

import io.peregrine.node.command.GridCommand;
import io.peregrine.perf.sim.Simulation;
import io.peregrine.perf.sim.SimulationResult;
import io.peregrine.perf.sim.Simulations;
import io.peregrine.perf.sim.grid.GridRules;
import io.peregrine.perf.terminal.ProgressBar;
import io.peregrine.perf.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * The simulator.
 */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = "Is what the grid promises kept, whatever fails? Runs whole grids with their clients in virtual " +
        "time, each drawn from a seed: machines crash, stand still and come back, the network loses, delays and " +
        "cuts, the control plane changes its leader. Exit code 1 where something happened that must never happen; " +
        "its seed is printed, and --seed replays it with all that happened.")
public final class SimulateCommand implements GridCommand
{
    private static final int STEPS = 20;
    private static final int MOST_THREADS = 64;
    private static final int MOST_NODES = 9;
    private static final double SECOND = 1e9;
    private static final double HOUR = 3600;

    @Spec
    private CommandSpec spec;

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "500",
        description = "How many seeds are run. Default: ${DEFAULT-VALUE}.")
    private long seeds;

    @Option(names = "--from", paramLabel = "S", defaultValue = "1",
        description = "The first of them. Default: ${DEFAULT-VALUE}.")
    private long from;

    @Option(names = "--seed", paramLabel = "S",
        description = "Replay this one seed, and print what happens.")
    private Long seed;

    @Option(names = "--threads", paramLabel = "T", defaultValue = "0",
        description = "How many run at one time. Default: as many as there are processors.")
    private int threads;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "0",
        description = "Nodes of each grid, 1 to 9; 0: 2 to 5, as the seed has it. Default: ${DEFAULT-VALUE}.")
    private int nodes;

    private long good;
    private long bad;
    private long undecided;
    private long full;
    private long accepted;
    private long kept;
    private long paused;
    private long answered;
    private double virtualSeconds;

    @Override
    public Integer call() throws InterruptedException
    {
        require(seeds > 0, "--seeds must be 1 or more, not " + seeds);
        require(threads >= 0 && threads <= MOST_THREADS, "--threads must be from 0 to 64, not " + threads);
        require(nodes >= 0 && nodes <= MOST_NODES, "--nodes must be from 0 to 9, not " + nodes);
        return seed != null ? replay() : runAll();
    }

    private int replay()
    {
        final PrintWriter out = spec.commandLine().getOut();
        final SimulationResult result = new Simulation(seed, nodes, new GridRules()).run(out);
        out.printf(Locale.ROOT, "seed %d: %s%s; %d answers in %.1f virtual seconds; trace %016x%n", result.seed(),
            result.isGood() ? "nothing that must not happen" : "VIOLATED: " + result.violation(),
            result.decided() ? "" : ", but the history was not judged to the end", result.answered(),
            result.virtualNs() / SECOND, result.digest());
        out.flush();
        return result.isGood() ? DONE : FAILED;
    }

    private int runAll() throws InterruptedException
    {
        final PrintWriter out = spec.commandLine().getOut();
        final long begin = System.nanoTime();
        final int workers = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), Terminal.isInteractive(), "simulate"))
        {
            new Simulations(from, seeds, nodes, GridRules::new).run(workers, (result) ->
            {
                add(result, out);
                bar.at(progress(), (double) (good + bad) / seeds);
            });
        }
        final double seconds = (System.nanoTime() - begin) / SECOND;
        out.printf(Locale.ROOT, "%d seeds, %d violated, %d with a history that was not judged to the end; %d answers " +
            "in %.2f virtual hours; %.1f seeds/s%n", good + bad, bad, undecided, answered, virtualSeconds / HOUR,
            (good + bad) / seconds);
        out.printf(Locale.ROOT, "in %d the memory of a node was full, in %d a loss was accepted, in %d one fault " +
            "stayed, in %d copying paused%n", full, accepted, kept, paused);
        out.flush();
        return bad == 0 ? DONE : FAILED;
    }

    /**
     * Names only some of the numbers of seeds, so that a run that is not watched does not print a line for each.
     */
    private String progress()
    {
        final long done = good + bad;
        return String.format(Locale.ROOT, "%d seeds, %d violated", done - done % Math.max(1, seeds / STEPS), bad);
    }

    private void add(final SimulationResult result, final PrintWriter out)
    {
        virtualSeconds += result.virtualNs() / SECOND;
        answered += result.answered();
        full += result.reached().isMemoryFull() ? 1 : 0;
        accepted += result.reached().isLossAccepted() ? 1 : 0;
        kept += result.reached().isFaultKept() ? 1 : 0;
        paused += result.reached().pauses() > 0 ? 1 : 0;
        if (result.isGood())
        {
            good++;
            undecided += result.decided() ? 0 : 1;
        }
        else
        {
            bad++;
            out.printf("seed %d (--seed %d --nodes %d replays it): %s%n", result.seed(), result.seed(), nodes,
                result.violation());
            out.flush();
        }
    }

    private void require(final boolean holds, final String otherwise)
    {
        if (!holds)
        {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
