package io.peregrine.node.partition;

import io.peregrine.client.codec.Action;
import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.Condition;
import io.peregrine.client.codec.Reason;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.partition.Requests.Op;
import io.peregrine.storage.session.Sessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.IntSupplier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Requests that are sent again: each is carried out once, and answered as the first time.
 */
class SessionRequestsTest
{
    private static final long SECOND = 1_000_000_000L;
    private static final int OTHER_MEMBER = 77;

    private final Bench bench = new Bench(16 << 20, false);
    private final int map = bench.define("map", 0, 0);
    private long session;

    @BeforeEach
    void open()
    {
        session = bench.openSession(0, 10 * SECOND);
    }

    @AfterEach
    void close()
    {
        bench.close();
    }

    private byte[] answerOf(final long number, final IntSupplier request)
    {
        bench.requests.session(session, number, 1);
        assertTrue(bench.deliver(request.getAsInt()));
        final byte[] bytes = bench.answerBytes(0, bench.answerLength());
        java.util.Arrays.fill(bytes, 8, 16, (byte) 0);
        return bytes;
    }

    private void assertRepeats(final long number, final IntSupplier request)
    {
        final byte[] first = answerOf(number, request);
        final long digest = bench.digest(0);
        assertArrayEquals(first, answerOf(number, request));
        assertEquals(digest, bench.digest(0));
    }

    @Test
    void shouldGiveFirstAnswerWhenRequestOfAnyKindIsRetried()
    {
        final Op put = new Op(map, "a").put(new byte[]{1, 2, 3});
        final Op absent = new Op(map, "a").put(new byte[]{9}).when(Condition.ABSENT);
        final Op add = new Op(map, "n").add(5);
        final Op remove = new Op(map, "a").action(Action.REMOVE);
        assertRepeats(1, () -> bench.requests.command(0, put));
        assertRepeats(2, () -> bench.requests.command(0, absent));
        assertRepeats(3, () -> bench.requests.command(0, add));
        assertRepeats(4, () -> bench.requests.command(0, add));
        assertRepeats(5, () -> bench.requests.batch(0, List.of(put, add, remove)));
        assertRepeats(6, () -> bench.requests.batch(0, List.of(put, absent)));
        assertRepeats(7, () -> bench.requests.command(0, remove));
        assertRepeats(8, () -> bench.requests.clear(0, map));
        assertEquals(0, bench.size(0, map));
    }

    @Test
    void shouldTellHowManyWereRemovedWhenClearIsRetried()
    {
        for (int i = 0; i < 5; i++)
        {
            assertTrue(bench.deliver(bench.requests.command(0, new Op(map, "k" + i))));
        }
        bench.requests.session(session, 1, 1);
        assertTrue(bench.deliver(bench.requests.clear(0, map)));
        assertEquals(5, bench.clearReply().removed());
        bench.requests.session(0, 0, 0);
        assertTrue(bench.deliver(bench.requests.command(0, new Op(map, "later"))));
        bench.requests.session(session, 1, 1);
        assertTrue(bench.deliver(bench.requests.clear(0, map)));
        assertEquals(5, bench.clearReply().removed());
        assertEquals(1, bench.size(0, map));
    }

    @Test
    void shouldGiveFirstAnswerWhenMapWasDestroyedMeanwhile()
    {
        final Op put = new Op(map, "a").put(new byte[]{1});
        final byte[] first = answerOf(1, () -> bench.requests.command(0, put));
        final byte[] batch = answerOf(2, () -> bench.requests.batch(0, List.of(put)));
        final byte[] clear = answerOf(3, () -> bench.requests.clear(0, map));
        bench.drop(map);
        bench.settle();
        assertArrayEquals(first, answerOf(1, () -> bench.requests.command(0, put)));
        assertArrayEquals(batch, answerOf(2, () -> bench.requests.batch(0, List.of(put))));
        assertArrayEquals(clear, answerOf(3, () -> bench.requests.clear(0, map)));
    }

    @Test
    void shouldStayRefusedWhenRefusedRequestIsRetriedAndItWouldWorkNow()
    {
        final Op put = new Op(map, "a").put(new byte[]{1});
        final Op tooLong = new Op(map, "k".repeat(5000));
        bench.requests.session(session, 1, 1);
        assertFalse(bench.deliver(bench.requests.command(0, tooLong)));
        bench.requests.session(session, 1, 1);
        assertFalse(bench.deliver(bench.requests.command(0, put)));
        assertEquals(AnswerKind.REFUSED, bench.refusal().kind());
        bench.requests.session(session, 2, 1);
        assertTrue(bench.deliver(bench.requests.command(0, put)));
    }

    @Test
    void shouldRefuseRetryThatAsksForSomethingElse()
    {
        final Op put = new Op(map, "a").put(new byte[]{1});
        answerOf(1, () -> bench.requests.command(0, put));
        answerOf(2, () -> bench.requests.batch(0, List.of(put, put)));
        answerOf(3, () -> bench.requests.clear(0, map));
        for (int number = 1; number <= 3; number++)
        {
            bench.requests.session(session, number, 1);
            assertEquals(number == 1, bench.deliver(bench.requests.command(0, put)));
            assertEquals(number == 2, bench.deliver(bench.requests.batch(0, List.of(put, put))));
            assertFalse(bench.deliver(bench.requests.batch(0, List.of(put, put, put))));
            assertEquals(Reason.MALFORMED, bench.reason());
            assertEquals(number == 3, bench.deliver(bench.requests.clear(0, map)));
        }
        assertEquals(0, bench.partitions.partition(0).store().maps().map(map).size());
    }

