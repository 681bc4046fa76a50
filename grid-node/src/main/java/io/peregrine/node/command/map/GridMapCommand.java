package io.peregrine.node.command.map;

import io.peregrine.client.Codecs;
import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import io.peregrine.client.Routing;
import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.GridCommand;
import io.peregrine.node.command.GridSource;
import io.peregrine.node.command.dump.TextForm;
import io.peregrine.transport.process.StopSignals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What all operations on a map are told: which map, where it is, and how keys and values are written.
 */
@Command(
    name = "map",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Read and change a map of a grid that is reached at an address.",
    subcommands = {
        GetCommand.class, PutCommand.class, RemoveCommand.class, SizeCommand.class, ScanCommand.class,
        LoadCommand.class, DumpCommand.class, DestroyCommand.class
    },
    synopsisSubcommandLabel = "OPERATION",
    footer = {
        "",
        "Keys and values are text unless said otherwise. Text, numbers and bytes are different keys: use the types " +
            "with which the program that shares the map wrote them."
    })
public final class GridMapCommand implements GridCommand
{
    /**
     * What keys or values are.
     */
    enum Type
    {
        STRING, LONG, BYTES
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the map.")
    private String name;

    @Option(names = "--connect", paramLabel = "ADDRESS", scope = ScopeType.INHERIT,
        description = "HOST:PORT of a node, or ipc:NODE for one of this machine (default: the setting client.connect).")
    private String connect;

    @Option(names = "--key-type", paramLabel = "TYPE", scope = ScopeType.INHERIT,
        description = "What keys are: string, long or bytes (default: string).")
    private Type keyType;

    @Option(names = "--value-type", paramLabel = "TYPE", scope = ScopeType.INHERIT,
        description = "What values are: string, long or bytes (default: string).")
    private Type valueType;

    @Option(names = "--hex", scope = ScopeType.INHERIT,
        description = "Keys and values are bytes in hexadecimal digits, where no type says otherwise.")
    private boolean hex;

    @Option(names = "--base64", scope = ScopeType.INHERIT,
        description = "Keys and values are bytes in Base64, where no type says otherwise.")
    private boolean base64;

    @Option(names = "--json", scope = ScopeType.INHERIT,
        description = "Print one JSON object a line, where something is printed.")
    private boolean json;

    private final GridSource source;
    private final Predicate<Consumer<String>> signals;

    /**
     * Reaches grids over the network.
     */
    public GridMapCommand()
    {
        this(GridSource.REMOTE, StopSignals::take);
    }

    GridMapCommand(final GridSource source, final Predicate<Consumer<String>> signals)
    {
        this.source = source;
        this.signals = signals;
    }

    String name()
    {
        return name;
    }

    boolean json()
    {
        return json;
    }

    TextForm keyForm()
    {
        return form(keyType);
    }

    TextForm valueForm()
    {
        return form(valueType);
    }

    /**
     * @return whether the user said what keys or values are.
     */
    boolean isTypeGiven()
    {
        return keyType != null || valueType != null || hex || base64;
    }

    GridSource.Connection connect()
    {
        if (hex && base64)
        {
            throw new ParameterException(spec.commandLine(), "--hex and --base64 exclude each other");
        }
        return source.connect(connect);
    }

    StopRequest stopRequest()
    {
        return new StopRequest(signals);
    }

    /**
     * @param grid    that it is in.
     * @param mustBe  whether it is a failure when there is none; else it is made.
     * @param routing of its keys.
     * @return the map, as bytes.
     */
    GridMap<byte[], byte[]> open(final Grid grid, final boolean mustBe, final Routing routing)
    {
        if (mustBe && !grid.mapNames().contains(name))
        {
            throw new CommandFailure("there is no map '" + name + "' in this grid");
        }
        return grid.map(name, Codecs.routed(Codecs.BYTES, routing), Codecs.BYTES);
    }

    private TextForm form(final Type type)
    {
        if (type == Type.STRING || type == null && !hex && !base64)
        {
            return TextForm.STRING;
        }
        return type == Type.LONG ? TextForm.LONG : base64 ? TextForm.BASE64 : TextForm.HEX;
    }

    @Override
    public Integer call()
    {
        throw new ParameterException(spec.commandLine(), "what is to be done with the map '" + name + "'? One of " +
            String.join(", ", spec.subcommands().keySet()));
    }
}
