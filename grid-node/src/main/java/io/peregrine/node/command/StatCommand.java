package io.peregrine.node.command;

import io.peregrine.transport.monitor.CounterType;
import io.peregrine.transport.monitor.NodeFileView;
import org.agrona.CloseHelper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Shows the counters of nodes from their mapped files.
 */
@Command(
    name = "stat",
    mixinStandardHelpOptions = true,
    description = "Show the counters of the nodes on this machine, also of one that hangs or died.")
public final class StatCommand implements GridCommand
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeSelection nodes;

    @Option(names = "--json", description = "One JSON object a line, one line a counter.")
    private boolean json;

    @Option(names = "--watch", paramLabel = "SECONDS", arity = "0..1", fallbackValue = "1", defaultValue = "0",
        description = "Show again every so many seconds (1 when none are given), with the change per second.")
    private double watch;

    @Option(names = "--count", paramLabel = "N", defaultValue = "0",
        description = "With --watch: end after so many times (default: at Ctrl-C).")
    private long count;

    private final Map<String, Long> before = new HashMap<>();
    private long beforeNs;

    @Override
    public Integer call()
    {
        if (watch < 0 || count < 0)
        {
            throw new ParameterException(spec.commandLine(), "--watch and --count must not be negative");
        }
        show();
        if (watch > 0)
        {
            final long intervalNs = (long) (watch * TimeUnit.SECONDS.toNanos(1));
            long left = count;
            while (--left != 0 && pause(intervalNs))
            {
                show();
            }
        }
        return DONE;
    }

    private void show()
    {
        final PrintWriter out = spec.commandLine().getOut();
        final List<NodeFileView> views = nodes.open(spec.commandLine().getErr());
        final long nowNs = System.nanoTime();
        try
        {
            views.forEach(view -> show(view, out, nowNs));
        }
        finally
        {
            CloseHelper.closeAll(views);
        }
        beforeNs = nowNs;
        out.flush();
    }

    private void show(final NodeFileView view, final PrintWriter out, final long nowNs)
    {
        final long nowMs = System.currentTimeMillis();
        if (!json)
        {
            out.println(NodeHealth.line(view, nowMs));
        }
        view.counters().forEach((id, typeId, key, label) ->
        {
            final long value = view.counters().getCounterValue(id);
            final Long last = before.put(view.path() + "#" + id, value);
            final CounterType type = CounterType.of(typeId);
            final String meaning = type == null ? "" : type.meaning();
            if (json)
            {
                out.println(new Json()
                    .field("node", view.name()).field("pid", view.pid())
                    .field("health", NodeHealth.of(view, nowMs).name().toLowerCase(Locale.ROOT))
                    .field("last_activity_ms", view.lastActivityMs()).field("time_ms", nowMs)
                    .field("counter", label).field("type", typeId).field("value", value).field("meaning", meaning));
            }
            else
            {
                final String rate = last == null ? "" : String.format(Locale.ROOT, "%+,.0f/s",
                    (value - last) * (double) TimeUnit.SECONDS.toNanos(1) / Math.max(1, nowNs - beforeNs));
                out.printf(Locale.ROOT, watch > 0 ? "  %-28s %,20d %16s  %s%n" : "  %-28s %,20d%s  %s%n",
                    label, value, rate, meaning);
            }
        });
    }

    private static boolean pause(final long ns)
    {
        final long end = System.nanoTime() + ns;
        while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted())
        {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return !Thread.currentThread().isInterrupted();
    }
}
