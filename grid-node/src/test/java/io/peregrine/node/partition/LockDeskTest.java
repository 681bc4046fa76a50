package io.peregrine.node.partition;

import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockReplyDecoder;
import io.peregrine.client.codec.LockRequestEncoder;
import io.peregrine.client.codec.LockStatus;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.node.partition.Requests.Op;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Requests about locks, at the partition that has them.
 */
class LockDeskTest extends LockBench
{
    @Test
    void shouldGiveLockToOneAtATimeWithHigherFences()
    {
        assertEquals(LockStatus.DONE, ask(session, LockAction.ACQUIRE, "book", 0, 5 * SECOND, 0));
        final long fence = reply().fence();
        assertTrue(fence > 0);
        assertEquals(5 * SECOND, reply().remaining());
        assertEquals(LockStatus.HELD, ask(other, LockAction.ACQUIRE, "book", 0, 5 * SECOND, 0));
        assertEquals(fence, reply().fence());
        assertEquals(LockStatus.NOT_HOLDER, ask(other, LockAction.RELEASE, "book", fence, 0, 0));
        assertEquals(LockStatus.DONE, ask(session, LockAction.RELEASE, "book", fence, 0, 0));
        assertEquals(LockStatus.NOT_HOLDER, ask(session, LockAction.RELEASE, "book", fence, 0, 0));
        assertEquals(LockStatus.DONE, ask(other, LockAction.ACQUIRE, "book", 0, SECOND, 0));
        assertTrue(reply().fence() > fence);
    }

    @Test
    void shouldGiveLockOnWhenItsLeaseHasEndedAndNobodyAskedMeanwhile()
    {
        ask(session, LockAction.ACQUIRE, "book", 0, 5 * SECOND, 0);
        final long fence = reply().fence();
        bench.nowNs += 5 * SECOND - 1;
        assertEquals(LockStatus.HELD, ask(other, LockAction.ACQUIRE, "book", 0, SECOND, 0));
        assertEquals(1, reply().remaining());
        bench.nowNs++;
        assertEquals(LockStatus.DONE, ask(other, LockAction.ACQUIRE, "book", 0, SECOND, 0));
        assertEquals(LockStatus.NOT_HOLDER, ask(session, LockAction.RENEW, "book", fence, SECOND, 0));
    }

    @Test
    void shouldTellWhoWaitsThatItWaitsAndThenThatItHolds()
    {
        ask(session, LockAction.ACQUIRE, "book", 0, 5 * SECOND, 0);
        assertEquals(LockStatus.QUEUED, ask(other, LockAction.ACQUIRE, "book", 0, 3 * SECOND, 20 * SECOND));
        assertEquals(20 * SECOND, reply().remaining());
        final long ticket = reply().fence();
        assertEquals(LockStatus.QUEUED, look(other, "book"));
        assertEquals(ticket, reply().fence());
        assertEquals(1, reply().waiters());
        bench.nowNs += 5 * SECOND;
        bench.settle();
        assertEquals(LockStatus.DONE, look(other, "book"));
        assertEquals(3 * SECOND, reply().remaining());
        assertTrue(reply().fence() > ticket);
        assertEquals(LockStatus.HELD, look(session, "book"));
        bench.nowNs += SECOND;
        assertEquals(LockStatus.DONE, look(0, "book"));
        assertEquals(2 * SECOND, reply().remaining());
        assertEquals(other, reply().sessionId());
        assertEquals(other, reply().holder());
        bench.nowNs += 2 * SECOND;
        assertEquals(LockStatus.FREE, look(0, "book"));
        assertEquals(LockStatus.FREE, look(0, "page"));
    }

    @Test
    void shouldGiveFirstAnswerWithWhatRemainsNowWhenRequestIsRepeated()
    {
        ask(session, LockAction.ACQUIRE, "book", 0, 5 * SECOND, 0);
        final long fence = reply().fence();
        final long digest = bench.digest(0);
        bench.nowNs += 2 * SECOND;
        number--;
        assertEquals(LockStatus.DONE, ask(session, LockAction.ACQUIRE, "book", 0, 5 * SECOND, 0));
        assertEquals(fence, reply().fence());
        assertEquals(3 * SECOND, reply().remaining());
        assertEquals(digest, bench.digest(0));
        bench.nowNs += 9 * SECOND;
        number--;
        assertEquals(LockStatus.DONE, ask(session, LockAction.ACQUIRE, "book", 0, 5 * SECOND, 0));
        assertEquals(0, reply().remaining());
    }

