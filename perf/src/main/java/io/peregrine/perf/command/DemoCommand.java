package io.peregrine.perf.command;

import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.GridCommand;
import io.peregrine.perf.demo.DemoRun;
import io.peregrine.perf.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The demo.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "A tour in some seconds: an embedded node with 100,000 entries and what can be done with them, " +
        "then the same over UDP with fewer, all of it checked.")
public final class DemoCommand implements GridCommand
{
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException
    {
        Terminal.quiet();
        final int wrong = new DemoRun(spec.commandLine().getOut(), Terminal.isInteractive()).run();
        if (wrong > 0)
        {
            throw new CommandFailure("the demo found " + wrong + " of its own answers wrong");
        }

        return DONE;
    }
}
