package io.peregrine.perf.command;

import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.GridCommand;
import io.peregrine.perf.terminal.Terminal;
import io.peregrine.perf.verify.fault.FaultKind;
import io.peregrine.perf.verify.history.Edn;
import io.peregrine.perf.verify.history.History;
import io.peregrine.perf.verify.report.Report;
import io.peregrine.perf.verify.report.Verdict;
import io.peregrine.perf.verify.run.VerifyRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The verifier.
 */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Is what the grid promises kept on this machine, whatever fails? Starts nodes and clients as " +
        "processes, kills, pauses, cuts off and restarts them, and judges all that clients were told. A fault begins " +
        "only when every partition keeps a copy that nothing has befallen. Exit code 1 where an answer cannot be " +
        "explained, or something was lost. Linux only.")
public final class VerifyCommand implements GridCommand
{
    private static final int MOST_NODES = 16;
    private static final int MOST_CLIENTS = 64;
    private static final int MOST_SECONDS = 24 * 60 * 60;

    @Spec
    private CommandSpec spec;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "3", description = "Nodes. Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(names = "--clients", paramLabel = "N", defaultValue = "6",
        description = "Clients, half of them embedded in nodes. Default: ${DEFAULT-VALUE}.")
    private int clients;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "60",
        description = "How long faults befall the grid. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--faults", paramLabel = "KINDS", defaultValue = "kill,pause,cut,restart",
        description = "Which: kill, pause (0.2 to 10 leases), cut (links, one way or both), restart. " +
            "Default: ${DEFAULT-VALUE}.")
    private String faults;

    @Option(names = "--seed", paramLabel = "N",
        description = "Draw operations and faults from this number. What takes how long is not drawn. Default: any.")
    private Long seed;

    @Option(names = "--history", paramLabel = "FILE",
        description = "Write all operations there, in the EDN form of Jepsen.")
    private Path file;

    @Option(names = "--beyond",
        description = "Let faults leave partitions without a copy. Every loss has then to be reported by the grid.")
    private boolean beyond;

    @Option(names = "--json", description = "End with one JSON object, and print no progress.")
    private boolean json;

    /**
     * The file of the history is opened first: what takes long must not be for nothing.
     */
    @Override
    public Integer call() throws InterruptedException, IOException
    {
        require(nodes >= 1 && nodes <= MOST_NODES, "--nodes must be from 1 to 16, not " + nodes);
        require(clients >= 1 && clients <= MOST_CLIENTS, "--clients must be from 1 to 64, not " + clients);
        require(seconds >= 1 && seconds <= MOST_SECONDS, "--seconds must be from 1 to a day's, not " + seconds);
        require(nodes > 2 || beyond, "--nodes must be 3 or more, as with fewer no fault leaves every partition a " +
            "copy that nothing has befallen; --beyond drops that");
        final VerifyRun.Plan plan = new VerifyRun.Plan(nodes, clients, seconds, kinds(),
            seed == null ? ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE) : seed, beyond);
        try (Writer writer = file == null ? Writer.nullWriter() : open())
        {
            Terminal.quiet();
            final PrintWriter out = spec.commandLine().getOut();
            final VerifyRun run = new VerifyRun(plan, (line) -> progress(out, line));
            final Report report = report(run);
            out.print(json ? report.json() + System.lineSeparator() : report.text());
            out.flush();
            write(run.history(), writer);
            return codeOf(report.finding().verdict());
        }
    }

    /**
     * After the verdict, which has to be known whatever becomes of the file.
     */
    private void write(final History history, final Writer writer)
    {
        try
        {
            Edn.write(history, writer);
            writer.flush();
        }
        catch (final IOException | UncheckedIOException ex)
        {
            throw new CommandFailure("--history: " + file + " is not whole: " + ex.getMessage());
        }
    }

    static int codeOf(final Verdict verdict)
    {
        return verdict.isGood() ? DONE : FAILED;
    }

    private static Report report(final VerifyRun run) throws InterruptedException
    {
        try
        {
            return run.run();
        }
        catch (final IllegalStateException ex)
        {
            throw new CommandFailure(ex.getMessage());
        }
    }

    private Set<FaultKind> kinds()
    {
        try
        {
            return FaultKind.parse(faults);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ParameterException(spec.commandLine(), "--faults: " + ex.getMessage(), ex);
        }
    }

    private void progress(final PrintWriter out, final String line)
    {
        if (!json)
        {
            out.println("  " + line);
            out.flush();
        }
    }

    private Writer open()
    {
        try
        {
            return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        }
        catch (final IOException ex)
        {
            throw new ParameterException(spec.commandLine(), "--history: " + file + " cannot be written: " + ex, ex);
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
