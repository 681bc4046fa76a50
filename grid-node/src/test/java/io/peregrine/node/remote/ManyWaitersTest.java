package io.peregrine.node.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.ErrorCode;
import io.peregrine.client.Grid;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridException;
import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Very many who wait for one lock without a thread, all of one grid object.
 */
@Timeout(300)
class ManyWaitersTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final int COUNT = 10_000;
    private static final int LIMIT = 16 * 1024;

    private final Served served = new Served();
    private final GridClient client = served.connect();

    @AfterEach
    void close()
    {
        client.close();
        served.close();
    }

    private static <T> T join(final CompletionStage<T> stage)
    {
        return stage.toCompletableFuture().orTimeout(200, TimeUnit.SECONDS).join();
    }

    private static void awaitWaiters(final GridLock lock, final int count)
    {
        Served.await(count + " waiters", () -> lock.show().waiters() == count);
    }

    @Test
    void shouldBeServedInOrderWithinTheNode()
    {
        serveInOrder(served.node().grid());
    }

    @Test
    void shouldBeServedInOrderThroughAClient()
    {
        serveInOrder(client.grid());
    }

    private static void serveInOrder(final Grid grid)
    {
        final GridLock lock = grid.lock("book");
        final LockLease held = lock.acquire(LONG);
        final int threads = Thread.activeCount();
        final List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        final List<CompletionStage<Void>> done = new ArrayList<>();
        for (int i = 0; i < COUNT; i++)
        {
            final int number = i;
            done.add(lock.async().acquire(LONG).thenCompose((lease) ->
            {
                order.add(number);
                return lease.async().release();
            }));
        }
        awaitWaiters(lock, COUNT);
        assertTrue(Thread.activeCount() - threads <= 1);
        assertEquals(List.of(), order);
        join(held.async().release());
        done.forEach(ManyWaitersTest::join);
        for (int i = 0; i < COUNT; i++)
        {
            assertEquals(i, order.get(i));
        }
        assertFalse(lock.show().held());
    }

    @Test
    void shouldRefuseOneMoreThanMayWaitAndLetAllGoAgain()
    {
        final GridLock lock = client.grid().lock("book");
        final LockLease held = lock.acquire(LONG);
        final List<CompletableFuture<LockLease>> waiters = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++)
        {
            waiters.add(lock.async().acquire(LONG).toCompletableFuture());
        }
        awaitWaiters(lock, LIMIT);
        final CompletionStage<LockLease> tooMany = lock.async().acquire(LONG);
        final CompletionException ex = assertThrows(CompletionException.class, () -> join(tooMany));
        assertEquals(ErrorCode.QUEUE_FULL, ((GridException) ex.getCause()).code());
        assertNull(join(lock.async().tryAcquire(LONG)));
        join(held.async().renew(LONG));
        waiters.forEach((waiter) -> waiter.cancel(true));
        awaitWaiters(lock, 0);
        join(held.async().release());
        assertFalse(lock.show().held());
        join(join(lock.async().acquire(LONG)).async().release());
    }
}
