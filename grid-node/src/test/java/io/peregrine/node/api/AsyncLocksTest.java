package io.peregrine.node.api;

import io.peregrine.client.AsyncGridLock;
import io.peregrine.client.AsyncLease;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.Grid;
import io.peregrine.client.GridException;
import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static io.peregrine.node.api.Apis.assertThrowsCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Locks of an embedded node, without waiting.
 */
@Timeout(180)
class AsyncLocksTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final long LIMIT_S = 60;

    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
    private final Grid grid = node.grid();
    private final GridLock lock = grid.lock("book");
    private final AsyncGridLock async = lock.async();

    @AfterEach
    void close()
    {
        node.close();
    }

    static <T> T get(final CompletionStage<T> stage)
    {
        try
        {
            return stage.toCompletableFuture().get(LIMIT_S, TimeUnit.SECONDS);
        }
        catch (final Exception ex)
        {
            throw new AssertionError("no result", ex);
        }
    }

    static ErrorCode code(final CompletionStage<?> stage)
    {
        final ExecutionException ex = assertThrows(
            ExecutionException.class, () -> stage.toCompletableFuture().get(LIMIT_S, TimeUnit.SECONDS));
        return ((GridException) ex.getCause()).code();
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
    void shouldAnswerAsTheBlockingLockDoes()
    {
        final LockLease first = get(async.tryAcquire(LONG));
        assertTrue(first.isHeld());
        assertTrue(first.remaining().compareTo(LONG.minus(LONG.dividedBy(64))) <= 0, first::toString);
        assertEquals(first.fence(), get(async.show()).fence());
        assertNull(lock.tryAcquire(LONG));
        assertNull(get(async.tryAcquire(LONG)));
        assertNull(get(async.tryAcquire(LONG, Duration.ofMillis(5))));
        awaitWaiters(0);
        get(first.async().renew(LONG));
        get(first.async().release());
        assertFalse(first.isHeld());
        assertFalse(lock.show().held());
        assertEquals(ErrorCode.NOT_HOLDER, code(first.async().release()));
        assertEquals(ErrorCode.NOT_HOLDER, code(first.async().renew(LONG)));
        final LockLease second = get(async.acquire(LONG));
        assertTrue(second.fence() > first.fence());
        assertTrue(get(async.forceRelease()));
        assertFalse(get(async.forceRelease()));
        assertEquals(ErrorCode.NOT_HOLDER, code(second.async().renew(LONG)));
        assertFalse(second.isHeld());
        assertThrowsCode(FailedException.class, ErrorCode.EXPIRY_INVALID, () -> async.acquire(Duration.ZERO));
        assertThrowsCode(
            FailedException.class, ErrorCode.EXPIRY_INVALID, () -> async.tryAcquire(LONG, Duration.ofNanos(-1)));
        assertThrowsCode(FailedException.class, ErrorCode.EXPIRY_INVALID, () -> second.async().renew(Duration.ZERO));
    }

    @Test
    void shouldServeInTheOrderOfAskingOnTheThreadOfTheGrid()
    {
        final LockLease first = lock.acquire(LONG);
        final List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        final List<CompletionStage<Void>> done = new ArrayList<>();
        for (int i = 0; i < 100; i++)
        {
            final int number = i;
            done.add(async.acquire(LONG).thenCompose((lease) ->
            {
                assertEquals("peregrine-async", Thread.currentThread().getName());
                order.add(number);
                return lease.async().release();
            }));
        }
        awaitWaiters(100);
        assertEquals(List.of(), order);
        first.release();
        done.forEach(AsyncLocksTest::get);
        for (int i = 0; i < 100; i++)
        {
            assertEquals(i, order.get(i));
        }
        assertFalse(lock.show().held());
    }

    @Test
    void shouldWithdrawWhoIsCancelledOrCompletedByOthers()
    {
        final LockLease first = lock.acquire(LONG);
        final CompletableFuture<LockLease> head = async.acquire(LONG).toCompletableFuture();
        final CompletableFuture<LockLease> timed = async.acquire(LONG).toCompletableFuture();
        final CompletionStage<LockLease> patient = async.acquire(LONG);
        awaitWaiters(3);
        final CompletionStage<LockLease> late = async.tryAcquire(LONG, Duration.ofMillis(300));
        timed.orTimeout(1, TimeUnit.MILLISECONDS);
        assertTrue(head.cancel(true));
        assertNull(get(late));
        awaitWaiters(1);
        first.release();
        assertTrue(get(patient).isHeld());
        assertEquals(get(patient).fence(), lock.show().fence());
        assertTrue(timed.isCompletedExceptionally());
    }

    /**
     * Whenever it is cancelled: unsent, asked for, in line, or given.
     */
    @Test
    void shouldHoldNothingForWhoeverIsCancelled()
    {
        for (int i = 0; i < 300; i++)
        {
            final CompletableFuture<LockLease> one = async.acquire(LONG).toCompletableFuture();
            final CompletableFuture<LockLease> other = async.acquire(LONG).toCompletableFuture();
            for (int spins = 0; spins < i * 100; spins++)
            {
                Thread.onSpinWait();
            }
            if (one.cancel(true))
            {
                assertTrue(one.isCancelled());
            }
            else
            {
                get(get(one).async().release());
            }
            get(get(other).async().release());
        }
        final LockLease last = lock.tryAcquire(LONG, LONG);
        assertTrue(last.isHeld());
        last.release();
        assertFalse(lock.show().held());
    }

    /**
     * The callback of one lock cancels the acquisition of another, the answer to which is often there already.
     */
    @Test
    void shouldHoldNothingForWhoeverIsCancelledWhenTheAnswerIsThere()
    {
        final GridLock other = grid.lock("other");
        for (int i = 0; i < 300; i++)
        {
            final LockLease held = lock.acquire(LONG);
            final CompletableFuture<CompletableFuture<LockLease>> toCancel =
                new CompletableFuture<CompletableFuture<LockLease>>().orTimeout(LIMIT_S, TimeUnit.SECONDS);
            final CompletionStage<Void> done = async.acquire(LONG).thenCompose((lease) ->
            {
                toCancel.join().cancel(true);
                return lease.async().release();
            });
            awaitWaiters(1);
            held.async().release();
            toCancel.complete(other.async().acquire(LONG).toCompletableFuture());
            get(done);
            if (!toCancel.join().isCancelled())
            {
                get(get(toCancel.join()).async().release());
            }
            final LockLease free = other.tryAcquire(LONG, Duration.ofSeconds(LIMIT_S));
            assertTrue(free != null && free.isHeld(), () -> "" + other.show());
            free.release();
        }
    }

    @Test
    void shouldRenewAutomaticallyAndTellOfLoss()
    {
        final CompletableFuture<LockLease> lost = new CompletableFuture<>();
        final LockLease held = get(async.acquire(Duration.ofSeconds(6))).renewAutomatically();
        held.onLost(lost::complete);
        lock.forceRelease();
        assertEquals(held, get(lost));
        final LockLease brief = get(async.acquire(SHORT));
        final CompletableFuture<LockLease> over = new CompletableFuture<>();
        brief.onLost(over::complete);
        assertEquals(brief, get(over));
        assertTrue(get(async.acquire(LONG)).fence() > brief.fence());
    }

    @Test
    void shouldCarryOutCallsForOneLeaseOneAfterTheOther()
    {
        final LockLease held = get(async.acquire(LONG));
        final List<CompletionStage<Void>> renewals = new ArrayList<>();
        for (int i = 0; i < 50; i++)
        {
            renewals.add(held.async().renew(LONG));
        }
        final CompletionStage<Void> released = held.async().release();
        final CompletionStage<Void> tooLate = held.async().renew(LONG);
        renewals.forEach(AsyncLocksTest::get);
        get(released);
        assertEquals(ErrorCode.NOT_HOLDER, code(tooLate));
        assertThrowsCode(FailedException.class, ErrorCode.NOT_HOLDER, held::release);
        assertFalse(lock.show().held());
    }

    /**
     * More locks than answers that can be held back for one caller.
     */
    @Test
    void shouldWaitForManyLocksAtATime()
    {
        final List<LockLease> held = new ArrayList<>();
        final List<CompletionStage<LockLease>> waiting = new ArrayList<>();
        for (int i = 0; i < 400; i++)
        {
            final GridLock one = grid.lock("many-" + i);
            held.add(get(one.async().acquire(LONG)));
            waiting.add(one.async().acquire(LONG));
        }
        for (int i = 0; i < 400; i++)
        {
            assertFalse(waiting.get(i).toCompletableFuture().isDone());
            get(held.get(i).async().release());
            final LockLease next = get(waiting.get(i));
            assertTrue(next.isHeld());
            next.release();
        }
    }

    @Test
    void shouldEndEveryCallWhenTheGridIsClosed()
    {
        final LockLease held = get(async.acquire(LONG));
        final CompletionStage<LockLease> waiting = async.acquire(LONG);
        awaitWaiters(1);
        final AsyncLease lease = held.async();
        node.close();
        assertEquals(ErrorCode.CLOSED, code(waiting));
        assertEquals(ErrorCode.CLOSED, code(async.acquire(LONG)));
        assertFalse(held.isHeld());
        assertEquals(ErrorCode.NOT_HOLDER, code(lease.release()));
        assertThrowsCode(FailedException.class, ErrorCode.CLOSED, held::async);
    }
}