    @Test
    void shouldNotTakeTheAnswerOfALockForThatOfACommandOnAMap()
    {
        final int map = bench.define("map", 0, 0);
        ask(other, LockAction.ACQUIRE, "book", 0, 5 * SECOND, 0);
        ask(session, LockAction.ACQUIRE, "book", 0, 5 * SECOND, 0);
        bench.requests.session(session, number, 1);
        assertFalse(bench.deliver(bench.requests.command(0, new Op(map, "a").put(new byte[]{1}))));
        assertEquals(Reason.MALFORMED, bench.reason());
    }

    @Test
    void shouldTakeLockFromItsHolderWithoutASessionWhenForced()
    {
        assertEquals(LockStatus.NOT_HOLDER, ask(0, LockAction.FORCE, "book", 0, 0, 0));
        ask(session, LockAction.ACQUIRE, "book", 0, 5 * SECOND, 0);
        final long fence = reply().fence();
        assertEquals(LockStatus.DONE, ask(0, LockAction.FORCE, "book", 0, 0, 0));
        assertEquals(fence, reply().fence());
        assertEquals(LockStatus.FREE, look(0, "book"));
    }

    @Test
    void shouldForgetWhoWaitsWhenItsSessionIsClosed()
    {
        ask(session, LockAction.ACQUIRE, "book", 0, 5 * SECOND, 0);
        ask(other, LockAction.ACQUIRE, "book", 0, 3 * SECOND, 20 * SECOND);
        bench.closeSession(0, other);
        assertEquals(LockStatus.DONE, look(0, "book"));
        assertEquals(0, reply().waiters());
    }

    private long waitInLine()
    {
        ask(session, LockAction.ACQUIRE, "book", 0, 5 * SECOND, 0);
        ask(other, LockAction.ACQUIRE, "book", 0, 3 * SECOND, 20 * SECOND);
        final long ticket = reply().fence();
        assertEquals(0, bench.answersTo(encodeLook(79, other, "book", true)));
        return ticket;
    }

    @Test
    void shouldAnswerWhoAwaitsItsTurnWhenItIsGivenTheLock()
    {
        final long ticket = waitInLine();
        bench.nowNs += 5 * SECOND;
        bench.expectAnswers();
        bench.settle();
        assertEquals(1, bench.answers());
        assertEquals(79, reply().correlationId());
        assertEquals(LockStatus.DONE, reply().status());
        assertEquals(3 * SECOND, reply().remaining());
        assertTrue(reply().fence() > ticket);
        assertEquals(1, bench.answersTo(encodeLook(80, other, "book", true)));
        assertEquals(LockStatus.DONE, reply().status());
        bench.nowNs += 3 * SECOND;
        bench.expectAnswers();
        bench.settle();
        assertEquals(0, bench.answers());
    }

    /**
     * An entry may be made before the question and applied behind it; here the clock goes back instead.
     */
    @Test
    void shouldNotTellWhoAwaitsItsTurnOfMoreThanRemainedWhenItAsked()
    {
        ask(session, LockAction.ACQUIRE, "book", 0, 5 * SECOND, 0);
        final long fence = reply().fence();
        ask(other, LockAction.ACQUIRE, "book", 0, 3 * SECOND, 20 * SECOND);
        bench.nowNs += 2 * SECOND;
        final Bench asking = new Bench(16 << 20, false);
        bench.partitions.onRequest(
            bench.requests.buffer, 0, encodeLook(79, other, "book", true), asking, bench.nowNs);
        bench.nowNs -= SECOND;
        assertEquals(LockStatus.DONE, ask(session, LockAction.RELEASE, "book", fence, 0, 0));
        final UnsafeBuffer answer = new UnsafeBuffer(asking.answerBytes(0, asking.answerLength()));
        asking.close();
        assertEquals(LockStatus.DONE, look(other, "book"));
        assertEquals(3 * SECOND, reply().remaining());
        assertEquals(
            2 * SECOND, new LockReplyDecoder().wrapAndApplyHeader(answer, 0, new MessageHeaderDecoder()).remaining());
    }

