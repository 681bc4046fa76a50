package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsyncThreadTest
{
    private static final long LIMIT_S = 100;

    private final FakePort port = new FakePort(4);
    private final Grid grid = port.grid();

    @AfterEach
    void close()
    {
        grid.close();
    }

    /**
     * One call that is not answered, and tasks one after the other, so that the thread never rests.
     */
    private void assertEndsInTime(final Supplier<CompletionStage<?>> call, final Executor busy)
    {
        port.dropNext = true;
        final CompletableFuture<?> dropped = call.get().toCompletableFuture();
        keepBusy(busy, dropped);
        final ExecutionException ex =
            assertThrows(ExecutionException.class, () -> dropped.get(LIMIT_S, TimeUnit.SECONDS));
        assertEquals(ErrorCode.TIMEOUT, assertInstanceOf(GridException.class, ex.getCause()).code());
    }

    private static void keepBusy(final Executor executor, final CompletableFuture<?> until)
    {
        if (!until.isDone())
        {
            executor.execute(() -> keepBusy(executor, until));
        }
    }

    @Test
    void shouldEndCallsOfMapsInTimeAlthoughTheThreadNeverRests()
    {
        final AsyncGridMap<String, Long> async = grid.map("m", Codecs.STRING, Codecs.LONG).async();
        assertEndsInTime(() -> async.addAndGet("n", 1), ((PortGrid) grid).asyncExecutor());
    }

    @Test
    void shouldEndCallsOfLocksInTimeAlthoughTheThreadNeverRests()
    {
        final AsyncGridLock async = grid.lock("l").async();
        assertEndsInTime(async::show, ((PortGrid) grid).asyncLocks()::post);
    }

    @Test
    void shouldEndTheThreadWhenTheNodeClosesAndNobodyClosesTheGrid() throws InterruptedException
    {
        final AsyncGridMap<String, Long> async =
            Grids.over(port, TimeUnit.SECONDS.toNanos(LIMIT_S), 1_000_000_000L)
                .map("m", Codecs.STRING, Codecs.LONG).async();
        final Thread[] thread = new Thread[1];
        async.addAndGet("n", 1).thenRunAsync(() -> thread[0] = Thread.currentThread())
            .toCompletableFuture().orTimeout(LIMIT_S, TimeUnit.SECONDS).join();
        port.closed = true;
        thread[0].join(TimeUnit.SECONDS.toMillis(LIMIT_S));
        assertFalse(thread[0].isAlive());
    }
}
