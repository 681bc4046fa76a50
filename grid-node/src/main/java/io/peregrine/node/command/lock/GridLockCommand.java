package io.peregrine.node.command.lock;

import io.peregrine.node.command.GridCommand;
import io.peregrine.node.command.GridSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * What all operations on a lock are told: which lock, and where it is.
 */
@Command(
    name = "lock",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Take, renew and let go of a lock of a grid that is reached at an address.",
    subcommands = {
        AcquireCommand.class, RenewCommand.class, ReleaseCommand.class, ShowCommand.class, ForceReleaseCommand.class
    },
    synopsisSubcommandLabel = "OPERATION",
    footer = {
        "",
        "Who acquires a lock is known by holder and fence from then on: give both to renew and to release it. The " +
            "lock is held to the end of its lease, whether or not the command that took it is still there."
    })
public final class GridLockCommand implements GridCommand
{
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the lock.")
    private String name;

    @Option(names = "--connect", paramLabel = "ADDRESS", scope = ScopeType.INHERIT,
        description = "HOST:PORT of a node, or ipc:NODE for one of this machine (default: the setting client.connect).")
    private String connect;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print one JSON object on one line.")
    private boolean json;

    private final GridSource source;

    /**
     * Reaches grids over the network.
     */
    public GridLockCommand()
    {
        this(GridSource.REMOTE);
    }

    GridLockCommand(final GridSource source)
    {
        this.source = source;
    }

    String name()
    {
        return name;
    }

    boolean json()
    {
        return json;
    }

    GridSource.Connection connect()
    {
        return source.connect(connect);
    }

    @Override
    public Integer call()
    {
        throw new ParameterException(spec.commandLine(), "what is to be done with the lock '" + name + "'? One of " +
            String.join(", ", spec.subcommands().keySet()));
    }
}