    @Test
    void shouldRefuseNumbersThatCannotBe()
    {
        for (final long number : new long[]{0, -1, Long.MIN_VALUE, Long.MAX_VALUE, Sessions.MAX_REQUEST_NUMBER + 1})
        {
            bench.requests.session(session, number, number);
            assertFalse(bench.deliver(bench.requests.command(0, new Op(map, "a"))));
            assertEquals(Reason.MALFORMED, bench.reason());
        }
        bench.requests.session(session, Sessions.MAX_REQUEST_NUMBER, Sessions.MAX_REQUEST_NUMBER);
        assertTrue(bench.deliver(bench.requests.command(0, new Op(map, "a"))));
        bench.closeSession(0, session);
        assertEquals(0, bench.partitions.sessions());
    }

    @Test
    void shouldSayUnknownWhenAnswerIsForgotten()
    {
        final Op put = new Op(map, "a").put(new byte[]{1});
        answerOf(1, () -> bench.requests.command(0, put));
        bench.requests.session(session, 2, 2);
        assertTrue(bench.deliver(bench.requests.command(0, put)));
        bench.requests.session(session, 1, 1);
        assertFalse(bench.deliver(bench.requests.command(0, put)));
        assertEquals(AnswerKind.UNKNOWN, bench.refusal().kind());
        assertEquals(Reason.ANSWER_LOST, bench.reason());
    }

    @Test
    void shouldAnswerWhoeverAskedLastWhenEntryIsUnderWay()
    {
        answerOf(1, () -> bench.requests.command(0, new Op(map, "a")));
        bench.decide(0, 2, 0, OTHER_MEMBER);
        bench.requests.session(session, 2, 1);
        final int length = bench.requests.command(0, new Op(map, "n").add(5));
        assertEquals(0, bench.answersTo(length));
        assertEquals(0, bench.waived());
        assertEquals(0, bench.answersTo(bench.requests.command(0, new Op(map, "n").add(5))));
        final long correlationId = bench.requests.correlationId();
        assertEquals(1, bench.waived(), "who asked first");
        assertEquals(0, bench.size(0, map) - 1, "not committed");
        bench.expectAnswers();
        bench.decide(0, 3, 0);
        assertEquals(1, bench.answers());
        assertEquals(correlationId, bench.mapReply().correlationId());
        assertEquals(5, bench.mapReply().number());
        assertRepeats(2, () -> bench.requests.command(0, new Op(map, "n").add(5)));
    }

    @Test
    void shouldKeepSessionOfClientThatIsThereAndEndItWhenItIsGone()
    {
        final long[] there = {session};
        bench.partitions.sessionOwners((partition, id) -> partition == 0 && id == there[0]);
        final long appended = bench.partitions.partition(0).log().last();
        for (int i = 0; i < 20; i++)
        {
            bench.nowNs += 7 * SECOND;
            bench.settle();
            assertEquals(1, bench.partitions.sessions());
        }
        assertEquals(appended, bench.partitions.partition(0).log().last(), "an entry for a client that is idle");
        there[0] = 0;
        bench.nowNs += 21 * SECOND;
        bench.settle();
        assertEquals(0, bench.partitions.sessions());
    }

    @Test
    void shouldGiveSessionsTheirWholeTimeoutWhenPrimaryIsNew()
    {
        bench.nowNs += 9 * SECOND;
        bench.partitions.partition(0).store().sessions().beginTerm(bench.partitions.partition(0).time(bench.nowNs));
        bench.nowNs += 9 * SECOND;
        bench.settle();
        assertEquals(1, bench.partitions.sessions());
        bench.nowNs += 2 * SECOND;
        bench.settle();
        assertEquals(0, bench.partitions.sessions());
    }

    @Test
    void shouldRefuseSessionsOverTheLimitWhileTheirEntriesAreUnderWay()
    {
        for (int open = 1; open < Sessions.MAX_SESSIONS - 3; open++)
        {
            assertTrue(bench.openSession(0, SECOND) != 0);
        }
        bench.decide(0, 2, 0, OTHER_MEMBER);
        for (int i = 0; i < 3; i++)
        {
            assertEquals(0, bench.answersTo(bench.requests.openSession(0, SECOND)));
        }
        assertEquals(0, bench.openSession(0, SECOND));
        assertEquals(Reason.TOO_MANY_SESSIONS, bench.reason());
        bench.expectAnswers();
        bench.decide(0, 3, 0);
        assertEquals(3, bench.answers());
        assertEquals(Sessions.MAX_SESSIONS, bench.partitions.sessions());
        assertEquals(0, bench.openSession(0, SECOND));
        bench.closeSession(0, session);
        assertTrue(bench.openSession(0, SECOND) != 0);
    }

    @Test
    void shouldEndAllSessionsOfADestroyedPastWithoutTheirMaps()
    {
        bench.control.decide(new ControlCommand.Drop(map));
        bench.partitions.onControl(bench.control.view(), bench.nowNs);
        bench.requests.session(session, 1, 1);
        assertFalse(bench.deliver(bench.requests.command(0, new Op(map, "a"))));
        assertEquals(Reason.DESTROYED, bench.reason());
        bench.nowNs += 11 * SECOND;
        bench.settle();
        assertEquals(0, bench.partitions.sessions());
        assertNull(bench.partitions.partition(0).store().sessions().find(session));
    }
}
