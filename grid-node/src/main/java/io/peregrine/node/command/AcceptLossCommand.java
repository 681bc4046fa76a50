package io.peregrine.node.command;

import io.peregrine.client.GridOperations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Has partitions begin empty of which nobody is there who has what they held.
 */
@Command(
    name = "accept-loss",
    mixinStandardHelpOptions = true,
    description = "Give up what partitions held whose copies are all on nodes that are gone for good: they begin " +
        "empty, and are served again. What was acknowledged there is lost; the loss is counted in ./grid status.",
    footer = {
        "",
        "Without --yes it only says what would be lost. Nodes that are absent and may still have a copy with others " +
            "are declared dead: see before that their processes have ended. One that has not may serve on beside " +
            "the new copy, to those who reach it, until it hears of the grid.",
        "Exit code 0: done, or nothing to do. 1: not done, for the reasons given, or --yes is missing."
    })
public final class AcceptLossCommand implements GridCommand
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--connect", paramLabel = "ADDRESS",
        description = "HOST:PORT of any node, or ipc:NODE for one of this machine (default: the setting " +
            "client.connect).")
    private String connect;

    @Option(names = "--partition", paramLabel = "P", description = "Number of a partition; may be repeated.")
    private Set<Integer> chosen = new LinkedHashSet<>();

    @Option(names = "--all", description = "All partitions that nobody has any more.")
    private boolean all;

    @Option(names = "--yes", description = "Do it.")
    private boolean isSure;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "5",
        description = "How long to wait for the nodes that are asked what they have (default: 5).")
    private double timeout;

    @Option(names = "--json", description = "One JSON object a line, one line a partition.")
    private boolean json;

    private final GridSource source;

    /**
     * Reaches grids over the network.
     */
    public AcceptLossCommand()
    {
        this(GridSource.REMOTE);
    }

    /**
     * @param source of the grid.
     */
    public AcceptLossCommand(final GridSource source)
    {
        this.source = source;
    }

    @Override
    public Integer call()
    {
        if (all != chosen.isEmpty() || !(timeout > 0))
        {
            throw new ParameterException(
                spec.commandLine(), "name partitions by --partition, or say --all; --timeout must be more than 0");
        }
        try (GridSource.Connection connection = source.connect(connect))
        {
            final GridOperations grid = connection.grid().operations();
            final GridTable table = new GridTable(
                GridPicture.ask(grid, (long) (timeout * TimeUnit.SECONDS.toNanos(1))).nodes());
            final List<GridTable.Row> lost = lost(table);
            if (lost.isEmpty())
            {
                spec.commandLine().getErr().println("grid accept-loss: nothing to accept: of every partition a node " +
                    "is there that has what it holds");
                return DONE;
            }
            if (!isSure)
            {
                tell(table, lost);
                return FAILED;
            }

            return accept(grid, table, lost);
        }
    }

    private List<GridTable.Row> lost(final GridTable table)
    {
        final List<GridTable.Row> frozen = table.frozen();
        if (all)
        {
            return frozen;
        }
        final List<GridTable.Row> lost = new ArrayList<>();
        for (final int number : chosen)
        {
            lost.add(frozen.stream().filter((row) -> row.told().number() == number).findFirst().orElseThrow(
                () -> new CommandFailure("partition " + number + " is not lost: " +
                    (number >= 0 && number < table.rows().size() ? holders(table, table.rows().get(number)) :
                    "there is none of this number") + "; nothing was done")));
        }
        return lost;
    }

    private void tell(final GridTable table, final List<GridTable.Row> lost)
    {
        final PrintWriter err = spec.commandLine().getErr();
        err.println("grid accept-loss: " + lost.size() + " partitions would begin empty: " +
            SafeStop.shown(GridTable.numbers(lost)));
        final Set<Integer> doomed = new TreeSet<>();
        lost.forEach((row) -> doomed.addAll(doomed(row)));
        doomed.forEach((member) -> err.println("  " + table.nameOf(member) + " would be declared dead: see that its " +
            "process has ended"));
        err.println("nothing was done; --yes does it");
    }

    /**
     * Members that are alone with a partition are not declared dead: for them the control plane waits until their
     * lease is over, which nobody has to answer for.
     */
    private int accept(final GridOperations grid, final GridTable table, final List<GridTable.Row> lost)
    {
        int failures = 0;
        final Set<Integer> doomed = new TreeSet<>();
        for (final GridTable.Row row : lost)
        {
            if (doomed(row).isEmpty())
            {
                failures += accept(grid, row);
            }
            doomed.addAll(doomed(row));
        }
        for (final int member : doomed)
        {
            final GridOperations.OrderResult result =
                grid.declareDead(member, table.node(member).member().life());
            if (!result.isDone())
            {
                throw new CommandFailure(table.nameOf(member) + " is not declared dead, and partitions of it are not " +
                    "given up: " + result.reason());
            }
        }
        for (final GridTable.Row row : lost)
        {
            failures += doomed(row).isEmpty() ? 0 : accept(grid, row);
        }
        return failures == 0 ? DONE : FAILED;
    }

    private int accept(final GridOperations grid, final GridTable.Row row)
    {
        final int number = row.told().number();
        final GridOperations.OrderResult result = grid.acceptLoss(number, row.told().epoch());
        if (json)
        {
            spec.commandLine().getOut().println(new Json().field("partition", number)
                .field("ruling", result.ruling().name().toLowerCase(Locale.ROOT))
                .field("reason", result.reason()));
        }
        else
        {
            spec.commandLine().getOut().println("partition " + number +
                (result.isDone() ? " begins empty" : ": not done: " + result.reason()));
        }
        return result.isDone() ? 0 : 1;
    }

    /**
     * Who has to be declared dead, so that nobody of the set can be serving with another.
     */
    private static Set<Integer> doomed(final GridTable.Row row)
    {
        final Set<Integer> doomed = new TreeSet<>();
        final long set = row.copies().stream().filter((copy) -> copy.told().isInSync()).count();
        if (set > 1)
        {
            row.copies().stream().filter(GridTable.Copy::counts).forEach((copy) -> doomed.add(copy.told().member()));
        }
        return doomed;
    }

    private static String holders(final GridTable table, final GridTable.Row row)
    {
        final List<String> names = new ArrayList<>();
        row.copies().stream().filter(GridTable.Copy::counts).map((copy) -> table.node(copy.told().member()))
            .forEach((node) -> names.add(node.member().name() + " (" + node.state() + ")"));
        return names.isEmpty() ? "nobody ever held it" : String.join(" and ", names) + " may have what it holds";
    }
}
