package io.peregrine.node.command;

import io.peregrine.client.GridException;
import io.peregrine.client.GridOperations;
import io.peregrine.client.NodeStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Has a node leave its grid.
 */
@Command(
    name = "leave",
    mixinStandardHelpOptions = true,
    description = "Have a node leave its grid: its copies are made on the other nodes, and then its process ends by " +
        "itself; that of a seed goes on without copies, as the control plane needs it, and an embedded node until " +
        "its application closes it. Started again, the node is taken in again.",
    footer = {
        "",
        "Exit code 0: it is decided, with --wait: done. 1: refused, for the reason given, or not done in time. " +
            "2: there is no node of this name."
    })
public final class LeaveCommand implements GridCommand
{
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final int NOBODY_ELSE = GridOperations.HERE;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NODE", description = "Name of the node.")
    private String name;

    @Option(names = "--connect", paramLabel = "ADDRESS",
        description = "HOST:PORT of any node, or ipc:NODE for one of this machine (default: the setting " +
            "client.connect).")
    private String connect;

    @Option(names = "--wait", description = "Wait until all copies are elsewhere, and show how many are left.")
    private boolean isWaiting;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "300",
        description = "With --wait: how long at most (default: 300).")
    private double timeout;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    private final GridSource source;

    /**
     * Reaches grids over the network.
     */
    public LeaveCommand()
    {
        this(GridSource.REMOTE);
    }

    /**
     * @param source of the grid.
     */
    public LeaveCommand(final GridSource source)
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
            final NodeStatus status = grid.node(GridOperations.HERE);
            final NodeStatus.MemberStatus leaver = find(status);
            if (leaver == null)
            {
                spec.commandLine().getErr().println("grid leave: the grid has no node of the name '" + name + "'");
                return USAGE;
            }

            final GridOperations.OrderResult result = grid.leave(leaver.member(), leaver.life());
            if (!result.isDone())
            {
                throw new CommandFailure((result.ruling() == GridOperations.Ruling.REFUSED ?
                    name + " does not leave: " : "whether " + name + " leaves is unknown: ") + result.reason());
            }
            if (!isWaiting)
            {
                show(leaver.inSync(), name + " leaves; " + leaver.inSync() + " copies are to be made elsewhere");
                return DONE;
            }

            return await(grid, leaver.member(), other(status, leaver.member()));
        }
    }

    /**
     * Ask another node, as the one that leaves may end.
     */
    private int await(final GridOperations grid, final int leaver, final int asked)
    {
        final long startNs = System.nanoTime();
        final long timeoutNs = (long) (timeout * TimeUnit.SECONDS.toNanos(1));
        int left = Integer.MAX_VALUE;
        while (System.nanoTime() - startNs < timeoutNs)
        {
            final int now = left(grid, leaver, asked, left);
            if (now == 0)
            {
                show(0, name + " has left: all copies are elsewhere");
                return DONE;
            }
            if (now != left)
            {
                show(now, name + ": " + now + " copies left to hand over");
            }
            left = now;
            LockSupport.parkNanos(LOOK_NS);
        }
        throw new CommandFailure(name + " has " + left + " copies yet after " + timeout +
            " s; it goes on leaving: look at the status");
    }

    private int left(final GridOperations grid, final int leaver, final int asked, final int before)
    {
        try
        {
            return grid.node(asked).members().get(leaver).inSync();
        }
        catch (final GridException ex)
        {
            spec.commandLine().getErr().println("grid leave: no answer, it is asked again: " + ex.getMessage());
            return before;
        }
    }

    private NodeStatus.MemberStatus find(final NodeStatus status)
    {
        return status.members().stream().filter((each) -> each.name().equals(name)).findFirst().orElse(null);
    }

    private static int other(final NodeStatus status, final int leaver)
    {
        return status.members().stream()
            .filter((each) -> each.member() != leaver && each.state().equals("live") && !each.address().isEmpty())
            .mapToInt(NodeStatus.MemberStatus::member).findFirst().orElse(NOBODY_ELSE);
    }

    private void show(final int left, final String text)
    {
        spec.commandLine().getOut().println(
            json ? new Json().field("leave", name).field("copies_left", left).toString() : text);
        spec.commandLine().getOut().flush();
    }
}
