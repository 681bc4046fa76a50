package io.peregrine.perf.command;

import io.peregrine.node.command.GridCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The benchmarks.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measure, against a floor in the same process, in turns.",
    subcommands = {
        BenchMapCommand.class, BenchStoreCommand.class, BenchStartCommand.class, BenchIdleCommand.class,
        BenchFailoverCommand.class, BenchJoinCommand.class, BenchLockCommand.class, BenchJmhCommand.class
    },
    synopsisSubcommandLabel = "BENCHMARK",
    footer = {
        "",
        "A row is INVALID when an answer was wrong or missing, when an open loop did not reach its rate, or when the",
        "machine took away more time than the effect is large. Wrong answers make the exit code 1."
    })
public final class BenchCommand implements GridCommand
{
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call()
    {
        throw new ParameterException(spec.commandLine(), "which benchmark?");
    }
}
