package io.peregrine.node.api;

import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.Grid;
import io.peregrine.client.GridLatch;
import io.peregrine.client.GridSemaphore;
import io.peregrine.client.LatchInfo;
import io.peregrine.client.PermitLease;
import io.peregrine.client.SemaphoreInfo;
import io.peregrine.node.Elsewhere;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import static io.peregrine.node.api.Apis.assertThrowsCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Semaphores and latches of an embedded node.
 */
@Timeout(300)
class PermitsTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final long LIMIT_S = 60;

    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
    private final Grid grid = node.grid();
    private final GridSemaphore pool = grid.semaphore("pool", 5);
    private final GridLatch start = grid.latch("start", 2);

    @AfterEach
    void close()
    {
        node.close();
    }

    private static void await(final String what, final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(LIMIT_S), what);
            Thread.onSpinWait();
        }
    }

    private static FailedException failed(final ErrorCode code, final Executable call)
    {
        return assertThrowsCode(FailedException.class, code, call);
    }

    @Test
    void shouldHoldAndReleasePermits()
    {
        assertEquals(new SemaphoreInfo(0, 0, 0, 0), pool.show());
        final PermitLease lease = pool.tryAcquire(3, LONG);
        assertEquals(3, lease.permits());
        assertEquals("pool", lease.name());
        assertTrue(lease.fence() > 0);
        assertTrue(lease.isHeld());
        assertTrue(lease.remaining().compareTo(LONG) <= 0);
        assertEquals(new SemaphoreInfo(5, 2, 1, 0), pool.show());
        assertNull(pool.tryAcquire(3, LONG));
        assertNull(pool.tryAcquire(3, LONG, SHORT));
        final PermitLease rest = pool.acquire(2, LONG);
        assertTrue(rest.fence() > lease.fence());
        lease.renew(LONG);
        assertSame(lease, lease.renewAutomatically());
        lease.release();
        assertFalse(lease.isHeld());
        failed(ErrorCode.NOT_HOLDER, lease::release);
        failed(ErrorCode.NOT_HOLDER, () -> lease.renew(LONG));
        assertEquals(new SemaphoreInfo(5, 3, 1, 0), pool.show());
        pool.adopt(2, rest.holder(), rest.fence()).release();
        failed(ErrorCode.NOT_HOLDER, rest::release);
        assertEquals(new SemaphoreInfo(5, 5, 0, 0), pool.show());
    }

    @Test
    void shouldServeALargeRequestBeforeSmallOnesThatCameLater()
    {
        final PermitLease held = pool.acquire(3, LONG);
        final CompletableFuture<PermitLease> large = Elsewhere.call(() -> pool.acquire(4, LONG));
        await("one waits", () -> pool.show().waiters() == 1);
        final CompletableFuture<PermitLease> small = Elsewhere.call(() -> pool.acquire(2, LONG));
        await("two wait", () -> pool.show().waiters() == 2);
        assertNull(pool.tryAcquire(1, LONG));
        held.release();
        final PermitLease four = large.join();
        assertFalse(small.isDone());
        assertEquals(new SemaphoreInfo(5, 1, 1, 1), pool.show());
        four.release();
        assertEquals(2, small.join().permits());
    }

    @Test
    void shouldGivePermitsOnWhenTheirLeaseHasEndedAndSaySo()
    {
        final PermitLease lost = pool.acquire(5, Duration.ofMillis(300));
        final CompletableFuture<PermitLease> told = new CompletableFuture<>();
        lost.onLost(told::complete);
        assertNotNull(pool.acquire(5, LONG));
        assertSame(lost, told.orTimeout(LIMIT_S, TimeUnit.SECONDS).join());
        failed(ErrorCode.NOT_HOLDER, lost::release);
    }

    @Test
    void shouldNameBothNumbersWhenTheyDiffer()
    {
        pool.acquire(1, LONG);
        final String text = failed(
            ErrorCode.TOTAL_DIFFERS, () -> grid.semaphore("pool", 6).tryAcquire(1, LONG)).getMessage();
        assertTrue(text.contains("named with 5") && text.contains("named with 6"), text);
        start.countDown();
        failed(ErrorCode.TOTAL_DIFFERS, () -> grid.latch("start", 3).countDown());
        failed(ErrorCode.TOTAL_DIFFERS, () -> grid.latch("start", 3).await(SHORT));
        assertEquals(1, start.count());
    }

    @Test
    void shouldRefuseWhatCannotBe()
    {
        for (final int permits : new int[]{0, -1, 6, Integer.MIN_VALUE, Integer.MAX_VALUE})
        {
            final String text = failed(
                ErrorCode.ARGUMENT_INVALID, () -> pool.tryAcquire(permits, LONG)).getMessage();
            assertTrue(text.contains(permits + " permits") && text.contains("1 to 5"), text);
            failed(ErrorCode.ARGUMENT_INVALID, () -> pool.acquire(permits, LONG));
            failed(ErrorCode.ARGUMENT_INVALID, () -> pool.adopt(permits, 1, 1));
        }
        failed(ErrorCode.ARGUMENT_INVALID, () -> grid.semaphore("pool", 0));
        failed(ErrorCode.ARGUMENT_INVALID, () -> grid.latch("start", -1));
        failed(ErrorCode.NAME_INVALID, () -> grid.latch("", 1));
        failed(ErrorCode.ARGUMENT_INVALID, () -> pool.adopt(1, 0, 1));
        failed(ErrorCode.ARGUMENT_INVALID, () -> pool.forceRelease(0));
        failed(ErrorCode.EXPIRY_INVALID, () -> pool.tryAcquire(1, Duration.ZERO));
        failed(ErrorCode.EXPIRY_INVALID, () -> pool.tryAcquire(1, LONG, Duration.ofNanos(-1)));
        failed(ErrorCode.EXPIRY_INVALID, () -> start.await(Duration.ofNanos(-1)));
        assertEquals(0, pool.show().permits());
    }

    @Test
    void shouldTakePermitsBackWhenForced()
    {
        assertFalse(pool.forceRelease());
        final PermitLease one = pool.acquire(2, LONG);
        final PermitLease other = pool.acquire(2, LONG);
        assertTrue(pool.forceRelease(one.holder()));
        assertFalse(pool.forceRelease(one.holder()));
        failed(ErrorCode.NOT_HOLDER, () -> one.renew(LONG));
        other.renew(LONG);
        assertTrue(pool.forceRelease());
        failed(ErrorCode.NOT_HOLDER, other::release);
        assertNotNull(grid.semaphore("pool", 7).tryAcquire(7, LONG));
    }

    @Test
    void shouldLetAllGoOnWhenALatchOpens()
    {
        assertEquals(2, start.count());
        assertFalse(start.await(Duration.ZERO));
        assertFalse(start.await(SHORT));
        final CompletableFuture<Boolean> one = Elsewhere.call(() -> start.await(LONG));
        final CompletableFuture<Boolean> other = Elsewhere.call(() -> start.await(LONG));
        await("two wait", () -> start.show().waiters() == 2);
        assertEquals(new LatchInfo(2, 2, 2), start.show());
        assertEquals(1, start.countDown());
        assertFalse(one.isDone() || other.isDone());
        assertEquals(0, start.countDown());
        assertTrue(one.join());
        assertTrue(other.join());
        assertEquals(0, start.countDown());
        assertTrue(start.show().isOpen());
        assertTrue(start.await(Duration.ZERO));
    }

    @Test
    void shouldCountALatchAnewWhenReset()
    {
        assertFalse(start.reset());
        start.countDown();
        final CompletableFuture<Boolean> waiting = Elsewhere.call(() -> start.await(LONG));
        await("one waits", () -> start.show().waiters() == 1);
        assertTrue(start.reset());
        assertEquals(new LatchInfo(2, 2, 1), start.show());
        start.countDown();
        start.countDown();
        assertTrue(waiting.join());
        assertTrue(start.reset());
        assertEquals(1, grid.latch("start", 2).countDown());
    }
}