    @Test
    void shouldAnswerOnlyTheLastQuestionOfWhoAwaitsItsTurn()
    {
        final long ticket = waitInLine();
        assertEquals(1, bench.answersTo(encodeLook(80, other, "book", true)));
        assertEquals(79, reply().correlationId());
        assertEquals(LockStatus.QUEUED, reply().status());
        assertEquals(ticket, reply().fence());
        final int waived = bench.waived();
        assertEquals(0, bench.answersTo(encodeLook(80, other, "book", true)));
        assertEquals(waived + 1, bench.waived());
        final int release = encode(session, LockAction.RELEASE, "book", fenceOfHolder(), 0, 0);
        assertEquals(2, bench.answersTo(release));
    }

    private long fenceOfHolder()
    {
        look(0, "book");
        return reply().fence();
    }

    @Test
    void shouldAnswerWhoAwaitsItsTurnWhenItIsTakenOutOfTheLine()
    {
        waitInLine();
        assertEquals(2, bench.answersTo(bench.requests.closeSession(0, other)));
        assertEquals(1, bench.answersTo(encodeLook(81, other, "book", true)));
        assertEquals(LockStatus.HELD, reply().status());
    }

    @Test
    void shouldSendWhoAwaitsItsTurnToTheNextPrimary()
    {
        waitInLine();
        bench.expectAnswers();
        bench.partitions.partition(0).cease(new Replies(new Tally()));
        assertEquals(1, bench.answers());
        assertEquals(Reason.NOT_SERVING, bench.reason());
        assertEquals(79, bench.refusal().correlationId());
    }

    @Test
    void shouldTakeCommandsOfTheProcessItselfWithoutASession()
    {
        assertEquals(LockStatus.DONE, ask(0, LockAction.ACQUIRE, "book", 0, SECOND, 0));
        final long fence = reply().fence();
        assertEquals(LockStatus.HELD, ask(session, LockAction.ACQUIRE, "book", 0, SECOND, 0));
        assertEquals(LockStatus.DONE, ask(0, LockAction.RENEW, "book", fence, SECOND, 0));
        assertEquals(LockStatus.DONE, ask(0, LockAction.RELEASE, "book", fence, 0, 0));
    }

    @Test
    void shouldRefuseWhatCannotBe()
    {
        final long longest = Limits.MAX_DURATION_NS;
        assertEquals(Reason.EXPIRY_INVALID, refusal(session, LockAction.ACQUIRE, "book", 0, 0));
        assertEquals(Reason.EXPIRY_INVALID, refusal(session, LockAction.ACQUIRE, "book", -1, 0));
        assertEquals(Reason.EXPIRY_INVALID, refusal(session, LockAction.ACQUIRE, "book", longest + 1, 0));
        assertEquals(Reason.EXPIRY_INVALID, refusal(session, LockAction.RENEW, "book", Long.MIN_VALUE, 0));
        assertEquals(Reason.EXPIRY_INVALID, refusal(session, LockAction.ACQUIRE, "book", SECOND, -1));
        assertEquals(Reason.EXPIRY_INVALID, refusal(session, LockAction.ACQUIRE, "book", SECOND, longest + 1));
        assertEquals(Reason.KEY_EMPTY, refusal(session, LockAction.ACQUIRE, "", SECOND, 0));
        assertEquals(Reason.KEY_TOO_LONG, refusal(session, LockAction.ACQUIRE, "x".repeat(10_240), SECOND, 0));
        assertEquals(LockStatus.NOT_HOLDER, ask(session, LockAction.RENEW, "book", 5, SECOND, 0));
        assertEquals(LockStatus.DONE, ask(session, LockAction.ACQUIRE, "book", 0, longest, 0));
    }

    @Test
    void shouldRefuseMessagesThatAreCutOffOrHaveAnActionThatIsNone()
    {
        final int length = encode(session, LockAction.ACQUIRE, "book", 0, SECOND, 0);
        for (int cut = 1; cut <= 8; cut++)
        {
            assertFalse(bench.deliver(length - cut));
            assertEquals(Reason.MALFORMED, bench.reason());
            assertFalse(bench.deliver(length + cut));
            request.requestNumber(++number);
        }
        for (final byte action : new byte[]{5, 6, -1})
        {
            bench.requests.buffer.putByte(HEADER + LockRequestEncoder.actionEncodingOffset(), action);
            assertFalse(bench.deliver(length));
            assertEquals(Reason.MALFORMED, bench.reason());
            request.requestNumber(++number);
        }
        number--;
        assertEquals(LockStatus.DONE, ask(session, LockAction.ACQUIRE, "book", 0, SECOND, 0));
    }
}
