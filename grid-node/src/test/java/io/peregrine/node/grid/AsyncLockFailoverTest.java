package io.peregrine.node.grid;

import io.peregrine.client.GridClient;
import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/**
 * A lock whose primary is gone while very many wait for it without a thread.
 */
@Timeout(300)
class AsyncLockFailoverTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final int COUNT = 500;

    @Test
    void shouldServeAllInOrderWhenThePrimaryIsGone()
    {
        try (TestGrid grid = new TestGrid())
        {
            grid.startThree();
            final GridClient client = grid.connect();
            final GridLock lock = client.grid().lock("{book}");
            final LockLease held = lock.acquire(LONG);
            final List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            final List<CompletableFuture<Void>> done = new ArrayList<>();
            final List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < COUNT; i++)
            {
                final int number = i;
                expected.add(i);
                done.add(lock.async().acquire(LONG).thenCompose((lease) ->
                {
                    order.add(number);
                    return lease.async().release();
                }).toCompletableFuture());
            }
            TestGrid.await("all wait", () -> lock.show().waiters() == COUNT);
            final DrivenNode gone = grid.primaryOf("book");
            gone.freeze();
            assertEquals(held.fence(), lock.show().fence());
            assertEquals(COUNT, lock.show().waiters());
            assertEquals(List.of(), order);
            held.async().release().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
            done.forEach((one) -> one.orTimeout(60, TimeUnit.SECONDS).join());
            assertEquals(expected, order);
            assertFalse(lock.show().held());
            gone.control.close();
            gone.thaw();
        }
    }
}
