package io.peregrine.node.partition;

import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockKind;
import io.peregrine.client.codec.LockRequestEncoder;
import io.peregrine.client.codec.LockStatus;
import io.peregrine.client.codec.Reason;
import io.peregrine.storage.lock.PermitTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Requests about semaphores and latches, at the partition that has them.
 */
class PermitDeskTest extends LockBench
{
    private static final String POOL = "pool";
    private static final String START = "start";

    @BeforeEach
    void beSemaphore()
    {
        kind = LockKind.SEMAPHORE;
        total = 5;
    }

    private void beLatch()
    {
        kind = LockKind.LATCH;
        total = 2;
        permits = 0;
    }

    private LockStatus acquire(final long of, final int many, final long lease, final long wait)
    {
        permits = many;
        return ask(of, LockAction.ACQUIRE, POOL, 0, lease, wait);
    }

    private LockStatus countDown(final long of)
    {
        return ask(of, LockAction.COUNT_DOWN, START, 0, 0, 0);
    }

    @Test
    void shouldGivePermitsAndSayWhatIsFree()
    {
        assertEquals(LockStatus.FREE, look(0, POOL));
        assertEquals(LockStatus.DONE, acquire(session, 3, 5 * SECOND, 0));
        final long fence = reply().fence();
        assertTrue(fence > 0);
        assertEquals(5 * SECOND, reply().remaining());
        assertEquals(LockStatus.HELD, acquire(other, 3, 5 * SECOND, 0));
        assertEquals(LockStatus.QUEUED, acquire(other, 3, 5 * SECOND, SECOND));
        assertEquals(LockStatus.DONE, look(0, POOL));
        assertEquals(5, reply().total());
        assertEquals(2, reply().left());
        assertEquals(1, reply().holders());
        assertEquals(1, reply().waiters());
        assertEquals(LockStatus.DONE, look(session, POOL));
        assertEquals(fence, reply().fence());
        assertEquals(5 * SECOND, reply().remaining());
        assertEquals(LockStatus.NOT_HOLDER, ask(other, LockAction.RELEASE, POOL, fence, 0, 0));
        assertEquals(LockStatus.DONE, ask(session, LockAction.RENEW, POOL, fence, 8 * SECOND, 0));
        assertEquals(8 * SECOND, reply().remaining());
        assertEquals(LockStatus.DONE, ask(session, LockAction.RELEASE, POOL, fence, 0, 0));
        assertEquals(LockStatus.NOT_HOLDER, ask(session, LockAction.RELEASE, POOL, fence, 0, 0));
    }

    @Test
    void shouldKeepLockOfTheSameNameApart()
    {
        acquire(session, 5, 5 * SECOND, 0);
        kind = LockKind.LOCK;
        assertEquals(LockStatus.DONE, ask(other, LockAction.ACQUIRE, POOL, 0, SECOND, 0));
        kind = LockKind.LATCH;
        assertEquals(LockStatus.FREE, look(0, POOL));
    }

    @Test
    void shouldNameTheTotalThatWasSetFirst()
    {
        acquire(session, 3, 5 * SECOND, 0);
        total = 6;
        assertEquals(LockStatus.OTHER_TOTAL, acquire(other, 1, SECOND, 0));
        assertEquals(5, reply().fence());
        assertEquals(LockStatus.OTHER_TOTAL, acquire(session, 3, SECOND, 0));
        number--;
        assertEquals(LockStatus.OTHER_TOTAL, acquire(session, 3, SECOND, 0));
        assertEquals(5, reply().fence());
    }

    @Test
    void shouldWakeWhoWaitsWhenALeaseBeforeItEnds()
    {
        acquire(session, 3, 5 * SECOND, 0);
        assertEquals(LockStatus.QUEUED, acquire(other, 3, 3 * SECOND, 20 * SECOND));
        final long ticket = reply().fence();
        assertEquals(0, bench.answersTo(encodeLook(79, other, POOL, true)));
        bench.nowNs += 5 * SECOND;
        bench.expectAnswers();
        bench.settle();
        assertEquals(1, bench.answers());
        assertEquals(79, reply().correlationId());
        assertEquals(LockStatus.DONE, reply().status());
        assertEquals(3 * SECOND, reply().remaining());
        assertTrue(reply().fence() > ticket);
        assertEquals(LockStatus.DONE, ask(other, LockAction.RENEW, POOL, reply().fence(), SECOND, 0));
    }

