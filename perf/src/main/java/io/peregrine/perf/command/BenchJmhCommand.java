package io.peregrine.perf.command;

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
import java.util.concurrent.Callable;

/**
 * The microbenchmarks.
 */
@Command(
    name = "jmh",
    description = "Run microbenchmarks with JMH; its own options are understood: grid bench jmh -h",
    synopsisHeading = "Usage: grid bench jmh [JMH OPTIONS] [NAME...]%n")
public final class BenchJmhCommand implements Callable<Integer>
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
                return 0;
            }

            final Runner runner = new Runner(options);
            if (options.shouldList())
            {
                runner.list();
                return 0;
            }

            return runner.run().isEmpty() ? 1 : 0;
        }
        catch (final CommandLineOptionException ex)
        {
            throw new ParameterException(spec.commandLine(), ex.getMessage());
        }
    }
}
