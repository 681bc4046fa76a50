package io.peregrine.node.command;

import io.peregrine.transport.monitor.NodeFileView;
import org.agrona.CloseHelper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;

/**
 * Shows the distinct errors of nodes from their mapped files.
 */
@Command(
    name = "errors",
    mixinStandardHelpOptions = true,
    description = "Show the distinct errors of the nodes on this machine, also of one that hangs or died.")
public final class ErrorsCommand implements GridCommand
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeSelection nodes;

    @Option(names = "--json", description = "One JSON object a line, one line a distinct error.")
    private boolean json;

    @Override
    public Integer call()
    {
        final PrintWriter out = spec.commandLine().getOut();
        final List<NodeFileView> views = nodes.open(spec.commandLine().getErr());
        try
        {
            views.forEach(view -> show(view, out));
        }
        finally
        {
            CloseHelper.closeAll(views);
        }
        return DONE;
    }

    private void show(final NodeFileView view, final PrintWriter out)
    {
        if (!json)
        {
            out.println(NodeHealth.line(view, System.currentTimeMillis()));
        }
        final int distinct = view.errors((times, firstMs, lastMs, text) ->
        {
            if (json)
            {
                out.println(new Json().field("node", view.name()).field("pid", view.pid()).field("count", times)
                    .field("first_ms", firstMs).field("last_ms", lastMs).field("error", text));
            }
            else
            {
                out.println("  " + times + (times == 1 ? " time, at " : " times, first at ") + Ages.moment(firstMs) +
                    (times == 1 ? "" : ", last at " + Ages.moment(lastMs)));
                text.lines().forEach(line -> out.println("    " + line));
            }
        });
        if (!json && distinct == 0)
        {
            out.println("  no errors");
        }
    }
}
