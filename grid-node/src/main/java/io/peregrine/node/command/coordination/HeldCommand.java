package io.peregrine.node.command.coordination;

import io.peregrine.node.command.GridSource;
import picocli.CommandLine.Option;

import java.time.Duration;

/**
 * Operations on what is held for a lease, which outlives the command that began it.
 */
abstract class HeldCommand extends NamedCommand
{
    /**
     * By what a holder is known.
     */
    static final class Holder
    {
        @Option(names = "--holder", paramLabel = "N", required = true, description = "That acquire has printed.")
        private long number;

        @Option(names = "--fence", paramLabel = "N", required = true, description = "That acquire has printed.")
        private long fence;

        long number()
        {
            return number;
        }

        long fence()
        {
            return fence;
        }
    }

    HeldCommand(final GridSource source)
    {
        super(source);
    }

    /**
     * Print a lease.
     *
     * @return the exit code.
     */
    final int print(final long holder, final long fence, final Duration remaining)
    {
        final long remainingMs = remaining.toMillis();
        return print(
            "holder " + holder + " fence " + fence + " remaining " + remainingMs + " ms",
            named().field("holder", holder)
                .field("fence", fence)
                .field("remaining_ms", remainingMs));
    }
}
