package io.peregrine.node.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridException;
import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Locks of clients, without waiting.
 */
@Timeout(300)
class RemoteAsyncLocksTest
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

    private static void awaitWaiters(final GridLock lock, final int count)
    {
        Served.await(count + " waiters", () -> lock.show().waiters() == count);
    }

    @Test
    void shouldWakeNextInLineOfAnotherClient()
    {
        final LockLease held = join(first.grid().lock("book").async().acquire(LONG));
        assertNull(join(second.grid().lock("book").async().tryAcquire(LONG)));
        final CompletionStage<LockLease> next = second.grid().lock("book").async().acquire(LONG);
        awaitWaiters(first.grid().lock("book"), 1);
        join(held.async().renew(LONG));
        join(held.async().release());
        final LockLease given = join(next);
        assertTrue(given.isHeld());
        assertTrue(given.fence() > held.fence());
        join(given.async().release());
        assertFalse(first.grid().lock("book").show().held());
    }

    @Test
    void shouldServeThoseOfTwoClientsInTheOrderOfAsking()
    {
        final GridLock here = first.grid().lock("book");
        final GridLock there = second.grid().lock("book");
        final LockLease held = here.acquire(LONG);
        final List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        final List<CompletionStage<Void>> done = new ArrayList<>();
        for (int i = 0; i < 20; i++)
        {
            final int number = i;
            done.add((i % 3 == 0 ? here : there).async().acquire(LONG).thenCompose((lease) ->
            {
                order.add(number);
                return lease.async().release();
            }));
            awaitWaiters(here, i + 1);
        }
        held.release();
        done.forEach(RemoteAsyncLocksTest::join);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19), order);
    }

    @Test
    void shouldPassOverWaitersOfAClientThatHasGone()
    {
        final LockLease held = second.grid().lock("book").acquire(LONG);
        final CompletionStage<LockLease> gone = first.grid().lock("book").async().acquire(LONG);
        awaitWaiters(second.grid().lock("book"), 1);
        final CompletionStage<LockLease> next = second.grid().lock("book").async().acquire(LONG);
        awaitWaiters(second.grid().lock("book"), 2);
        first.close();
        final CompletionException ex = assertThrows(CompletionException.class, () -> join(gone));
        assertEquals(ErrorCode.CLOSED, ((GridException) ex.getCause()).code());
        awaitWaiters(second.grid().lock("book"), 1);
        held.release();
        assertTrue(join(next).isHeld());
    }

    @Test
    void shouldPassOverWaitersOfAClientThatClosesInACallback()
    {
        final LockLease held = second.grid().lock("book").acquire(LONG);
        final CompletionStage<LockLease> gone = first.grid().lock("book").async().acquire(LONG);
        awaitWaiters(second.grid().lock("book"), 1);
        join(first.grid().lock("other").async().show().thenAcceptAsync((shown) -> first.close()));
        awaitWaiters(second.grid().lock("book"), 0);
        assertThrows(CompletionException.class, () -> join(gone));
        held.release();
    }

    /**
     * Where no answer can be held back without stopping all others.
     */
    @Test
    void shouldWaitForSeveralLocksWithOneRequestAtATime()
    {
        try (GridClient narrow = GridClient.connect(served.context(false).set(ClientSettings.LANE_REQUESTS, 1)))
        {
            final List<LockLease> held = new ArrayList<>();
            final List<CompletionStage<LockLease>> waiting = new ArrayList<>();
            for (int i = 0; i < 5; i++)
            {
                held.add(first.grid().lock("lock-" + i).acquire(LONG));
                waiting.add(narrow.grid().lock("lock-" + i).async().acquire(LONG));
            }
            final CompletionStage<LockLease> cancelled = narrow.grid().lock("lock-0").async().acquire(LONG);
            awaitWaiters(first.grid().lock("lock-0"), 2);
            assertTrue(cancelled.toCompletableFuture().cancel(true));
            awaitWaiters(first.grid().lock("lock-0"), 1);
            for (int i = 4; i >= 0; i--)
            {
                assertFalse(waiting.get(i).toCompletableFuture().isDone());
                held.get(i).release();
                join(join(waiting.get(i)).async().release());
            }
        }
    }

    /**
     * What it lets go of is not given to those of its own who wait for it.
     */
    @Test
    void shouldHoldNothingWhenItIsClosedWhileItWaitsForWhatItHolds()
    {
        final GridLock lock = first.grid().lock("book");
        join(lock.async().acquire(LONG));
        final List<CompletionStage<LockLease>> waiting = new ArrayList<>();
        for (int i = 0; i < 1000; i++)
        {
            waiting.add(lock.async().acquire(LONG));
        }
        awaitWaiters(lock, 1000);
        first.close();
        for (final CompletionStage<LockLease> waiter : waiting)
        {
            final CompletionException ex = assertThrows(CompletionException.class, () -> join(waiter));
            assertEquals(ErrorCode.CLOSED, ((GridException) ex.getCause()).code());
        }
        assertTrue(second.grid().lock("book").tryAcquire(LONG, Duration.ofMinutes(1)).isHeld());
    }

    /**
     * The node that is started anew is another grid, in which nobody waits: who did asks anew.
     */
    @Test
    void shouldWaitOnAtANodeThatWasStartedAnew()
    {
        final LockLease held = first.grid().lock("book").acquire(LONG);
        final CompletionStage<LockLease> next = second.grid().lock("book").async().acquire(LONG);
        awaitWaiters(first.grid().lock("book"), 1);
        served.stop();
        served.start();
        assertTrue(join(next).isHeld());
        assertTrue(held.fence() > 0);
    }
}
