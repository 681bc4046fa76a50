package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.codec.LockStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How calls for locks that do not wait end where things go wrong.
 */
class AsyncLockEndsTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final int MANY = 20_000;
    private static final long LIMIT_S = 100;

    private final FakePort port = new FakePort(4);
    private final Grid grid = Grids.over(port, TimeUnit.SECONDS.toNanos(LIMIT_S), 1_000_000_000L);

    @AfterEach
    void close()
    {
        port.closed = true;
        grid.close();
    }

    private static void await(final String what, final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(LIMIT_S), what);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void shouldAskAgainAlthoughItIsRefusedToLeaveTheLine() throws Exception
    {
        port.agent.lockAnswers.addAll(List.of(LockStatus.QUEUED, LockStatus.FREE, LockStatus.DONE));
        final LockLease lease =
            grid.lock("l").async().acquire(LONG).toCompletableFuture().get(LIMIT_S, TimeUnit.SECONDS);
        assertTrue(lease.isHeld());
    }

    /**
     * Those who acquired are cancelled before the answer comes, and the grid refuses to hear of it for a while.
     */
    @Test
    void shouldTellTheGridUntilItHearsThatNobodyWaits()
    {
        final int count = 100;
        final int refused = 250;
        port.agent.refusedLeaves.set(refused);
        port.maxInFlight = 256;
        port.stopped = true;
        final List<CompletableFuture<LockLease>> stages = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            stages.add(grid.lock("l" + i).async().acquire(LONG).toCompletableFuture());
        }
        await("all are sent", () -> port.claims() == count);
        stages.forEach((stage) -> assertTrue(stage.cancel(true)));
        port.stopped = false;
        await("all were heard", () -> port.agent.left.size() == count + refused);
        grid.close();
        assertEquals(count + refused, port.agent.left.size());
        assertEquals(count, port.agent.acquired.size());
        assertEquals(Set.copyOf(port.agent.acquired), Set.copyOf(port.agent.left));
    }

    /**
     * It is given to one who was cancelled a moment before, by whoever was given another by the same answers.
     */
    @Test
    void shouldBeAtWorkUntilTheGridHasHeardThatNobodyTookWhatItGave()
    {
        port.agent.lockAnswers.addAll(List.of(LockStatus.DONE, LockStatus.DONE));
        port.stopped = true;
        final CompletableFuture<LockLease> first = grid.lock("a").async().acquire(LONG).toCompletableFuture();
        final CompletableFuture<LockLease> other = grid.lock("b").async().acquire(LONG).toCompletableFuture();
        first.thenRun(() -> other.cancel(true));
        final AsyncLocks locks = ((PortGrid) grid).asyncLocks();
        await("both are sent", () -> port.claims() == 2);
        port.stopped = false;
        await("it is refused to leave", () ->
        {
            assertFalse(locks.isIdle());
            return port.agent.left.size() >= 10;
        });
        port.agent.refusedLeaves.set(0);
        await("nothing is to be done", locks::isIdle);
        assertTrue(other.isCancelled());
        assertFalse(port.agent.left.contains(first.join().holder()));
    }

    /**
     * Whoever waited in a thread goes on as soon as the grid has refused once.
     */
    @Test
    void shouldTellTheGridOfThreadsThatWaitNoLongerUntilItHears()
    {
        final int refused = 10;
        port.agent.refusedLeaves.set(refused);
        port.agent.lockAnswers.addAll(List.of(LockStatus.QUEUED));
        assertNull(grid.lock("l").tryAcquire(LONG, Duration.ofNanos(1)));
        await("it was heard", () -> port.agent.left.size() == refused + 1);
        assertEquals(Set.copyOf(port.agent.acquired), Set.copyOf(port.agent.left));
        await("nothing is to be done", ((PortGrid) grid).asyncLocks()::isIdle);
    }

    @Test
    void shouldEndAllThatIsAskedOfOneLeaseWhenTheNodeCloses()
    {
        port.stopped = true;
        final Executor lane = ((PortGrid) grid).asyncExecutor();
        final AtomicInteger toldWithLock = new AtomicInteger();
        final AsyncLease lease = grid.lock("l").adopt(1, 1).async();
        final List<CompletableFuture<Void>> renewals = new ArrayList<>();
        for (int i = 0; i < MANY; i++)
        {
            renewals.add(lease.renew(LONG).toCompletableFuture());
            renewals.get(i).whenComplete((done, error) -> toldWithLock.addAndGet(Thread.holdsLock(lane) ? 1 : 0));
        }
        port.closed = true;
        for (final CompletableFuture<Void> renewal : renewals)
        {
            final Throwable cause = assertThrows(
                ExecutionException.class, () -> renewal.get(LIMIT_S, TimeUnit.SECONDS)).getCause();
            assertEquals(ErrorCode.CLOSED, assertInstanceOf(GridException.class, cause).code());
        }
        assertEquals(0, toldWithLock.get());
    }
}
