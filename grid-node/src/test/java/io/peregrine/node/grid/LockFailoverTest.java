package io.peregrine.node.grid;

import io.peregrine.client.Codecs;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.Grid;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridLatch;
import io.peregrine.client.GridLock;
import io.peregrine.client.GridMap;
import io.peregrine.client.GridSemaphore;
import io.peregrine.client.LatchInfo;
import io.peregrine.client.LockLease;
import io.peregrine.client.PermitLease;
import io.peregrine.client.SemaphoreInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A lock, a semaphore and a latch whose primary is gone while they are held and waited for.
 */
@Timeout(300)
class LockFailoverTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final long LIMIT_S = 60;
    private static final String NAME = "{book}";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private PermitLease permits;
    private CompletableFuture<PermitLease> more;
    private CompletableFuture<Boolean> open;

    private CompletableFuture<LockLease> wait(final GridLock lock, final int place)
    {
        final CompletableFuture<LockLease> given =
            CompletableFuture.supplyAsync(() -> lock.acquire(LONG), threads);
        TestGrid.await("waiter " + place, () -> lock.show().waiters() == place);
        return given;
    }

    /**
     * Hold permits, and wait for permits and for a latch.
     */
    private void count(final Grid grid)
    {
        final GridSemaphore pool = grid.semaphore(NAME, 5);
        final GridLatch latch = grid.latch(NAME, 2);
        permits = pool.acquire(3, LONG);
        more = CompletableFuture.supplyAsync(() -> pool.acquire(4, LONG), threads);
        latch.countDown();
        open = CompletableFuture.supplyAsync(() -> latch.await(LONG), threads);
        TestGrid.await("one waits for permits", () -> pool.show().waiters() == 1);
        TestGrid.await("one waits for the latch", () -> latch.show().waiters() == 1);
    }

    private void countOn(final Grid grid)
    {
        assertEquals(new SemaphoreInfo(5, 2, 1, 1), grid.semaphore(NAME, 5).show());
        assertEquals(new LatchInfo(2, 1, 1), grid.latch(NAME, 2).show());
        permits.renew(LONG);
        assertFalse(more.isDone() || open.isDone());
        permits.release();
        assertTrue(get(more).fence() > permits.fence());
        assertEquals(0, grid.latch(NAME, 2).countDown());
        assertTrue(get(open));
    }

    private static <T> T get(final CompletableFuture<T> given)
    {
        return given.orTimeout(LIMIT_S, TimeUnit.SECONDS).join();
    }

    @Test
    void shouldKeepLeaseLineAndFencesWhenThePrimaryIsGone()
    {
        try (TestGrid grid = new TestGrid())
        {
            grid.startThree();
            final GridClient client = grid.connect();
            final GridLock lock = client.grid().lock(NAME);
            final GridMap<String, Long> map = client.grid().map("map", Codecs.STRING, Codecs.LONG);
            final LockLease former = lock.acquire(LONG);
            map.put(NAME, 1L, former);
            assertTrue(lock.forceRelease());
            final LockLease held = lock.acquire(LONG);
            map.put(NAME, 2L, held);
            final CompletableFuture<LockLease> second = wait(lock, 1);
            final CompletableFuture<LockLease> third = wait(lock, 2);
            count(client.grid());
            final DrivenNode gone = grid.primaryOf("book");
            gone.freeze();

            assertEquals(held.fence(), lock.show().fence());
            assertEquals(2, lock.show().waiters());
            TestGrid.await("nobody to count on the one that is gone", () -> grid.heldBy(gone.memberId()) == 0);
            held.renew(LONG);
            final FailedException ex = assertThrows(FailedException.class, () -> map.put(NAME, 7L, former));
            assertEquals(ErrorCode.STALE_FENCE, ex.code());
            assertEquals(2L, map.put(NAME, 3L, held));
            assertFalse(second.isDone());
            held.release();
            final LockLease next = get(second);
            assertTrue(next.fence() > held.fence());
            assertFalse(third.isDone());
            assertEquals(3L, map.put(NAME, 4L, next));
            assertEquals(1, lock.show().waiters());
            next.release();
            final LockLease last = get(third);
            assertTrue(last.fence() > next.fence());
            last.release();
            countOn(client.grid());
            gone.control.close();
            gone.thaw();
        }
        finally
        {
            threads.shutdownNow();
        }
    }
}
