package io.peregrine.storage.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.storage.codec.ResultStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Leases, lines and fences of single locks.
 */
class LockTableTest
{
    private final Locks locks = new Locks();

    @AfterEach
    void close()
    {
        locks.close();
    }

    @Test
    void shouldGiveLockWithFenceAndEndWhenNobodyHoldsIt()
    {
        locks.time = 100;
        assertEquals(ResultStatus.APPLIED, locks.acquire("book", 1, 50, 0));
        assertEquals(locks.sequence, locks.fence());
        assertEquals(150, locks.call.toldEnd());
        assertTrue(locks.look("book"));
        assertEquals(1, locks.table.view().session());
        assertEquals(locks.sequence, locks.table.view().fence());
    }

    @Test
    void shouldTellOfTheHolderWhenLockIsHeldAndNobodyWaits()
    {
        locks.acquire("book", 1, 50, 0);
        final long fence = locks.fence();
        assertEquals(ResultStatus.HELD, locks.acquire("book", 2, 50, 0));
        assertEquals(fence, locks.fence());
        assertEquals(0, locks.waiters("book"));
    }

    @Test
    void shouldRememberNothingWhenLockIsLetGo()
    {
        locks.acquire("book", 1, 50, 0);
        assertEquals(ResultStatus.APPLIED, locks.release("book", 1, locks.fence()));
        assertFalse(locks.look("book"));
        assertEquals(0, locks.table.map().size());
    }

    @Test
    void shouldNameByItsNumberAloneWhoWaitsForWhatIsNotBoundToASession()
    {
        locks.acquire("book", 1, 50, 0);
        assertEquals(ResultStatus.QUEUED, locks.table.acquire(
            locks.on("book").by(2, 7, 0).lasting(50, 1000).flags(true, false)));
        assertEquals(ResultStatus.QUEUED, locks.table.acquire(locks.on("book").by(2, 8, 0).lasting(50, 1000)));
        assertEquals(2, locks.waiters("book"));
        assertEquals(ResultStatus.QUEUED, locks.table.look(locks.on("book").by(3, 7, 0)));
        assertEquals(ResultStatus.HELD, locks.table.look(locks.on("book").by(3, 8, 0)));
        assertEquals(ResultStatus.APPLIED, locks.table.leave(locks.on("book").by(3, 7, 0)));
        assertEquals(ResultStatus.NOT_HOLDER, locks.table.leave(locks.on("book").by(3, 8, 0)));
        assertEquals(1, locks.waiters("book"));
        assertEquals(ResultStatus.QUEUED, locks.table.acquire(
            locks.on("book").by(2, 9, 0).lasting(50, 1000).flags(true, false)));
        locks.sessionEnded(2);
        assertEquals(0, locks.waiters("book"));
    }

    @Test
    void shouldGiveHigherFenceWhenLockIsMadeAgain()
    {
        locks.acquire("book", 1, 50, 0);
        final long first = locks.fence();
        locks.release("book", 1, first);
        locks.acquire("book", 1, 50, 0);
        assertTrue(locks.fence() > first);
    }

    @Test
    void shouldRefuseReleaseWhenItIsOfAStrangerOrOfAFormerTime()
    {
        locks.acquire("book", 1, 50, 0);
        final long first = locks.fence();
        assertEquals(ResultStatus.NOT_HOLDER, locks.release("book", 2, first));
        assertEquals(ResultStatus.APPLIED, locks.release("book", 1, first));
        assertEquals(ResultStatus.NOT_HOLDER, locks.release("book", 1, first));
        locks.acquire("book", 1, 50, 0);
        final long second = locks.fence();
        assertEquals(ResultStatus.NOT_HOLDER, locks.release("book", 1, first));
        assertEquals(second, locks.fence());
        assertTrue(locks.look("book"));
    }

    @Test
    void shouldRefuseRenewalAndReleaseWhenTheLeaseHasEnded()
    {
        locks.acquire("book", 1, 50, 0);
        final long fence = locks.fence();
        locks.time = 51;
        locks.expire("book");
        assertEquals(ResultStatus.NOT_HOLDER, locks.renew("book", 1, fence, 50));
        assertEquals(ResultStatus.NOT_HOLDER, locks.release("book", 1, fence));
    }

    @Test
    void shouldKeepFenceWhenLeaseIsRenewedAndGiveAnotherWhenAskedTo()
    {
        locks.acquire("book", 1, 50, 0);
        final long fence = locks.fence();
        locks.time = 40;
        assertEquals(ResultStatus.APPLIED, locks.renew("book", 1, fence, 50));
        assertEquals(fence, locks.fence());
        assertEquals(90, locks.call.toldEnd());
        locks.time = 60;
        locks.expire("book");
        assertTrue(locks.look("book"));
        locks.on("book").by(1, 1, fence).lasting(50, 0).flags(false, true);
        assertEquals(ResultStatus.APPLIED, locks.table.renew(locks.call));
        assertEquals(locks.sequence, locks.fence());
        assertEquals(ResultStatus.NOT_HOLDER, locks.renew("book", 1, fence, 50));
    }

    @Test
    void shouldStayWhenExpiryNamesAnEndThatWasMovedSince()
    {
        locks.acquire("book", 1, 50, 0);
        final long end = locks.call.toldEnd();
        locks.renew("book", 1, locks.fence(), 80);
        locks.on("book");
        locks.table.expire(locks.call, end);
        assertTrue(locks.look("book"));
    }

