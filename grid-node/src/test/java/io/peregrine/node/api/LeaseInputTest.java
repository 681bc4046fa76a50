package io.peregrine.node.api;

import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.Grid;
import io.peregrine.client.GridLock;
import io.peregrine.client.GridSemaphore;
import io.peregrine.client.LockInfo;
import io.peregrine.client.LockLease;
import io.peregrine.client.PermitLease;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import static io.peregrine.node.api.Apis.assertThrowsCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Leases that nobody should ask for, holders that are none, and a wall clock that jumps.
 */
@Timeout(180)
class LeaseInputTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);
    private static final Duration SHORTEST = Duration.ofNanos(1);
    private static final List<Duration> NONE = List.of(
        Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(-1), Duration.ofSeconds(Long.MIN_VALUE),
        LONGEST.plusNanos(1), Duration.ofSeconds(Long.MAX_VALUE));
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final AtomicLong wallMs = new AtomicLong(System.currentTimeMillis());
    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE).epochClock(wallMs::get));
    private final Grid grid = node.grid();
    private final GridLock lock = grid.lock("book");
    private final GridSemaphore pool = grid.semaphore("pool", 5);

    @AfterEach
    void close()
    {
        node.close();
    }

    private static void assertNotHolder(final Executable call)
    {
        assertThrowsCode(FailedException.class, ErrorCode.NOT_HOLDER, call);
    }

    private static void assertInvalid(final Executable call)
    {
        assertThrowsCode(FailedException.class, ErrorCode.EXPIRY_INVALID, call);
    }

    @Test
    void shouldRefuseLeasesThatAreNoneAndLeaveWhatIsHeldAsItIs()
    {
        for (final Duration lease : NONE)
        {
            assertInvalid(() -> lock.tryAcquire(lease));
            assertInvalid(() -> lock.tryAcquire(lease, LONG));
            assertInvalid(() -> lock.acquire(lease));
            assertInvalid(() -> lock.asLock(lease));
            assertInvalid(() -> pool.tryAcquire(1, lease));
            assertInvalid(() -> pool.tryAcquire(1, lease, LONG));
            assertInvalid(() -> pool.acquire(1, lease));
        }
        assertFalse(lock.show().held());
        assertEquals(0, pool.show().permits());

        final LockLease held = lock.acquire(LONG);
        final PermitLease permits = pool.acquire(2, LONG);
        for (final Duration lease : NONE)
        {
            assertInvalid(() -> held.renew(lease));
            assertInvalid(() -> permits.renew(lease));
        }
        assertTrue(held.isHeld() && permits.isHeld());
        assertEquals(held.fence(), lock.show().fence());
        held.renew(LONGEST);
        assertTrue(held.remaining().compareTo(LONG) > 0);
        held.release();
        permits.release();
    }

    @Test
    void shouldGiveTheShortestLeaseAndTakeItBack()
    {
        final LockLease brief = lock.tryAcquire(SHORTEST);
        final PermitLease briefPermits = pool.tryAcquire(5, SHORTEST);
        assertFalse(brief.isHeld() || briefPermits.isHeld());
        final LockLease next = lock.acquire(LONG);
        assertTrue(next.fence() > brief.fence());
        assertTrue(pool.acquire(5, LONG).isHeld());
        assertNotHolder(brief::release);
        assertNotHolder(briefPermits::release);
        assertEquals(next.fence(), lock.show().fence());
    }

    @Test
    void shouldLetNobodyRenewOrReleaseButTheHolder()
    {
        final LockLease former = lock.acquire(LONG);
        former.release();
        final LockLease held = lock.acquire(LONG);
        final PermitLease permits = pool.acquire(2, LONG);
        final List<LockLease> strangers = List.of(
            lock.adopt(former.holder(), former.fence()),
            lock.adopt(former.holder(), held.fence()),
            lock.adopt(held.holder(), former.fence()),
            lock.adopt(held.holder(), held.fence() + 1),
            lock.adopt(held.holder() + 1, held.fence()),
            grid.lock("other").adopt(held.holder(), held.fence()));
        for (final LockLease stranger : strangers)
        {
            assertNotHolder(() -> stranger.renew(LONG));
            assertNotHolder(stranger::release);
            stranger.close();
        }
        for (final PermitLease stranger : List.of(
            pool.adopt(2, permits.holder(), permits.fence() + 1), pool.adopt(2, permits.holder() + 1, permits.fence())))
        {
            assertNotHolder(() -> stranger.renew(LONG));
            assertNotHolder(stranger::release);
            stranger.close();
        }
        assertEquals(held.holder(), lock.show().holder());
        assertEquals(3, pool.show().free());
        held.renew(LONG);
        permits.renew(LONG);
    }

    /**
     * Whether or not somebody has it since.
     */
    @Test
    void shouldNotRenewOrReleaseWhatIsOverAlreadyHoweverOftenItIsAsked()
    {
        final LockLease over = lock.acquire(Duration.ofMillis(20));
        final PermitLease permits = pool.acquire(2, Duration.ofMillis(20));
        final long startNs = System.nanoTime();
        while (lock.show().held() || pool.show().holders() > 0)
        {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, "leases do not end");
        }
        for (int i = 0; i < 2; i++)
        {
            assertNotHolder(() -> over.renew(LONG));
            assertNotHolder(over::release);
            assertNotHolder(() -> permits.renew(LONG));
            assertNotHolder(permits::release);
        }
        assertNotHolder(over::renewAutomatically);
        over.close();
        assertFalse(lock.show().held());
        assertEquals(5, pool.show().free());
    }

    @Test
    void shouldKeepLeasesAsTheyAreWhenTheWallClockJumps()
    {
        final Duration lease = Duration.ofMinutes(30);
        final LockLease held = lock.acquire(lease);
        final PermitLease permits = pool.acquire(5, lease);
        for (final long jumpMs : new long[]{LONG.toMillis(), -3 * LONG.toMillis(), 24 * LONG.toMillis()})
        {
            wallMs.addAndGet(jumpMs);
            assertNull(lock.tryAcquire(lease));
            assertNull(pool.tryAcquire(1, lease));
            final LockInfo info = lock.show();
            assertEquals(held.fence(), info.fence());
            assertTrue(info.remaining().compareTo(lease) <= 0, info::toString);
            assertTrue(info.remaining().compareTo(lease.dividedBy(2)) > 0, info::toString);
            assertTrue(held.isHeld() && permits.isHeld());
            held.renew(lease);
            permits.renew(lease);
        }
        held.release();
        permits.release();
    }
}
