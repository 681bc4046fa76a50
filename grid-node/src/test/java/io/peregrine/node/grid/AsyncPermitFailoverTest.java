package io.peregrine.node.grid;

import io.peregrine.client.Grid;
import io.peregrine.client.GridLatch;
import io.peregrine.client.GridSemaphore;
import io.peregrine.client.PermitLease;
import io.peregrine.client.SemaphoreInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A semaphore and a latch whose primary is gone while very many of two clients wait for them without a thread.
 */
@Timeout(300)
class AsyncPermitFailoverTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final int COUNT = 400;
    private static final int PERMITS = 3;

    private static <T> T join(final CompletionStage<T> stage)
    {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Test
    void shouldServeAllAndOpenForAllWhenThePrimaryIsGone()
    {
        try (TestGrid grid = new TestGrid())
        {
            grid.startThree();
            final List<Grid> clients = List.of(grid.connect().grid(), grid.connect().grid());
            final GridSemaphore pool = clients.get(0).semaphore("{book}", PERMITS);
            final GridLatch start = clients.get(0).latch("{book}", 2);
            final PermitLease held = pool.acquire(PERMITS, LONG);
            final List<CompletableFuture<Void>> served = new ArrayList<>();
            final List<CompletionStage<Boolean>> awaited = new ArrayList<>();
            for (int i = 0; i < COUNT; i++)
            {
                final Grid client = clients.get(i % clients.size());
                awaited.add(client.latch("{book}", 2).async().await(LONG));
                served.add(client.semaphore("{book}", PERMITS).async().acquire(1, LONG)
                    .thenCompose((lease) -> lease.async().release()).toCompletableFuture());
            }
            assertEquals(1, join(start.async().countDown()));
            TestGrid.await("all wait", () -> pool.show().waiters() == COUNT && start.show().waiters() == COUNT);
            final DrivenNode gone = grid.primaryOf("book");
            gone.freeze();
            assertEquals(new SemaphoreInfo(PERMITS, 0, 1, COUNT), pool.show());
            assertEquals(COUNT, start.show().waiters());
            assertTrue(served.stream().noneMatch(CompletableFuture::isDone));
            assertFalse(awaited.get(0).toCompletableFuture().isDone());
            join(held.async().release());
            served.forEach(AsyncPermitFailoverTest::join);
            assertEquals(new SemaphoreInfo(PERMITS, PERMITS, 0, 0), pool.show());
            assertTrue(awaited.stream().noneMatch((stage) -> stage.toCompletableFuture().isDone()));
            assertEquals(0, join(start.async().countDown()));
            awaited.forEach((stage) -> assertTrue(join(stage)));
            gone.control.close();
            gone.thaw();
        }
    }
}
