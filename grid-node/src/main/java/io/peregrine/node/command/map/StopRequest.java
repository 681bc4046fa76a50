package io.peregrine.node.command.map;

import io.peregrine.node.command.GridCommand;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Whether the user asked something long to end, by Ctrl-C or SIGTERM: it then ends in order, and says how to go on.
 * Asked once more, or when that is over, the process ends at once. Signals come on a thread of the JVM.
 */
final class StopRequest implements AutoCloseable
{
    private volatile String signal;
    private volatile boolean isOver;

    /**
     * @param signals tells whoever it is given of each signal.
     */
    StopRequest(final Predicate<Consumer<String>> signals)
    {
        signals.test(this::onSignal);
    }

    boolean isAsked()
    {
        return signal != null;
    }

    /**
     * @return for the user.
     */
    String reason()
    {
        return "interrupted by " + signal;
    }

    @Override
    public void close()
    {
        isOver = true;
    }

    private void onSignal(final String name)
    {
        if (isOver || isAsked())
        {
            Runtime.getRuntime().halt(GridCommand.FAILED);
        }
        signal = name;
    }
}