    @Test
    void shouldWakeThoseBehindWhenTheTimeOfTheFirstIsOver()
    {
        acquire(0, 3, 50 * SECOND, 0);
        assertEquals(LockStatus.QUEUED, acquire(session, 4, 3 * SECOND, 5 * SECOND));
        assertEquals(LockStatus.QUEUED, acquire(other, 2, 3 * SECOND, 20 * SECOND));
        assertEquals(0, bench.answersTo(encodeLook(79, other, POOL, true)));
        bench.nowNs += 5 * SECOND;
        bench.expectAnswers();
        bench.settle();
        assertEquals(1, bench.answers());
        assertEquals(LockStatus.DONE, reply().status());
        assertEquals(LockStatus.HELD, look(session, POOL));
    }

    @Test
    void shouldTakePermitsBackAndForgetTheTotalWhenForced()
    {
        acquire(session, 3, 5 * SECOND, 0);
        total = 0;
        assertEquals(LockStatus.DONE, ask(0, LockAction.FORCE, POOL, 0, 0, 0));
        assertEquals(3, reply().fence());
        assertEquals(LockStatus.FREE, look(0, POOL));
        assertEquals(LockStatus.NOT_HOLDER, ask(0, LockAction.FORCE, POOL, 0, 0, 0));
    }

    @Test
    void shouldForgetASemaphoreADayAfterItsLastUse()
    {
        acquire(session, 3, 5 * SECOND, 0);
        ask(session, LockAction.LEAVE, POOL, 0, 0, 0);
        bench.nowNs += PermitTable.FORGOTTEN_AFTER_NS - 1;
        bench.settle();
        assertEquals(LockStatus.DONE, look(0, POOL));
        assertEquals(5, reply().left());
        bench.nowNs++;
        assertEquals(LockStatus.FREE, look(0, POOL));
    }

    @Test
    void shouldCountDownOnceHoweverOftenItIsAsked()
    {
        beLatch();
        assertEquals(LockStatus.DONE, countDown(session));
        assertEquals(1, reply().fence());
        for (int i = 0; i < 3; i++)
        {
            number--;
            assertEquals(LockStatus.DONE, countDown(session));
            assertEquals(1, reply().fence());
        }
        assertEquals(LockStatus.DONE, look(0, START));
        assertEquals(2, reply().total());
        assertEquals(1, reply().left());
    }

    @Test
    void shouldWakeAllWhoWaitWhenALatchOpens()
    {
        beLatch();
        assertEquals(LockStatus.QUEUED, ask(session, LockAction.ACQUIRE, START, 0, 0, 20 * SECOND));
        assertEquals(LockStatus.QUEUED, ask(other, LockAction.ACQUIRE, START, 0, 0, 20 * SECOND));
        assertEquals(0, bench.answersTo(encodeLook(79, session, START, true)));
        assertEquals(0, bench.answersTo(encodeLook(80, other, START, true)));
        assertEquals(LockStatus.DONE, countDown(0));
        assertEquals(3, bench.answersTo(encode(0, LockAction.COUNT_DOWN, START, 0, 0, 0)));
        assertEquals(LockStatus.DONE, ask(0, LockAction.ACQUIRE, START, 0, 0, SECOND));
        assertEquals(LockStatus.DONE, look(other, START));
        assertEquals(0, reply().left());
    }

    @Test
    void shouldCountALatchAnewWhenForced()
    {
        beLatch();
        countDown(session);
        assertEquals(LockStatus.DONE, ask(0, LockAction.FORCE, START, 0, 0, 0));
        assertEquals(LockStatus.FREE, look(0, START));
        total = 3;
        assertEquals(LockStatus.DONE, countDown(session));
        assertEquals(2, reply().fence());
    }

    @Test
    void shouldRefuseWhatCannotBe()
    {
        permits = 1;
        assertEquals(Reason.EXPIRY_INVALID, refusal(session, LockAction.ACQUIRE, POOL, 0, 0));
        assertMalformed(LockAction.COUNT_DOWN);
        for (final int many : new int[]{0, -1, 6, Integer.MIN_VALUE})
        {
            permits = many;
            assertMalformed(LockAction.ACQUIRE);
        }
        beLatch();
        for (final int count : new int[]{0, -1})
        {
            total = count;
            assertMalformed(LockAction.ACQUIRE);
            assertMalformed(LockAction.COUNT_DOWN);
        }
        assertEquals(LockStatus.FREE, look(0, POOL));
        final int length = encode(session, LockAction.ACQUIRE, POOL, 0, SECOND, 0);
        bench.requests.buffer.putByte(HEADER + LockRequestEncoder.kindEncodingOffset(), (byte) 3);
        assertFalse(bench.deliver(length));
        assertEquals(Reason.MALFORMED, bench.reason());
    }

    private void assertMalformed(final LockAction action)
    {
        assertEquals(Reason.MALFORMED, refusal(session, action, START, SECOND, 0));
    }
}
