package io.peregrine.node.command;

import io.peregrine.client.config.ConfigurationException;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.client.config.SettingList;
import io.peregrine.node.GridNode;
import io.peregrine.node.NodeContext;
import io.peregrine.node.NodeSettings;
import io.peregrine.node.NodeState;
import io.peregrine.node.Threading;
import io.peregrine.transport.process.StopSignals;
import io.peregrine.transport.process.UdpPort;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs a node until it is asked to stop. The calling thread waits; a thread of the JVM brings the signals.
 */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Run a node until SIGTERM or Ctrl-C; it answers what it has taken in and stops, with exit code 0.",
    footer = {
        "",
        "Every setting (./grid config --explain) can be given by --set, in a file, in the environment or as a system " +
            "property of the JVM; the command line wins. PEREGRINE_JAVA_OPTS gives flags to the JVM: -Xmx1g."
    })
public final class NodeCommand implements GridCommand
{
    /**
     * Where a node is reached that was told nothing about it: from its own machine only.
     */
    static final String DEFAULT_BIND = "127.0.0.1:" + UdpPort.DEFAULT;

    /**
     * Option of a node that another process runs.
     */
    static final String UNTIL_EOF = "--until-eof";

    private static final long LOOK_MS = 100;

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "Properties file with settings.")
    private String config;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the node (default: node-<pid>).")
    private String name;

    @Option(names = "--bind", paramLabel = "HOST:PORT",
        description = "Address at which the node is reached (default: " + DEFAULT_BIND + ").")
    private String bind;

    @Option(names = "--seeds", paramLabel = "NAME=HOST:PORT,...",
        description = "Nodes that host the control plane, one, three or five, the same on every node of the grid " +
            "(default: the node is a grid by itself).")
    private String seeds;

    @Option(names = "--dir", paramLabel = "DIR", description = "Directory that the node locks for itself.")
    private String dir;

    @Option(names = "--memory-limit", paramLabel = "SIZE",
        description = "Memory of all maps, such as 4g (default: as much as the Java heap may take).")
    private String memoryLimit;

    @Option(names = UNTIL_EOF, hidden = true, description = "Stop at the end of the input too.")
    private boolean untilEof;

    @Option(names = "--set", paramLabel = "SETTING=VALUE", description = "Any setting; may be repeated.")
    private Map<String, String> others = Map.of();

    private final CountDownLatch asked = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException
    {
        final Map<String, String> arguments = arguments();
        checkReachable(context(arguments).conclude());
        if (!StopSignals.take(this::onSignal))
        {
            err().println("grid node: this JVM keeps the signals to itself (-Xrs?); it will not stop in order.");
        }

        if (untilEof)
        {
            final Thread reader = new Thread(this::readToEnd, "input");
            reader.setDaemon(true);
            reader.start();
        }

        try (GridNode node = GridNode.launch(context(arguments)))
        {
            final String nodeName = node.context().get(NodeSettings.NAME);
            say("serving at " + node.context().get(NodeSettings.BIND) + " as " + nodeName + " (process " +
                ProcessHandle.current().pid() + "); SIGTERM or Ctrl-C stops it");
            awaitEnd(node);
            if (node.hasLeft())
            {
                say("has left the grid: its copies are elsewhere; started again it is taken in again");
            }
            if (node.state() == NodeState.FAILED)
            {
                throw new CommandFailure(
                    "the node stopped by a fault, and what it held is lost: ./grid errors --name " + nodeName +
                    " shows the fault; start it anew");
            }
        }
        say("stopped");
        return DONE;
    }

    private Map<String, String> arguments()
    {
        final Map<String, String> arguments = new LinkedHashMap<>();
        others.forEach((setting, value) -> add(arguments, setting, value));
        add(arguments, SettingList.FILE.name(), config);
        add(arguments, NodeSettings.NAME.name(), name);
        add(arguments, NodeSettings.BIND.name(), bind);
        add(arguments, NodeSettings.SEEDS.name(), seeds);
        add(arguments, NodeSettings.DIR.name(), dir);
        add(arguments, NodeSettings.MEMORY_LIMIT.name(), memoryLimit);
        return arguments;
    }

    private void add(final Map<String, String> arguments, final String setting, final String value)
    {
        if (value == null)
        {
            return;
        }
        try
        {
            NodeSettings.ALL.checkArgument(setting, value);
        }
        catch (final ConfigurationException ex)
        {
            throw new ParameterException(spec.commandLine(), ex.getMessage());
        }
        if (arguments.put(setting, value) != null)
        {
            throw new ParameterException(
                spec.commandLine(), "the setting '" + setting + "' is given twice: leave out one");
        }
    }

    private static NodeContext context(final Map<String, String> arguments)
    {
        return new NodeContext().bind(DEFAULT_BIND).inputs(SettingInputs.ofProcess().withArguments(arguments));
    }

    private static void checkReachable(final NodeContext context)
    {
        if (context.get(NodeSettings.BIND).isEmpty())
        {
            throw new CommandFailure("the setting 'bind' is empty (from the " +
                context.values().source(NodeSettings.BIND) + "), so that nobody could reach the node: " +
                "remove it, or set HOST:PORT");
        }
        if (context.get(NodeSettings.THREADING) == Threading.INVOKER)
        {
            throw new CommandFailure("the setting 'threading' is invoker (from the " +
                context.values().source(NodeSettings.THREADING) + "), for which there is no application here: " +
                "set inline or dedicated");
        }
    }

    private void awaitEnd(final GridNode node) throws InterruptedException
    {
        boolean isAsked = false;
        boolean hasLeft = false;
        while (!isAsked && node.state() == NodeState.SERVING && (!hasLeft || node.isSeed()))
        {
            isAsked = asked.await(LOOK_MS, TimeUnit.MILLISECONDS);
            final boolean hasLeftNow = node.hasLeft();
            if (hasLeftNow && !hasLeft && node.isSeed())
            {
                say("holds nothing any more, and goes on as a seed; SIGTERM or Ctrl-C stops it");
            }
            hasLeft = hasLeftNow;
        }
    }

    private void readToEnd()
    {
        try
        {
            while (System.in.read() >= 0)
            {
                continue;
            }
        }
        catch (final IOException ex)
        {
            // An input that cannot be read has ended.
        }
        asked.countDown();
    }

    /**
     * The first signal stops the node; one more ends the process there and then, where somebody will not wait.
     */
    private void onSignal(final String signal)
    {
        if (asked.getCount() > 0)
        {
            say(signal + " came, stopping");
            asked.countDown();
        }
        else
        {
            say(signal + " came again, ending at once");
            Runtime.getRuntime().halt(FAILED);
        }
    }

    private void say(final String text)
    {
        final PrintWriter out = spec.commandLine().getOut();
        out.println("grid node: " + text);
        out.flush();
    }

    private PrintWriter err()
    {
        return spec.commandLine().getErr();
    }
}
