package io.peregrine.node.grid;

import io.peregrine.client.AsyncGridLock;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.GridException;
import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A node that is stopped in order, in whose process locks are held and waited for.
 */
@Timeout(180)
class NodeFarewellTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final long LIMIT_S = 60;
    private static final int LOCKS = 20;

    @Test
    void shouldLetGoOfLocksAndWaitNoLonger() throws Exception
    {
        try (TestGrid grid = new TestGrid())
        {
            grid.startThree();
            final DrivenNode going = grid.nodes.get(0);
            final DrivenNode staying = grid.nodes.get(1);
            final GridLock other = staying.node().grid().lock("other");
            final LockLease held = other.acquire(LONG);
            final List<CompletableFuture<LockLease>> next = new ArrayList<>();
            for (int i = 0; i < LOCKS; i++)
            {
                final LockLease lease = going.node().grid().lock("book-" + i).acquire(LONG);
                assertTrue(i % 2 == 0 || lease.renewAutomatically().isHeld());
                final AsyncGridLock same = staying.node().grid().lock("book-" + i).async();
                next.add(same.acquire(LONG).toCompletableFuture());
            }
            final CompletableFuture<LockLease> blocked = new CompletableFuture<>();
            new Thread(() -> blocked.completeExceptionally(assertThrows(
                GridException.class, () -> going.node().grid().lock("book-0").acquire(LONG)))).start();
            TestGrid.await("two wait", () -> staying.node().grid().lock("book-0").show().waiters() == 2);
            final CompletableFuture<LockLease> waiting =
                going.node().grid().lock("other").async().acquire(LONG).toCompletableFuture();
            TestGrid.await("one waits", () -> other.show().waiters() == 1);

            going.close();
            for (final CompletableFuture<LockLease> lease : next)
            {
                assertTrue(lease.get(LIMIT_S, TimeUnit.SECONDS).isHeld());
            }
            assertClosed(blocked);
            TestGrid.await("nobody waits", () -> other.show().waiters() == 0);
            assertClosed(waiting);
            held.release();
        }
    }

    private static void assertClosed(final CompletableFuture<LockLease> call)
    {
        final ExecutionException ex =
            assertThrows(ExecutionException.class, () -> call.get(LIMIT_S, TimeUnit.SECONDS));
        assertEquals(ErrorCode.CLOSED, ((GridException) ex.getCause()).code());
    }
}
