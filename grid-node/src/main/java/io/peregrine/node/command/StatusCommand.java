package io.peregrine.node.command;

import io.peregrine.client.GridOperations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks the nodes of a grid what they say of it.
 */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Ask a node for its state, and all nodes of its grid for partitions, copies, moves and maps. " +
        "Unlike stat, it asks the nodes, on whatever machines they are. A node that does not answer is named as " +
        "silent.",
    footer = {
        "",
        "With --safe, exit code 0: NODE can be stopped; 1: it had better not, for the reasons given; 2: there is no " +
            "node of this name. It can where of every partition that it is in sync of as many others are in sync as " +
            "a write needs (min.in.sync), answer, and are not absent, and the control plane is reached."
    })
public final class StatusCommand implements GridCommand
{
    private static final long PACE_MS = 500;

    @Spec
    private CommandSpec spec;

    @Option(names = "--connect", paramLabel = "ADDRESS",
        description = "HOST:PORT of a node, or ipc:NODE for one of this machine (default: the setting client.connect).")
    private String connect;

    @Option(names = "--partitions", description = "Draw how partitions and copies are spread over the nodes; with " +
        "--json, one line a partition.")
    private boolean partitions;

    @Option(names = "--safe", paramLabel = "NODE", description = "Say only whether NODE can be stopped.")
    private String safe;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "5",
        description = "How long to wait for the node that is asked, and for all others (default: 5).")
    private double timeout;

    @Option(names = "--json",
        description = "One JSON object a line: the node, then the grid and its nodes, then the maps.")
    private boolean json;

    private final GridSource source;

    /**
     * Reaches grids over the network.
     */
    public StatusCommand()
    {
        this(GridSource.REMOTE);
    }

    /**
     * @param source of the grid.
     */
    public StatusCommand(final GridSource source)
    {
        this.source = source;
    }

    @Override
    public Integer call()
    {
        if (!(timeout > 0))
        {
            throw new ParameterException(spec.commandLine(), "--timeout must be more than 0");
        }
        try (GridSource.Connection connection = source.connect(connect))
        {
            final GridOperations grid = connection.grid().operations();
            final GridPicture picture = GridPicture.ask(grid, timeoutNs());
            final GridTable table = new GridTable(picture.nodes());
            if (safe != null)
            {
                return safe(new SafeStop(table));
            }

            final Moves moves = Moves.of(table);
            show(picture, table, moves, moves.left() > 0 ? endMs(grid, moves) : moves.endMs(moves, PACE_MS));
            return DONE;
        }
    }

    private int safe(final SafeStop rules)
    {
        final PrintWriter out = spec.commandLine().getOut();
        final NodeAnswer node = rules.find(safe);
        if (node == null)
        {
            spec.commandLine().getErr().println("grid status: the grid has no node of the name '" + safe + "'");
            return USAGE;
        }

        final List<String> reasons = rules.reasons(node);
        if (json)
        {
            new StatusJson(out).safe(safe, reasons);
        }
        else if (reasons.isEmpty())
        {
            out.println(safe + " can be stopped: no partition would be without copies enough");
        }
        else
        {
            out.println(safe + " had better not be stopped:");
            reasons.forEach((reason) -> out.println("  " + reason));
        }
        return reasons.isEmpty() ? DONE : FAILED;
    }

    /**
     * Look again a moment later: the pace in between tells the end.
     */
    private long endMs(final GridOperations grid, final Moves before)
    {
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < TimeUnit.MILLISECONDS.toNanos(PACE_MS))
        {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PACE_MS));
        }
        final Moves after = Moves.of(new GridTable(GridPicture.ask(grid, timeoutNs()).nodes()));
        return after.endMs(before, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs));
    }

    private void show(final GridPicture picture, final GridTable table, final Moves moves, final long endMs)
    {
        final PrintWriter out = spec.commandLine().getOut();
        final boolean isOfSeveral = picture.nodes().size() > 1;
        final List<MapTotal> maps = MapTotal.of(picture);
        if (json)
        {
            final StatusJson lines = new StatusJson(out);
            lines.node(picture.here());
            if (isOfSeveral)
            {
                lines.grid(table, moves, endMs);
                lines.nodes(table);
            }
            lines.maps(maps);
            if (partitions)
            {
                lines.partitions(table);
            }
            return;
        }

        final StatusText text = new StatusText(out);
        text.node(picture.here());
        if (isOfSeveral)
        {
            text.nodes(table);
            text.partitions(table);
            text.moves(moves, endMs);
        }
        if (partitions)
        {
            text.balance(table);
        }
        text.maps(maps, picture.here().partitions());
    }

    private long timeoutNs()
    {
        return (long) (timeout * TimeUnit.SECONDS.toNanos(1));
    }
}
