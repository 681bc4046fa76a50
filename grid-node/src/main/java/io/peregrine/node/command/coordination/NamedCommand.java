package io.peregrine.node.command.coordination;

import io.peregrine.client.Grid;
import io.peregrine.node.command.GridCommand;
import io.peregrine.node.command.GridSource;
import io.peregrine.node.command.Json;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.util.function.ToIntFunction;

/**
 * What all operations on one thing of a grid are told: its name, and where the grid is. Connected before an operation
 * begins, and closed behind it.
 */
abstract class NamedCommand implements GridCommand
{
    private static final int MAX_COUNT = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "Its name.")
    private String name;

    @Option(names = "--connect", paramLabel = "ADDRESS", scope = ScopeType.INHERIT,
        description = "HOST:PORT of a node, or ipc:NODE for one of this machine (default: the setting client.connect).")
    private String connect;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print one JSON object a line.")
    private boolean json;

    private final GridSource source;

    NamedCommand(final GridSource source)
    {
        this.source = source;
    }

    final String name()
    {
        return name;
    }

    final int on(final ToIntFunction<Grid> operation)
    {
        try (GridSource.Connection connection = source.connect(connect))
        {
            return operation.applyAsInt(connection.grid());
        }
    }

    /**
     * Print what was done or seen.
     *
     * @param more of the object besides the name.
     * @return the exit code.
     */
    final int print(final String text, final Json more)
    {
        spec.commandLine().getOut().println(json ? more : text);
        return DONE;
    }

    /**
     * @return an object that has the name.
     */
    final Json named()
    {
        return new Json().field(spec.name(), name);
    }

    /**
     * @param count as the user gave it; null where he did not.
     * @return how many are to be printed.
     */
    final int checkedCount(final Integer count)
    {
        if (count != null && (count < 1 || count > MAX_COUNT))
        {
            throw wrongUsage("--count " + count + " is not 1 to " + MAX_COUNT);
        }
        return count == null ? 1 : count;
    }

    private ParameterException wrongUsage(final String message)
    {
        return new ParameterException(spec.commandLine(), message);
    }

    @Override
    public final Integer call()
    {
        throw wrongUsage("what is to be done with the " + spec.name() + " '" + name + "'? One of " +
            String.join(", ", spec.subcommands().keySet()));
    }
}
