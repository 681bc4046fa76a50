package io.peregrine.node.command;

import io.peregrine.client.NodeStatus;
import io.peregrine.transport.monitor.CounterType;
import org.agrona.SystemUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Asks a node what it says of itself.
 */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Ask a node for its state, its memory, its clients, the nodes of its grid and its maps. Unlike " +
        "stat, it asks the node, on whatever machine that is.")
public final class StatusCommand implements GridCommand
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--connect", paramLabel = "ADDRESS",
        description = "HOST:PORT of a node, or ipc:NODE for one of this machine (default: the setting client.connect).")
    private String connect;

    @Option(names = "--json",
        description = "One JSON object a line: the node, then the nodes of its grid, then the maps.")
    private boolean json;

    private final GridSource source;

    /**
     * Reaches grids over the network.
     */
    public StatusCommand()
    {
        this(GridSource.REMOTE);
    }

    StatusCommand(final GridSource source)
    {
        this.source = source;
    }

    @Override
    public Integer call()
    {
        final NodeStatus status;
        try (GridSource.Connection connection = source.connect(connect))
        {
            status = connection.grid().nodeStatus();
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (json)
        {
            showJson(status, out);
        }
        else
        {
            show(status, out);
        }
        return DONE;
    }

    private static void show(final NodeStatus status, final PrintWriter out)
    {
        final long limit = Math.max(1, count(status, CounterType.MEMORY_LIMIT));
        final long used = count(status, CounterType.MEMORY_USED);
        out.printf(Locale.ROOT, "%s of grid '%s'%s, up %s, incarnation %016x%n",
            status.name(), status.grid(), status.address().isEmpty() ? "" : " at " + status.address(),
            Ages.duration(status.uptime().toMillis()), status.incarnation());
        out.printf(Locale.ROOT, "  %-12s %d, data agents: %d%n", "partitions", status.partitions(), status.agents());
        out.printf(Locale.ROOT, "  %-12s %,d bytes of %s (%.1f %%)%n",
            "memory", used, SystemUtil.formatSize(limit), 100.0 * used / limit);
        out.printf(Locale.ROOT, "  %-12s %,d, sessions: %,d, calling threads within its process: %,d%n", "clients",
            count(status, CounterType.CLIENTS), count(status, CounterType.SESSIONS), count(status, CounterType.LANES));
        out.printf(Locale.ROOT, "  %-12s %,d, refused: %,d, failed: %,d, errors: %,d%n", "requests",
            count(status, CounterType.REQUESTS), count(status, CounterType.REQUESTS_REFUSED),
            count(status, CounterType.REQUESTS_FAILED), count(status, CounterType.ERRORS));
        if (status.members().size() > 1)
        {
            showMembers(status, out);
        }
        out.printf(Locale.ROOT, "  %-12s %,d%n", "maps", status.maps().size());
        for (final NodeStatus.MapStatus map : status.maps())
        {
            out.printf(Locale.ROOT, "    %-30s %s%s%s%n",
                map.name(),
                map.size() < 0 ? "not countable now" : String.format(Locale.ROOT, "%,d entries", map.size()),
                shown(", live ", map.ttl()), shown(", unused ", map.maxIdle()));
        }
    }

    private static void showMembers(final NodeStatus status, final PrintWriter out)
    {
        out.printf(Locale.ROOT, "  %-12s %,d%n", "nodes", status.members().size());
        for (final NodeStatus.MemberStatus member : status.members())
        {
            out.printf(Locale.ROOT, "    %-30s %s, %s, leads %,d partitions, has %,d in sync of %,d%n",
                member.name(), member.address(), member.state(), member.leads(), member.inSync(), member.planned());
        }
    }

    private static void showJson(final NodeStatus status, final PrintWriter out)
    {
        final Json line = new Json().field("node", status.name()).field("address", status.address())
            .field("grid", status.grid()).field("grid_id", String.format("%016x", status.gridId()))
            .field("incarnation", String.format("%016x", status.incarnation()))
            .field("uptime_ms", status.uptime().toMillis())
            .field("partitions", status.partitions()).field("agents", status.agents())
            .field("maps", status.maps().size());
        for (final Map.Entry<String, Long> counter : status.counters().entrySet())
        {
            line.field(counter.getKey(), counter.getValue());
        }
        out.println(line);
        if (status.members().size() > 1)
        {
            status.members().forEach((member) -> out.println(new Json().field("member", member.name())
                .field("address", member.address()).field("state", member.state()).field("leads", member.leads())
                .field("in_sync", member.inSync()).field("planned", member.planned())));
        }
        for (final NodeStatus.MapStatus map : status.maps())
        {
            final Json mapLine = new Json().field("map", map.name()).field("size", map.size());
            if (map.ttl() != null)
            {
                mapLine.field("ttl_ms", map.ttl().toMillis());
            }
            if (map.maxIdle() != null)
            {
                mapLine.field("max_idle_ms", map.maxIdle().toMillis());
            }
            out.println(mapLine);
        }
    }

    private static long count(final NodeStatus status, final CounterType type)
    {
        return status.counter(type.label());
    }

    private static String shown(final String what, final Duration duration)
    {
        return duration == null ? "" : what + Ages.duration(duration.toMillis());
    }
}
