package io.peregrine.perf.command;

import io.peregrine.node.command.GridCommand;
import io.peregrine.perf.store.StoreBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;

/**
 * The off-heap store alone.
 */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    description = "The off-heap store by its writer thread: overwrite and insert against ConcurrentHashMap.put of a " +
        "copy, the memory that entries take, and the tail of inserts while the store grows from empty.")
public final class BenchStoreCommand implements GridCommand
{
    private static final int MOST_ENTRIES = 50_000_000;
    private static final int MOST_VALUE = 8 << 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions run;

    @Option(names = "--entries", paramLabel = "N", defaultValue = "1000000",
        description = "Entries that are overwritten, inserted and weighed. Default: ${DEFAULT-VALUE}.")
    private int entries;

    @Option(names = "--value", paramLabel = "BYTES", defaultValue = "100",
        description = "Length of a value; keys have 16 bytes. Default: ${DEFAULT-VALUE}.")
    private int value;

    @Option(names = "--grow", paramLabel = "N", defaultValue = "10000000",
        description = "Entries that the growing store ends with, 0 to leave it out. Default: ${DEFAULT-VALUE}.")
    private int grown;

    @Override
    public Integer call() throws InterruptedException
    {
        run.check();
        run.require(entries >= 1 && entries <= MOST_ENTRIES, "--entries must be from 1 to 50000000, not " + entries);
        run.require(value >= 0 && value <= MOST_VALUE, "--value must be from 0 to 8388608, not " + value);
        run.require(grown >= 0, "--grow must not be negative, and is " + grown);
        final StoreBench bench = new StoreBench();
        try (RunOptions.Shown shown = run.progress("bench store"))
        {
            bench.run(entries, grown, value, run.rounds(), run.seconds(), shown.progress());
        }

        final PrintWriter out = spec.commandLine().getOut();
        if (run.json())
        {
            bench.json().forEach(out::println);
        }
        else
        {
            out.print(bench.text());
        }

        return DONE;
    }
}