    @Test
    void shouldGiveLockToThoseWhoWaitInTheOrderInWhichTheyCame()
    {
        locks.acquire("book", 1, 50, 0);
        final long fence = locks.fence();
        assertEquals(ResultStatus.QUEUED, locks.acquire("book", 2, 10, 1000));
        final long second = locks.fence();
        assertEquals(ResultStatus.QUEUED, locks.acquire("book", 3, 20, 1000));
        final long third = locks.fence();
        locks.release("book", 1, fence);
        assertEquals(second + "=" + locks.sequence + "@" + (locks.time + 10) + " ", locks.woken);
        assertEquals(2, holder("book"));
        locks.woken = "";
        locks.time += 10;
        locks.expire("book");
        assertEquals(third + "=" + locks.sequence + "@" + (locks.time + 20) + " ", locks.woken);
        assertEquals(3, holder("book"));
        assertEquals(0, locks.waiters("book"));
    }

    @Test
    void shouldPassOverThoseWhoseTimeIsOver()
    {
        locks.acquire("book", 1, 50, 0);
        final long fence = locks.fence();
        locks.acquire("book", 2, 50, 10);
        final long late = locks.fence();
        locks.acquire("book", 3, 50, 100);
        final long next = locks.fence();
        locks.time += 10;
        locks.release("book", 1, fence);
        assertEquals(
            late + "=0@0 " + next + "=" + locks.sequence + "@" + (locks.time + 50) + " ", locks.woken);
        assertEquals(3, holder("book"));
    }

    @Test
    void shouldBeFreeWhenTheTimeOfAllWhoWaitIsOver()
    {
        locks.acquire("book", 1, 50, 0);
        final long fence = locks.fence();
        locks.acquire("book", 2, 50, 10);
        locks.time += 20;
        locks.release("book", 1, fence);
        assertFalse(locks.look("book"));
        assertEquals(0, locks.table.queues().bytes());
    }

    @Test
    void shouldChangeNothingButTheEndWhenTheSameIsAskedAgain()
    {
        locks.acquire("book", 1, 50, 0);
        final long fence = locks.fence();
        locks.time = 20;
        assertEquals(ResultStatus.APPLIED, locks.acquire("book", 1, 50, 0));
        assertEquals(fence, locks.fence());
        assertEquals(70, locks.call.toldEnd());
        locks.acquire("book", 2, 50, 100);
        final long ticket = locks.fence();
        assertEquals(ResultStatus.QUEUED, locks.acquire("book", 2, 50, 100));
        assertEquals(ticket, locks.fence());
        assertEquals(1, locks.waiters("book"));
    }

    @Test
    void shouldLeaveTheLineOrTheLockThatWasGivenMeanwhile()
    {
        locks.acquire("book", 1, 50, 0);
        final long fence = locks.fence();
        locks.acquire("book", 2, 50, 100);
        locks.acquire("book", 3, 50, 100);
        assertEquals(ResultStatus.APPLIED, locks.leave("book", 2));
        assertEquals(1, locks.waiters("book"));
        locks.release("book", 1, fence);
        assertEquals(3, holder("book"));
        assertEquals(ResultStatus.NOT_HOLDER, locks.leave("book", 2));
        assertEquals(ResultStatus.APPLIED, locks.leave("book", 3));
        assertFalse(locks.look("book"));
        assertEquals(ResultStatus.NOT_HOLDER, locks.leave("book", 3));
    }

    @Test
    void shouldTakeLockFromItsHolderWhenForced()
    {
        assertEquals(ResultStatus.NOT_HOLDER, locks.force("book"));
        locks.acquire("book", 1, 50, 0);
        final long fence = locks.fence();
        locks.acquire("book", 2, 50, 100);
        assertEquals(ResultStatus.APPLIED, locks.force("book"));
        assertEquals(fence, locks.fence());
        assertEquals(2, holder("book"));
        assertEquals(ResultStatus.NOT_HOLDER, locks.renew("book", 1, fence, 50));
    }

    @Test
    void shouldForgetThoseWhoWaitWhenTheirSessionEndsAndLeaveItsLockToItsLease()
    {
        locks.acquire("book", 1, 50, 0);
        final long fence = locks.fence();
        locks.acquire("book", 2, 50, 100);
        locks.acquire("book", 3, 50, 100);
        locks.acquire("page", 2, 50, 0);
        locks.sessionEnded(2);
        assertEquals(1, locks.waiters("book"));
        assertEquals(2, holder("page"));
        locks.release("book", 1, fence);
        assertEquals(3, holder("book"));
    }

    @Test
    void shouldTakeAnyoneForTheHolderWhoKnowsNumberAndFenceWhenLockIsNotBound()
    {
        locks.pool.reserve(8);
        locks.table.acquire(locks.on("book").by(1, 77, 0).lasting(50, 0).flags(true, false));
        locks.pool.unreserve(8);
        final long fence = locks.fence();
        assertEquals(ResultStatus.NOT_HOLDER, locks.table.release(locks.on("book").by(2, 76, fence)));
        assertEquals(ResultStatus.NOT_HOLDER, locks.table.release(locks.on("book").by(2, 77, fence + 1)));
        assertEquals(ResultStatus.APPLIED, locks.table.release(locks.on("book").by(2, 77, fence)));
    }

    @Test
    void shouldHoldForEverRatherThanNotAtAllWhenTheLeaseOverflows()
    {
        locks.time = 100;
        locks.acquire("book", 1, Long.MAX_VALUE, 0);
        assertEquals(Long.MAX_VALUE, locks.call.toldEnd());
    }

    private long holder(final String name)
    {
        assertTrue(locks.look(name));
        return locks.table.view().session();
    }
}
