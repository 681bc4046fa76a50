package io.peregrine.perf.command;

import io.peregrine.node.command.GridCommand;
import io.peregrine.perf.grid.IdleBench;
import io.peregrine.perf.grid.IdleReport;
import io.peregrine.perf.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A node with nothing to do.
 */
@Command(
    name = "idle",
    mixinStandardHelpOptions = true,
    description = "What a node without data takes that does not host the control plane, the fourth of a grid: " +
        "memory, threads, and time on a core. It is left alone for --seconds, then watched as long; there is one " +
        "round.")
public final class BenchIdleCommand implements GridCommand
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions run;

    @Override
    public Integer call() throws IOException, InterruptedException
    {
        run.check();
        Terminal.quiet();
        final long spanNs = (long) (run.seconds() * TimeUnit.SECONDS.toNanos(1));
        final IdleReport report;
        try (RunOptions.Shown shown = run.progress("bench idle"))
        {
            report = new IdleBench(spanNs, spanNs, shown.progress()).run();
        }

        spec.commandLine().getOut().println(run.json() ? report.json() : report.text());
        return DONE;
    }
}
