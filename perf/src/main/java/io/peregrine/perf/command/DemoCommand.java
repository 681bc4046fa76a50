package io.peregrine.perf.command;

import io.peregrine.client.GridException;
import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.GridCommand;
import io.peregrine.perf.demo.EmbeddedDemo;
import io.peregrine.perf.demo.GridDemo;
import io.peregrine.perf.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;

/**
 * The demo.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "A tour in half a minute: a grid of three processes, one of which is killed while callers write, " +
        "a fourth that joins, and a look at whether anything is missing. All processes end with it.")
public final class DemoCommand implements GridCommand
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--embedded",
        description = "One node instead: embedded here with 100,000 entries, and what can be done with them, then " +
            "the same over UDP with fewer.")
    private boolean embedded;

    @Override
    public Integer call() throws InterruptedException
    {
        Terminal.quiet();
        final int wrong = run(spec.commandLine().getOut());
        if (wrong > 0)
        {
            throw new CommandFailure("the demo found " + wrong + " of its own answers wrong");
        }

        return DONE;
    }

    private int run(final PrintWriter out) throws InterruptedException
    {
        try
        {
            return embedded ? new EmbeddedDemo(out, Terminal.isInteractive()).run() :
                new GridDemo(out, Terminal.isInteractive()).run();
        }
        catch (final IllegalStateException | GridException ex)
        {
            throw new CommandFailure("the demo came to no end: " + ex.getMessage());
        }
    }
}
