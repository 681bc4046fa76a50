package io.peregrine.node;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Kills children of tests that are late, and what they started, so that whoever waits for one, or reads what it says,
 * goes on: such a read cannot be interrupted.
 */
public final class ChildLimit
{
    private static final long LIMIT_S = 240;

    private ChildLimit()
    {
    }

    /**
     * @param process that is to end in time.
     * @return it.
     */
    public static Process watched(final Process process)
    {
        killUnless(process.onExit(), process);
        return process;
    }

    /**
     * @param process that may live for long, but not let anybody wait.
     * @return to be completed once the wait is over.
     */
    public static CompletableFuture<Void> waitFor(final Process process)
    {
        final CompletableFuture<Void> isOver = new CompletableFuture<>();
        killUnless(isOver, process);
        return isOver;
    }

    private static void killUnless(final CompletableFuture<?> isOver, final Process process)
    {
        isOver.orTimeout(LIMIT_S, TimeUnit.SECONDS).whenComplete((ended, late) ->
        {
            if (late != null)
            {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        });
    }
}
