package io.peregrine.node.remote;

import io.peregrine.client.GridClient;
import io.peregrine.client.GridLatch;
import io.peregrine.client.GridSemaphore;
import io.peregrine.client.PermitLease;
import io.peregrine.client.SemaphoreInfo;
import io.peregrine.node.Elsewhere;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Semaphores and latches of clients that are connected over the network.
 */
@Timeout(300)
class RemotePermitsTest
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

    @Test
    void shouldWakeNextInLineOfAnotherClientWhenEnoughIsFree()
    {
        final GridSemaphore here = first.grid().semaphore("pool", 5);
        final GridSemaphore there = second.grid().semaphore("pool", 5);
        final PermitLease three = here.acquire(3, LONG);
        final PermitLease two = here.acquire(2, LONG);
        assertNull(there.tryAcquire(1, LONG));
        final CompletableFuture<PermitLease> next = Elsewhere.call(() -> there.acquire(4, LONG));
        Served.await("one waits", () -> here.show().waiters() == 1);
        two.release();
        assertEquals(new SemaphoreInfo(5, 2, 1, 1), here.show());
        three.release();
        final PermitLease given = next.join();
        assertTrue(given.fence() > three.fence());
        given.renew(LONG);
        assertEquals(new SemaphoreInfo(5, 1, 1, 0), here.show());
    }

    @Test
    void shouldLetGoOfPermitsWhenTheClientIsClosed()
    {
        first.grid().semaphore("pool", 5).acquire(5, LONG);
        final CompletableFuture<PermitLease> next =
            Elsewhere.call(() -> second.grid().semaphore("pool", 5).acquire(1, LONG));
        Served.await("one waits", () -> second.grid().semaphore("pool", 5).show().waiters() == 1);
        first.close();
        assertTrue(next.join().isHeld());
    }

    @Test
    void shouldOpenALatchThatSeveralClientsCountDown()
    {
        final GridLatch here = first.grid().latch("start", 40);
        final CompletableFuture<Boolean> waiting = Elsewhere.call(() -> second.grid().latch("start", 40).await(LONG));
        Served.await("one waits", () -> here.show().waiters() == 1);
        final CompletableFuture<Integer> other = Elsewhere.call(() -> countDown(second.grid().latch("start", 40)));
        countDown(here);
        other.join();
        assertTrue(waiting.join());
        assertTrue(here.show().isOpen());
    }

    private static int countDown(final GridLatch latch)
    {
        for (int i = 0; i < 19; i++)
        {
            latch.countDown();
        }
        return latch.countDown();
    }
}
