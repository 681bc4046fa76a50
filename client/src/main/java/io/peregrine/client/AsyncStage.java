package io.peregrine.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A stage whose dependants never run on the common pool or on threads of their own. Any thread.
 */
final class AsyncStage<T> extends CompletableFuture<T>
{
    private final Executor executor;
    private final Runnable onCancelled;

    AsyncStage(final Executor executor)
    {
        this(executor, null);
    }

    /**
     * @param onCancelled is told once when somebody cancels this stage; null for nobody.
     */
    AsyncStage(final Executor executor, final Runnable onCancelled)
    {
        this.executor = executor;
        this.onCancelled = onCancelled;
    }

    @Override
    public boolean cancel(final boolean mayInterruptIfRunning)
    {
        final boolean wasDone = isDone();
        final boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled && !wasDone && onCancelled != null)
        {
            onCancelled.run();
        }
        return cancelled;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture()
    {
        return new AsyncStage<>(executor);
    }

    @Override
    public Executor defaultExecutor()
    {
        return executor;
    }
}
