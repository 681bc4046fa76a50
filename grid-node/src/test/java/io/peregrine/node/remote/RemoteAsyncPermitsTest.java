package io.peregrine.node.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.GridClient;
import io.peregrine.client.GridLatch;
import io.peregrine.client.GridSemaphore;
import io.peregrine.client.PermitLease;
import io.peregrine.client.SemaphoreInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Semaphores and latches of clients, without waiting.
 */
@Timeout(300)
class RemoteAsyncPermitsTest
{
    private static final Duration LONG = Duration.ofHours(1);

    private final Served served = new Served();
    private final GridClient first = served.connect();
    private final GridClient second = served.connect();

    @AfterEach
    void close()
    {
        first.close();
        second.close();
        served.close();
    }

    private static <T> T join(final CompletionStage<T> stage)
    {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Test
    void shouldGivePermitsOnToAnotherClient()
    {
        final GridSemaphore here = first.grid().semaphore("pool", 3);
        final GridSemaphore there = second.grid().semaphore("pool", 3);
        final PermitLease held = join(here.async().acquire(3, LONG));
        final List<CompletionStage<PermitLease>> waiting = new ArrayList<>();
        for (int i = 0; i < 300; i++)
        {
            waiting.add(there.async().acquire(1, LONG));
        }
        Served.await("300 waiters", () -> here.show().waiters() == 300);
        join(held.async().release());
        for (final CompletionStage<PermitLease> next : waiting)
        {
            join(join(next).async().release());
        }
        assertEquals(new SemaphoreInfo(3, 3, 0, 0), here.show());
    }

    @Test
    void shouldWakeAllWhoAwaitALatchOfAnotherClient()
    {
        final GridLatch here = first.grid().latch("start", 2);
        final GridLatch there = second.grid().latch("start", 2);
        final List<CompletionStage<Boolean>> waiting = new ArrayList<>();
        for (int i = 0; i < 1000; i++)
        {
            waiting.add((i % 2 == 0 ? here : there).async().await(LONG));
        }
        Served.await("1000 waiters", () -> here.show().waiters() == 1000);
        assertEquals(1, join(here.async().countDown()));
        assertFalse(waiting.get(999).toCompletableFuture().isDone());
        assertEquals(0, join(there.async().countDown()));
        waiting.forEach((stage) -> assertTrue(join(stage)));
    }
}
