package io.peregrine.node.grid;

import io.peregrine.client.Grid;
import io.peregrine.client.GridException;
import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Those who give up waiting while the grid takes no command, as it lacks copies.
 */
@Timeout(300)
class WithdrawalTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final long SHORT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long LIMIT_S = 60;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final TestGrid nodes = new TestGrid(2);

    @AfterEach
    void close()
    {
        thread.shutdownNow();
        nodes.close();
    }

    private static void awaitWaiters(final GridLock lock, final int count)
    {
        TestGrid.await(count + " waiters", () -> lock.show().waiters() == count);
    }

    /**
     * The thread that has waited stays, and so do its lane and session.
     */
    @Test
    void shouldBePassedOverAlthoughItCouldNotSaySoInTime() throws Exception
    {
        nodes.start("one");
        nodes.start("two");
        nodes.awaitCopies(2);
        final DrivenNode primary = nodes.primaryOf("book");
        final DrivenNode other = nodes.nodes.stream().filter((node) -> node != primary).findFirst().orElseThrow();
        final GridLock lock = nodes.connect().grid().lock("book");
        final Grid leaving = nodes.connect(nodes.nodes, SHORT_NS).grid();
        final LockLease held = lock.acquire(LONG);
        final CompletableFuture<Throwable> ended = new CompletableFuture<>();
        final Future<?> blocked = thread.submit(() -> ended.complete(
            assertThrows(GridException.class, () -> leaving.lock("book").acquire(LONG))));
        awaitWaiters(lock, 1);
        final CompletableFuture<LockLease> async = leaving.lock("book").async().acquire(LONG).toCompletableFuture();
        awaitWaiters(lock, 2);

        other.freeze();
        TestGrid.await("the copy to be out", () -> nodes.control.view().assignments().stream()
            .allMatch((assignment) -> assignment.inSync().size() == 1));
        assertTrue(async.cancel(true));
        assertTrue(blocked.cancel(true));
        assertInstanceOf(GridException.class, ended.get(LIMIT_S, TimeUnit.SECONDS));
        other.thaw();
        nodes.awaitCopies(2);
        awaitWaiters(lock, 0);
        held.release();
        assertTrue(lock.tryAcquire(LONG).isHeld());
    }
}
