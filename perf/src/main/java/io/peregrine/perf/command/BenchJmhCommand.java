package io.peregrine.perf.command;

import io.peregrine.node.command.GridCommand;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The microbenchmarks.
 */
@Command(
    name = "jmh",
    description = "Run microbenchmarks with JMH; its own options are understood: grid bench jmh -h",
    synopsisHeading = "Usage: grid bench jmh [JMH OPTIONS] [NAME...]%n")
public final class BenchJmhCommand implements GridCommand
{
    @Spec
    private CommandSpec spec;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, RunnerException
    {
        try
        {
            final CommandLineOptions options = new CommandLineOptions(arguments.toArray(new String[0]));
            if (options.shouldHelp())
            {
                options.showHelp();
                return DONE;
            }

            final Runner runner = new Runner(options);
            if (options.shouldList())
            {
                runner.list();
                return DONE;
            }

            return runner.run().isEmpty() ? FAILED : DONE;
        }
        catch (final CommandLineOptionException ex)
        {
            throw new ParameterException(spec.commandLine(), ex.getMessage());
        }
    }
}
