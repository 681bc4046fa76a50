package io.peregrine.perf.command;

import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.GridCommand;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.soak.Soak;
import io.peregrine.perf.terminal.ProgressBar;
import io.peregrine.perf.terminal.Terminal;
import io.peregrine.transport.process.UdpPort;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;

/**
 * The soak.
 */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    description = "Does anything grow? A node in a process of its own, a client that stays and many that come and " +
        "go, over UDP; memory, threads and files of both processes are compared, the second quarter of the time with " +
        "the last. Exit code 1 where something grows or an answer was wrong. Linux only.")
public final class SoakCommand implements GridCommand
{
    private static final double MOST_MINUTES = 7 * 24 * 60;
    private static final int MOST_THREADS = 64;
    private static final int SECONDS = 60;

    @Spec
    private CommandSpec spec;

    @Option(names = "--minutes", paramLabel = "M", defaultValue = "10",
        description = "How long it lasts. Default: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(names = "--threads", paramLabel = "T", defaultValue = "2",
        description = "Threads that share the client that stays. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--visitors", paramLabel = "V", defaultValue = "2",
        description = "Clients at a time that come and go. Default: ${DEFAULT-VALUE}.")
    private int visitors;

    @Option(names = "--json", description = "Print one JSON object, and no progress.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException
    {
        require(minutes > 0 && minutes <= MOST_MINUTES, "--minutes must be above 0 and at most a week");
        require(threads >= 0 && threads <= MOST_THREADS, "--threads must be from 0 to 64, not " + threads);
        require(visitors >= 0 && visitors <= MOST_THREADS, "--visitors must be from 0 to 64, not " + visitors);
        Terminal.quiet();
        final PrintWriter out = spec.commandLine().getOut();
        final Soak soak = new Soak(UdpPort.free(), threads, visitors);
        try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), Terminal.isInteractive(), "soak"))
        {
            soak.run(Math.max(1, Math.round(minutes * SECONDS)), json ? Progress.NONE : bar);
        }
        catch (final IOException ex)
        {
            throw new CommandFailure(ex.getMessage());
        }
        out.print(json ? soak.json() + System.lineSeparator() : soak.text());
        return soak.isGood() ? DONE : FAILED;
    }

    private void require(final boolean holds, final String otherwise)
    {
        if (!holds)
        {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
