package io.peregrine.perf.command;

import io.peregrine.node.command.GridCommand;
import io.peregrine.perf.lock.LockBench;
import io.peregrine.perf.lock.LockRow;
import io.peregrine.perf.rig.JsonLines;
import io.peregrine.perf.rig.Plan;
import io.peregrine.perf.rig.Result;
import io.peregrine.perf.rig.Table;
import io.peregrine.perf.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Locks through the API of the grid.
 */
@Command(
    name = "lock",
    mixinStandardHelpOptions = true,
    description = "Locks of a node in another process, over UDP: the pair of acquire and release while nobody else " +
        "wants the lock, the same of a permit, the same of a lock in turns with Redis where it is installed, the " +
        "hand-over to the next in line in another process, the take-over from a killed holder beyond the end of " +
        "its lease, the one after the kill of a lock's primary beyond the outage of writes to its partition, and the " +
        "memory of many locks. With --floor, acquire, permit and hand-over are measured against one put by the same " +
        "client.")
public final class BenchLockCommand implements GridCommand
{
    private static final String MODE = "udp";
    private static final int MOST_KILLS = 1_000;
    private static final int MOST_LOCKS = 4_000_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions run;

    @Option(names = "--floor", description = "Measure the floor, in turns with the grid.")
    private boolean floor;

    @Option(names = "--rows", paramLabel = "ROW", split = ",",
        defaultValue = "acquire,permit,redis,hand-over,take-over,primary-loss,memory",
        description = "Of ${COMPLETION-CANDIDATES}. Default: all.")
    private List<LockRow> rows;

    @Option(names = "--kills", paramLabel = "N", defaultValue = "10",
        description = "Holders that are killed, and primaries. Default: ${DEFAULT-VALUE}.")
    private int kills;

    @Option(names = "--locks", paramLabel = "N", defaultValue = "1000000",
        description = "Locks whose memory is looked at. Default: ${DEFAULT-VALUE}.")
    private int locks;

    @Override
    public Integer call() throws InterruptedException
    {
        run.check();
        run.require(kills >= 1 && kills <= MOST_KILLS, "--kills must be from 1 to 1000, not " + kills);
        run.require(locks >= 1 && locks <= MOST_LOCKS, "--locks must be from 1 to 4000000, not " + locks);
        Terminal.quiet();
        final Set<LockRow> wanted = EnumSet.copyOf(rows);
        if (wanted.contains(LockRow.REDIS) && !LockBench.hasPeer())
        {
            spec.commandLine().getErr().println(
                "the row against Redis is left out: there is no redis-server on the PATH; install Redis to have it");
        }

        final Plan plan = Plan.closed(MODE, new String[0], new double[0], 1, run.rounds(), run.seconds());
        final LockBench bench;
        try (RunOptions.Shown shown = run.progress("bench lock"))
        {
            bench = new LockBench(plan, floor, shown.progress());
            bench.run(wanted, kills, locks);
        }

        print(bench);
        return bench.results().stream().anyMatch(BenchLockCommand::isWrong) ? FAILED : DONE;
    }

    private static boolean isWrong(final Result result)
    {
        return result.subject().wrong() > 0 || result.floor() != null && result.floor().wrong() > 0;
    }

    private void print(final LockBench bench)
    {
        final PrintWriter out = spec.commandLine().getOut();
        if (run.json())
        {
            bench.results().forEach((result) -> print(out, result));
        }
        else if (!bench.results().isEmpty())
        {
            out.print(Table.of(bench.results()));
        }
        if (bench.takeOvers() != null)
        {
            out.println(run.json() ? bench.takeOvers().json() : bench.takeOvers().text());
        }
        if (bench.primaryLosses() != null)
        {
            out.println(run.json() ? bench.primaryLosses().json() : bench.primaryLosses().text());
        }
        if (bench.memory() != null)
        {
            out.println(run.json() ? bench.memory().json() : bench.memory().text());
        }
    }

    private void print(final PrintWriter out, final Result result)
    {
        out.println(JsonLines.of(result));
        for (final String reason : result.verdict().reasons())
        {
            spec.commandLine().getErr().println(result.name() + ": " + reason);
        }
    }
}
