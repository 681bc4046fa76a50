package io.peregrine.perf.command;

import io.peregrine.node.command.GridCommand;
import io.peregrine.perf.grid.JoinBench;
import io.peregrine.perf.grid.JoinReport;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.concurrent.TimeUnit;

/**
 * A node that joins.
 */
@Command(
    name = "join",
    mixinStandardHelpOptions = true,
    description = "What callers feel while a fourth node joins three: an open loop, half reads and half writes, at a " +
        "fifth of the rate that a closed loop of the same threads reaches, before and until every partition is where " +
        "it is to be. The fourth process runs before, too, as a grid by itself. --seconds is the time before; there " +
        "is one round.")
public final class BenchJoinCommand implements GridCommand
{
    private static final int MOST_ENTRIES = 50_000_000;
    private static final int MOST_VALUE = 8 << 20;
    private static final int MOST_THREADS = 64;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions run;

    @Option(names = "--entries", paramLabel = "N", defaultValue = "1000000",
        description = "Entries, with keys of 16 bytes. Default: ${DEFAULT-VALUE}.")
    private int entries;

    @Option(names = "--value", paramLabel = "BYTES", defaultValue = "100",
        description = "Length of a value. Default: ${DEFAULT-VALUE}.")
    private int value;

    @Option(names = "--threads", paramLabel = "T", defaultValue = "4",
        description = "Threads that drive load. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Override
    public Integer call() throws InterruptedException
    {
        run.check();
        run.require(entries >= 1 && entries <= MOST_ENTRIES, "--entries must be from 1 to 50000000, not " + entries);
        run.require(value >= 0 && value <= MOST_VALUE, "--value must be from 0 to 8388608, not " + value);
        run.require(threads >= 1 && threads <= MOST_THREADS, "--threads must be from 1 to 64, not " + threads);
        Terminal.quiet();
        final JoinReport report;
        try (RunOptions.Shown shown = run.progress("bench join"))
        {
            report = new JoinBench(
                Workload.uniform(entries, value), threads, (long) (run.seconds() * TimeUnit.SECONDS.toNanos(1)),
                shown.progress()).run();
        }

        spec.commandLine().getOut().println(run.json() ? report.json() : report.text());
        return report.isRight() ? DONE : FAILED;
    }
}
