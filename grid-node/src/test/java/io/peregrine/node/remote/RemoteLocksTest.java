package io.peregrine.node.remote;

import io.peregrine.client.ErrorCode;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridException;
import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;
import io.peregrine.node.Elsewhere;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Locks of clients that are connected over the network.
 */
@Timeout(180)
class RemoteLocksTest
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

    private static CompletableFuture<LockLease> acquire(final GridLock lock)
    {
        return Elsewhere.call(() -> lock.acquire(LONG));
    }

    private static void awaitWaiters(final GridLock lock, final int count)
    {
        Served.await(count + " waiters", () -> lock.show().waiters() == count);
    }

    @Test
    void shouldWakeNextInLineOfAnotherClient()
    {
        final LockLease held = first.grid().lock("book").acquire(LONG);
        assertNull(second.grid().lock("book").tryAcquire(LONG));
        final CompletableFuture<LockLease> next = acquire(second.grid().lock("book"));
        awaitWaiters(first.grid().lock("book"), 1);
        held.renew(LONG);
        held.release();
        final LockLease given = next.join();
        assertTrue(given.isHeld());
        assertTrue(given.fence() > held.fence());
        given.release();
        assertFalse(first.grid().lock("book").show().held());
    }

    /**
     * Fences count the entries of the partition: between two acquisitions are the release and the acquisition itself,
     * and the first time the beginning of a session. A client that was stopped for long meanwhile renews, so more than
     * one try may be needed.
     */
    @Test
    void shouldHaveTheLockWithoutRenewingItWhenItIsWoken()
    {
        final GridLock here = first.grid().lock("book");
        long entries = 0;
        for (int i = 0; i < 20 && entries != 2; i++)
        {
            final LockLease held = here.acquire(LONG);
            final CompletableFuture<LockLease> next = acquire(second.grid().lock("book"));
            awaitWaiters(here, 1);
            held.release();
            final LockLease given = next.join();
            assertTrue(given.remaining().compareTo(LONG.minus(LONG.dividedBy(64))) <= 0, given::toString);
            assertTrue(given.remaining().compareTo(LONG.minus(LONG.dividedBy(4))) > 0, given::toString);
            given.release();
            final LockLease again = here.acquire(LONG);
            entries = again.fence() - given.fence();
            again.release();
        }
        assertEquals(2, entries);
    }

    @Test
    void shouldLetGoOfWhatItHoldsWhenItIsClosed()
    {
        first.grid().lock("{a}1").acquire(LONG);
        first.grid().lock("b").acquire(LONG).renewAutomatically();
        final CompletableFuture<LockLease> next = acquire(second.grid().lock("b"));
        awaitWaiters(first.grid().lock("b"), 1);
        first.close();
        assertTrue(next.join().isHeld());
        assertFalse(second.grid().lock("{a}1").show().held());
    }

    /**
     * The thread that waits moves messages when the client is closed, or does not, by chance.
     */
    @RepeatedTest(6)
    void shouldPassOverWaitersOfAClientThatHasGone()
    {
        final LockLease held = second.grid().lock("book").acquire(LONG);
        final CompletableFuture<LockLease> gone = acquire(first.grid().lock("book"));
        awaitWaiters(second.grid().lock("book"), 1);
        final CompletableFuture<LockLease> next = acquire(second.grid().lock("book"));
        awaitWaiters(second.grid().lock("book"), 2);
        first.close();
        final CompletionException ex = assertThrows(CompletionException.class, gone::join);
        assertEquals(ErrorCode.CLOSED, ((GridException) ex.getCause()).code());
        awaitWaiters(second.grid().lock("book"), 1);
        held.release();
        assertTrue(next.join().isHeld());
    }
}
