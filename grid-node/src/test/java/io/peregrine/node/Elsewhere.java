package io.peregrine.node;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Calls that tests make on threads of their own, as they wait for something.
 */
public final class Elsewhere
{
    private static final long LIMIT_S = 60;

    private Elsewhere()
    {
    }

    /**
     * Make a call.
     *
     * @param call that may throw.
     * @param <T>  what it returns.
     * @return what it came to; fails where it does not within a minute.
     */
    public static <T> CompletableFuture<T> call(final Callable<T> call)
    {
        final CompletableFuture<T> result = new CompletableFuture<>();
        final Thread thread = new Thread(() -> complete(result, call), "elsewhere");
        thread.setDaemon(true);
        thread.start();
        return result.orTimeout(LIMIT_S, TimeUnit.SECONDS);
    }

    private static <T> void complete(final CompletableFuture<T> result, final Callable<T> call)
    {
        try
        {
            result.complete(call.call());
        }
        catch (final Throwable ex)
        {
            result.completeExceptionally(ex);
        }
    }
}
