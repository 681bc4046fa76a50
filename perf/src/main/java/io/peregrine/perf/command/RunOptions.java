package io.peregrine.perf.command;

import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.terminal.ProgressBar;
import io.peregrine.perf.terminal.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What every benchmark is asked: how long, how often, and how to print it.
 */
final class RunOptions
{
    private static final double LEAST_SECONDS = 0.1;
    private static final double MOST_SECONDS = 3_600;
    private static final int MOST_ROUNDS = 99;

    @Option(
        names = "--seconds",
        paramLabel = "S",
        defaultValue = "5",
        description = "Time that each side is measured, over all rounds; warm-up apart. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
        names = "--rounds",
        paramLabel = "R",
        defaultValue = "5",
        description = "Rounds in which subject and floor alternate; medians are printed. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--json", description = "Print one JSON object a line, and no progress.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    void check()
    {
        require(
            seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS, "--seconds must be from 0.1 to 3600, not " + seconds);
        require(rounds >= 1 && rounds <= MOST_ROUNDS, "--rounds must be from 1 to 99, not " + rounds);
    }

    /**
     * A wrong argument is a usage error.
     */
    void require(final boolean holds, final String otherwise)
    {
        if (!holds)
        {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    double seconds()
    {
        return seconds;
    }

    int rounds()
    {
        return rounds;
    }

    boolean json()
    {
        return json;
    }

    /**
     * Progress on the error stream, or nowhere when the output is for a program.
     */
    Shown progress(final String title)
    {
        if (json)
        {
            return new Shown(Progress.NONE, null);
        }

        final ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), Terminal.isInteractive(), title);
        return new Shown(bar, bar);
    }

    /**
     * Progress that goes away when it is closed.
     *
     * @param progress to tell.
     * @param bar      to close, or null.
     */
    record Shown(Progress progress, ProgressBar bar) implements AutoCloseable
    {
        @Override
        public void close()
        {
            if (bar != null)
            {
                bar.close();
            }
        }
    }
}
