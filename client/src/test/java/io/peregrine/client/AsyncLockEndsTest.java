package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.codec.LockStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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
    private final Grid grid = Grids.over(port, TimeUnit.SECONDS.toNanos(LIMIT_S));

    @AfterEach
    void close()
    {
        port.closed = true;
        grid.close();
    }

    @Test
    void shouldAskAgainAlthoughItIsRefusedToLeaveTheLine() throws Exception
    {
        port.agent.lockAnswers.addAll(List.of(LockStatus.QUEUED, LockStatus.FREE, LockStatus.DONE));
        final LockLease lease =
            grid.lock("l").async().acquire(LONG).toCompletableFuture().get(LIMIT_S, TimeUnit.SECONDS);
        assertTrue(lease.isHeld());
    }

    @Test
    void shouldEndAllThatIsAskedOfOneLeaseWhenTheNodeCloses()
    {
        port.stopped = true;
        final AsyncLease lease = grid.lock("l").adopt(1, 1).async();
        final List<CompletableFuture<Void>> renewals = new ArrayList<>();
        for (int i = 0; i < MANY; i++)
        {
            renewals.add(lease.renew(LONG).toCompletableFuture());
        }
        port.closed = true;
        for (final CompletableFuture<Void> renewal : renewals)
        {
            final Throwable cause = assertThrows(
                ExecutionException.class, () -> renewal.get(LIMIT_S, TimeUnit.SECONDS)).getCause();
            assertEquals(ErrorCode.CLOSED, assertInstanceOf(GridException.class, cause).code());
        }
    }
}
