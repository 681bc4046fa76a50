package io.peregrine.node.command;

import io.peregrine.transport.process.StopSignals;
import io.peregrine.transport.process.UdpPort;
import org.agrona.CloseHelper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs a grid of several nodes, each a process, on this machine until it is asked to stop.
 */
@Command(
    name = "local",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Run a grid of several nodes, each a process of its own, on this machine until SIGTERM or Ctrl-C. " +
        "Nodes 1 to 3 host the control plane; of one or two nodes, node 1.",
    footer = {
        "",
        "Node N is called node-N, has the directory DIR/node-N, listens at 127.0.0.1:PORT + 10 (N - 1), and the " +
            "control plane of it begins two ports above that. A node that was killed can be started again by the " +
            "line that is shown."
    })
public final class LocalCommand implements GridCommand
{
    private static final int MOST_NODES = 32;
    private static final int SEEDS = 3;
    private static final int PORTS = 10;
    private static final int CONTROL_PORT = 2;
    private static final int HIGHEST_PORT = 65_535;
    private static final long LOOK_MS = 100;
    private static final long STOP_MS = 30_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "3", description = "How many (default: 3).")
    private int nodes;

    @Option(names = "--dir", paramLabel = "DIR", required = true, description = "Directory for those of the nodes.")
    private Path dir;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "" + UdpPort.DEFAULT,
        description = "Port of the first node (default: " + UdpPort.DEFAULT + ").")
    private int port;

    @Option(names = "--set", paramLabel = "SETTING=VALUE", description = "Any setting of all nodes; may be repeated.")
    private List<String> settings = List.of();

    private final CountDownLatch asked = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException, IOException
    {
        check();
        if (!StopSignals.take((signal) -> asked.countDown()))
        {
            say("this JVM keeps the signals to itself (-Xrs?); it will not stop in order");
        }

        final List<Process> processes = new ArrayList<>();
        final boolean failed;
        try
        {
            for (int i = 1; i <= nodes; i++)
            {
                processes.add(start(i));
            }
            say(nodes + " nodes start; ./grid status --connect " + address(1) + " asks one; Ctrl-C stops all");
            awaitEnd(processes);
            failed = asked.getCount() > 0 && processes.stream().anyMatch((each) -> each.exitValue() != DONE);
        }
        finally
        {
            stop(processes);
        }
        say(failed ? "stopped, as no node runs any more" : "stopped");
        return failed ? FAILED : DONE;
    }

    private void check()
    {
        if (nodes < 1 || nodes > MOST_NODES)
        {
            throw new ParameterException(spec.commandLine(), "--nodes must be 1 to " + MOST_NODES + ": " + nodes);
        }
        if (port < 1 || port + nodes * PORTS > HIGHEST_PORT)
        {
            throw new ParameterException(
                spec.commandLine(), "--port must be 1 to " + (HIGHEST_PORT - nodes * PORTS) + ": " + port);
        }
    }

    private Process start(final int number) throws IOException
    {
        final List<String> line = nodeLine(number);
        final List<String> words = new ArrayList<>(Children.command(line));
        words.add(NodeCommand.UNTIL_EOF);
        final Process process = new ProcessBuilder(words)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
        say("node-" + number + " is process " + process.pid() + ": ./grid " + String.join(" ", line));
        return process;
    }

    private List<String> nodeLine(final int number)
    {
        final List<String> line = new ArrayList<>(List.of(
            "node",
            "--name", "node-" + number,
            "--bind", address(number),
            "--seeds", seeds(),
            "--dir", dir.resolve("node-" + number).toString()));
        settings.forEach((setting) -> line.addAll(List.of("--set", setting)));
        return line;
    }

    private String seeds()
    {
        return IntStream.rangeClosed(1, nodes < SEEDS ? 1 : SEEDS)
            .mapToObj((number) -> "node-" + number + "=127.0.0.1:" + (portOf(number) + CONTROL_PORT))
            .collect(Collectors.joining(","));
    }

    private String address(final int number)
    {
        return "127.0.0.1:" + portOf(number);
    }

    private int portOf(final int number)
    {
        return port + PORTS * (number - 1);
    }

    /**
     * Until somebody asks to stop, or no node runs any more.
     */
    private void awaitEnd(final List<Process> processes) throws InterruptedException
    {
        final boolean[] hasEnded = new boolean[processes.size()];
        boolean isAsked = false;
        boolean anyRuns = true;
        while (!isAsked && anyRuns)
        {
            isAsked = asked.await(LOOK_MS, TimeUnit.MILLISECONDS);
            anyRuns = false;
            for (int i = 0; i < hasEnded.length; i++)
            {
                final boolean runs = processes.get(i).isAlive();
                anyRuns |= runs;
                if (!runs && !hasEnded[i] && !isAsked)
                {
                    hasEnded[i] = true;
                    say("node-" + (i + 1) + " has ended with exit code " + processes.get(i).exitValue());
                }
            }
        }
    }

    /**
     * All at once, as there is nowhere for their copies to go. By the end of their input, which this process cannot
     * leave without: Ctrl-C has reached them too, and a second signal would end them where they are.
     */
    private static void stop(final List<Process> processes) throws InterruptedException
    {
        processes.forEach((process) -> CloseHelper.quietClose(process.getOutputStream()));
        for (final Process process : processes)
        {
            if (!process.waitFor(STOP_MS, TimeUnit.MILLISECONDS))
            {
                process.destroyForcibly();
            }
        }
    }

    private void say(final String text)
    {
        spec.commandLine().getOut().println("grid local: " + text);
        spec.commandLine().getOut().flush();
    }
}
