package io.peregrine.node.api;

import io.peregrine.client.AsyncGridLatch;
import io.peregrine.client.AsyncGridSemaphore;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.Grid;
import io.peregrine.client.GridLatch;
import io.peregrine.client.GridSemaphore;
import io.peregrine.client.LatchInfo;
import io.peregrine.client.PermitLease;
import io.peregrine.client.SemaphoreInfo;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import static io.peregrine.node.api.Apis.assertThrowsCode;
import static io.peregrine.node.api.AsyncLocksTest.code;
import static io.peregrine.node.api.AsyncLocksTest.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Semaphores and latches of an embedded node, without waiting.
 */
@Timeout(300)
class AsyncPermitsTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
    private final Grid grid = node.grid();
    private final GridSemaphore pool = grid.semaphore("pool", 5);
    private final AsyncGridSemaphore async = pool.async();
    private final GridLatch start = grid.latch("start", 2);
    private final AsyncGridLatch latch = start.async();

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
            assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(60), what);
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldAnswerAsTheBlockingSemaphoreDoes()
    {
        assertEquals(new SemaphoreInfo(0, 0, 0, 0), get(async.show()));
        final PermitLease lease = get(async.tryAcquire(3, LONG));
        assertEquals(3, lease.permits());
        assertTrue(lease.isHeld());
        assertEquals(new SemaphoreInfo(5, 2, 1, 0), get(async.show()));
        assertNull(get(async.tryAcquire(3, LONG)));
        assertNull(get(async.tryAcquire(3, LONG, SHORT)));
        final PermitLease rest = get(async.acquire(2, LONG));
        get(lease.async().renew(LONG));
        get(lease.async().release());
        assertFalse(lease.isHeld());
        assertEquals(ErrorCode.NOT_HOLDER, code(lease.async().release()));
        assertTrue(get(async.forceRelease(rest.holder())));
        assertFalse(get(async.forceRelease(rest.holder())));
        assertEquals(ErrorCode.NOT_HOLDER, code(rest.async().renew(LONG)));
        assertEquals(ErrorCode.TOTAL_DIFFERS, code(grid.semaphore("pool", 6).async().acquire(1, LONG)));
        assertTrue(get(async.forceRelease()));
        assertFalse(get(async.forceRelease()));
        assertThrowsCode(FailedException.class, ErrorCode.ARGUMENT_INVALID, () -> async.acquire(6, LONG));
        assertThrowsCode(FailedException.class, ErrorCode.ARGUMENT_INVALID, () -> async.forceRelease(0));
    }

    @Test
    void shouldServeALargeRequestBeforeSmallOnesAndSeveralAtATime()
    {
        final PermitLease held = get(async.acquire(5, LONG));
        final CompletionStage<PermitLease> large = async.acquire(4, LONG);
        final List<CompletionStage<PermitLease>> small = new ArrayList<>();
        for (int i = 0; i < 5; i++)
        {
            small.add(async.acquire(1, LONG));
        }
        await("six wait", () -> pool.show().waiters() == 6);
        held.release();
        final PermitLease four = get(large);
        get(small.get(0));
        assertEquals(new SemaphoreInfo(5, 0, 2, 4), pool.show());
        four.release();
        small.forEach(AsyncLocksTest::get);
        assertEquals(new SemaphoreInfo(5, 0, 5, 0), pool.show());
    }

    @Test
    void shouldNeverGiveMoreThanThereAreAndWithdrawWhoIsCancelled()
    {
        final AtomicInteger given = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int i = 0; i < 500; i++)
        {
            final CompletableFuture<PermitLease> one = async.acquire(1 + i % 5, LONG).toCompletableFuture();
            done.add(one.thenCompose((lease) ->
            {
                most.accumulateAndGet(given.addAndGet(lease.permits()), Math::max);
                return CompletableFuture.runAsync(() -> given.addAndGet(-lease.permits()))
                    .thenCompose((nothing) -> lease.async().release());
            }).exceptionally((ex) -> null));
            if (i % 7 == 0)
            {
                one.cancel(true);
            }
        }
        done.forEach(AsyncLocksTest::get);
        await("all permits are free", () -> pool.show().equals(new SemaphoreInfo(5, 5, 0, 0)));
        assertTrue(most.get() <= 5, () -> "held at a time: " + most);
    }

    @Test
    void shouldAnswerAsTheBlockingLatchDoes()
    {
        assertEquals(2, get(latch.count()));
        assertFalse(get(latch.await(Duration.ZERO)));
        assertFalse(get(latch.await(SHORT)));
        assertEquals(1, get(latch.countDown()));
        assertEquals(new LatchInfo(2, 1, 0), get(latch.show()));
        assertEquals(ErrorCode.TOTAL_DIFFERS, code(grid.latch("start", 3).async().countDown()));
        assertEquals(ErrorCode.TOTAL_DIFFERS, code(grid.latch("start", 3).async().await(LONG)));
        assertTrue(get(latch.reset()));
        assertEquals(2, get(latch.count()));
        assertThrowsCode(
            FailedException.class, ErrorCode.EXPIRY_INVALID, () -> latch.await(Duration.ofNanos(-1)));
    }

    @Test
    void shouldWakeAllWhoAwaitALatch()
    {
        final List<CompletionStage<Boolean>> waiting = new ArrayList<>();
        for (int i = 0; i < 5000; i++)
        {
            waiting.add(latch.await(LONG));
        }
        waiting.get(0).toCompletableFuture().cancel(true);
        await("all but one wait", () -> start.show().waiters() == 4999);
        assertEquals(1, get(latch.countDown()));
        assertFalse(waiting.get(4999).toCompletableFuture().isDone());
        assertEquals(0, get(latch.countDown()));
        waiting.subList(1, 5000).forEach((stage) -> assertTrue(get(stage)));
        assertTrue(get(latch.await(Duration.ZERO)));
    }
}
