package io.peregrine.node.api;

import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.Grid;
import io.peregrine.client.GridException;
import io.peregrine.client.GridLock;
import io.peregrine.client.LockInfo;
import io.peregrine.client.LockLease;
import io.peregrine.client.RefusedException;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;

import static io.peregrine.node.api.Apis.assertThrowsCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Locks of an embedded node.
 */
@Timeout(180)
class LocksTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration RENEWED = Duration.ofMillis(1500);
    private static final long LIMIT_S = 60;

    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
    private final Grid grid = node.grid();
    private final GridLock lock = grid.lock("book");
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void close() throws InterruptedException
    {
        node.close();
        for (final Thread thread : threads)
        {
            thread.join(TimeUnit.SECONDS.toMillis(LIMIT_S));
            assertFalse(thread.isAlive(), "a thread goes on behind the node");
        }
    }

    private <T> CompletableFuture<T> elsewhere(final Callable<T> call)
    {
        final CompletableFuture<T> result = new CompletableFuture<>();
        final Thread thread = new Thread(() ->
        {
            try
            {
                result.complete(call.call());
            }
            catch (final Throwable ex)
            {
                result.completeExceptionally(ex);
            }
        });
        threads.add(thread);
        thread.start();
        return result;
    }

    private static <T> T get(final CompletableFuture<T> result)
    {
        try
        {
            return result.get(LIMIT_S, TimeUnit.SECONDS);
        }
        catch (final InterruptedException | ExecutionException | TimeoutException ex)
        {
            throw new AssertionError("no result of the other thread", ex);
        }
    }

    private void awaitWaiters(final int count)
    {
        final long startNs = System.nanoTime();
        while (lock.show().waiters() != count)
        {
            assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(LIMIT_S), () -> "" + lock.show());
        }
    }

    @Test
    void shouldBeHeldByOneAtATimeWithRisingFences()
    {
        assertFalse(lock.show().held());
        final LockLease first = lock.tryAcquire(LONG);
        assertTrue(first.isHeld());
        assertTrue(first.remaining().compareTo(LONG) < 0);
        assertNull(lock.tryAcquire(LONG));
        assertNull(grid.lock("book").tryAcquire(LONG, Duration.ofMillis(5)));
        final LockInfo info = lock.show();
        assertEquals(first.fence(), info.fence());
        assertEquals(first.holder(), info.holder());
        assertEquals(0, info.waiters());
        first.renew(LONG);
        first.release();
        assertFalse(first.isHeld());
        assertThrowsCode(FailedException.class, ErrorCode.NOT_HOLDER, first::release);
        assertThrowsCode(FailedException.class, ErrorCode.NOT_HOLDER, () -> first.renew(LONG));
        first.close();
        try (LockLease second = lock.acquire(LONG))
        {
            assertTrue(second.fence() > first.fence());
        }
        assertFalse(lock.show().held());
    }

    @Test
    void shouldWakeWhoWaitsInTheOrderOfAsking()
    {
        final LockLease first = lock.acquire(LONG);
        final List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        final List<CompletableFuture<Void>> waiters = new ArrayList<>();
        for (int i = 0; i < 5; i++)
        {
            final int number = i;
            waiters.add(elsewhere(() ->
            {
                try (LockLease lease = lock.acquire(LONG))
                {
                    assertTrue(lease.isHeld());
                    order.add(number);
                }
                return null;
            }));
            awaitWaiters(i + 1);
        }
        assertEquals(List.of(), order);
        first.release();
        waiters.forEach(LocksTest::get);
        assertEquals(List.of(0, 1, 2, 3, 4), order);
        assertFalse(lock.show().held());
    }

    @Test
    void shouldPassOverWhoGaveUpOrWasInterrupted() throws InterruptedException
    {
        final LockLease first = lock.acquire(LONG);
        final CompletableFuture<ErrorCode> interrupted = elsewhere(() ->
        {
            final ErrorCode code = assertThrows(RefusedException.class, () -> lock.acquire(LONG)).code();
            assertTrue(Thread.interrupted());
            return code;
        });
        awaitWaiters(1);
        final CompletableFuture<LockLease> late = elsewhere(() -> lock.tryAcquire(LONG, Duration.ofMillis(300)));
        final CompletableFuture<LockLease> patient = elsewhere(() -> lock.tryAcquire(LONG, LONG));
        threads.get(0).interrupt();
        assertEquals(ErrorCode.INTERRUPTED, get(interrupted));
        assertNull(get(late));
        awaitWaiters(1);
        first.release();
        assertTrue(get(patient).isHeld());
        assertEquals(get(patient).fence(), lock.show().fence());
    }

    @Test
    void shouldLoseLockWhenItsLeaseIsOverAndSaySo()
    {
        final CompletableFuture<LockLease> lost = new CompletableFuture<>();
        final LockLease first = lock.acquire(SHORT);
        first.onLost(lost::complete);
        final LockLease second = lock.acquire(LONG);
        assertFalse(first.isHeld());
        assertTrue(second.fence() > first.fence());
        assertEquals(first, get(lost));
        assertThrowsCode(FailedException.class, ErrorCode.NOT_HOLDER, first::release);
    }

    @Test
    void shouldBeRenewedAutomaticallyUntilItIsLost()
    {
        final CompletableFuture<LockLease> lost = new CompletableFuture<>();
        LockLease held = renewed();
        while (!lock.forceRelease())
        {
            held = renewed();
        }
        held.onLost(lost::complete);
        assertFalse(lock.forceRelease());
        assertEquals(held, get(lost));
        assertFalse(held.isHeld());
        assertThrowsCode(FailedException.class, ErrorCode.NOT_HOLDER, held::renewAutomatically);
    }

    /**
     * @return a lease that was seen to be renewed; one that was lost first, as nothing ran here for long, does not
     *         count.
     */
    private LockLease renewed()
    {
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(LIMIT_S))
        {
            final LockLease held = lock.acquire(RENEWED).renewAutomatically();
            Duration before = held.remaining();
            while (held.isHeld())
            {
                final Duration now = held.remaining();
                if (now.compareTo(before) > 0)
                {
                    return held;
                }
                before = now;
            }
        }
        throw new AssertionError("no lease was renewed: " + lock.show());
    }

    @Test
    void shouldRenewAndReleaseWhatWasAcquiredElsewhere()
    {
        final LockLease first = lock.acquire(LONG);
        final LockLease adopted = grid.lock("book").adopt(first.holder(), first.fence());
        assertFalse(adopted.isHeld());
        adopted.renew(LONG);
        assertTrue(adopted.isHeld());
        get(elsewhere(() ->
        {
            adopted.release();
            return null;
        }));
        assertThrowsCode(FailedException.class, ErrorCode.NOT_HOLDER, first::release);
        assertThrowsCode(
            FailedException.class, ErrorCode.NOT_HOLDER, () -> lock.adopt(first.holder(), 7).renew(LONG));
        assertThrowsCode(FailedException.class, ErrorCode.ARGUMENT_INVALID, () -> lock.adopt(0, 7));
    }

    /**
     * Clocks may differ by a sixty-fourth.
     */
    @Test
    void shouldCountLessThanTheGridDoes()
    {
        final LockLease held = lock.acquire(LONG);
        assertTrue(held.remaining().compareTo(LONG.minus(LONG.dividedBy(64))) <= 0, held::toString);
        held.renew(LONG);
        assertTrue(held.remaining().compareTo(LONG.minus(LONG.dividedBy(64))) <= 0, held::toString);
    }

    @Test
    void shouldNotLoseWhatWasAdoptedBeforeItIsRenewedAndTellOfItsLossThen()
    {
        final LockLease first = lock.acquire(LONG);
        final LockLease adopted = lock.adopt(first.holder(), first.fence());
        first.detach();
        final CompletableFuture<LockLease> lost = new CompletableFuture<>();
        adopted.onLost(lost::complete);
        final CompletableFuture<LockLease> other = new CompletableFuture<>();
        final LockLease soonOver = grid.lock("other").acquire(SHORT);
        soonOver.onLost((lease) ->
        {
            throw new AssertionError("what a listener does wrong");
        });
        soonOver.onLost(other::complete);
        assertEquals(soonOver, get(other));
        assertFalse(lost.isDone());
        adopted.renew(SHORT);
        assertEquals(adopted, get(lost));
    }

    @Test
    void shouldBeAReentrantLockForEachThread() throws InterruptedException
    {
        final Lock reentrant = lock.asLock(LONG);
        reentrant.lock();
        assertTrue(reentrant.tryLock());
        assertFalse(get(elsewhere(() -> reentrant.tryLock())));
        assertFalse(get(elsewhere(() -> reentrant.tryLock(5, TimeUnit.MILLISECONDS))));
        reentrant.unlock();
        assertTrue(lock.show().held());
        reentrant.unlock();
        assertFalse(lock.show().held());
        assertThrows(IllegalMonitorStateException.class, reentrant::unlock);
        assertThrows(UnsupportedOperationException.class, reentrant::newCondition);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, reentrant::lockInterruptibly);
        reentrant.lockInterruptibly();
        reentrant.unlock();
        assertTrue(reentrant.tryLock(Long.MAX_VALUE, TimeUnit.DAYS));
        reentrant.unlock();
    }

    @Test
    void shouldRefuseWhatCannotBe()
    {
        final Duration tooLong = Duration.ofNanos(Long.MAX_VALUE);
        for (final Duration lease : List.of(Duration.ZERO, Duration.ofNanos(-1), tooLong))
        {
            assertThrowsCode(FailedException.class, ErrorCode.EXPIRY_INVALID, () -> lock.tryAcquire(lease));
            assertThrowsCode(FailedException.class, ErrorCode.EXPIRY_INVALID, () -> lock.asLock(lease));
        }
        assertThrowsCode(
            FailedException.class, ErrorCode.EXPIRY_INVALID, () -> lock.tryAcquire(LONG, Duration.ofNanos(-1)));
        assertThrowsCode(FailedException.class, ErrorCode.NAME_INVALID, () -> grid.lock(""));
        assertThrowsCode(FailedException.class, ErrorCode.NAME_INVALID, () -> grid.lock("x".repeat(256)));
        final LockLease held = lock.acquire(LONG);
        assertThrowsCode(FailedException.class, ErrorCode.EXPIRY_INVALID, () -> held.renew(Duration.ZERO));
        assertTrue(held.isHeld());
        assertNotNull(held.toString());
    }

    @Test
    void shouldEndEveryCallWhenTheGridIsClosed()
    {
        final LockLease held = lock.acquire(LONG);
        final CompletableFuture<LockLease> waiting = elsewhere(() -> lock.acquire(LONG));
        awaitWaiters(1);
        node.close();
        final ExecutionException ex =
            assertThrows(ExecutionException.class, () -> waiting.get(LIMIT_S, TimeUnit.SECONDS));
        assertEquals(ErrorCode.CLOSED, ((GridException) ex.getCause()).code());
        assertFalse(held.isHeld());
        assertThrowsCode(FailedException.class, ErrorCode.NOT_HOLDER, held::release);
    }
}
