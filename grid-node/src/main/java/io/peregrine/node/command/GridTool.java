package io.peregrine.node.command;

import io.peregrine.transport.process.JvmFlags;
import io.peregrine.transport.process.StartupException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The command line {@code grid}: help, version, and the commands that are on the class path.
 */
@Command(
    name = "grid",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Peregrine, an in-memory data grid for the JVM.",
    footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage.",
        "Completion for bash and zsh: source <(./grid completion)"},
    synopsisSubcommandLabel = "COMMAND")
public final class GridTool implements Runnable
{
    @Option(names = "--debug", scope = CommandLine.ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean debug;

    @Spec
    private CommandSpec spec;

    private GridTool()
    {
    }

    /**
     * @param args of the command line.
     */
    public static void main(final String[] args)
    {
        final PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        try
        {
            JvmFlags.check();
        }
        catch (final StartupException ex)
        {
            err.println("grid: " + ex.getMessage());
            System.exit(GridCommand.FAILED);
        }
        System.exit(run(new PrintWriter(System.out, true, StandardCharsets.UTF_8), err, args));
    }

    /**
     * @param out  for what was asked for.
     * @param err  for errors and progress.
     * @param args of the command line.
     * @return the exit code.
     */
    public static int run(final PrintWriter out, final PrintWriter err, final String... args)
    {
        return run(commandLine(), out, err, args);
    }

    /**
     * @param commands that there are.
     * @param out      for what was asked for.
     * @param err      for errors and progress.
     * @param args     of the command line.
     * @return the exit code.
     */
    public static int run(
        final List<GridCommand> commands, final PrintWriter out, final PrintWriter err, final String... args)
    {
        return run(commandLine(commands.stream()), out, err, args);
    }

    private static int run(
        final CommandLine line, final PrintWriter out, final PrintWriter err, final String... args)
    {
        final int exitCode = line.setOut(out).setErr(err).execute(args);
        out.flush();
        err.flush();
        return exitCode;
    }

    static CommandLine commandLine()
    {
        return commandLine(ServiceLoader.load(GridCommand.class).stream().map(ServiceLoader.Provider::get));
    }

    private static CommandLine commandLine(final Stream<GridCommand> commands)
    {
        final GridTool tool = new GridTool();
        final CommandLine line = new CommandLine(tool);
        commands.map(CommandLine::new)
            .sorted((left, right) -> left.getCommandName().compareTo(right.getCommandName()))
            .forEach(command -> line.addSubcommand(command.getCommandName(), command));
        line.addSubcommand(new CommandLine.HelpCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(Problems::usage);
        line.setExecutionExceptionHandler((ex, command, result) -> Problems.failure(ex, command, tool.debug));
        return line;
    }

    @Override
    public void run()
    {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
