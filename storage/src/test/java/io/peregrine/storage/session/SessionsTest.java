package io.peregrine.storage.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.storage.codec.MessageHeaderEncoder;
import io.peregrine.storage.codec.ResultEncoder;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.session.Sessions.Verdict;
import java.util.function.LongPredicate;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SessionsTest
{
    private static final long ID = 10;
    private static final long TIMEOUT = 1000;
    private static final LongPredicate NOBODY = (id) -> false;

    private final Sessions sessions = new Sessions();
    private final UnsafeBuffer result = new UnsafeBuffer(new byte[Sessions.MAX_RESULT_LENGTH + 64]);

    private int encode(final long sequence, final int previousLength)
    {
        final ResultEncoder encoder =
            new ResultEncoder().wrapAndApplyHeader(result, 0, new MessageHeaderEncoder());
        encoder.sequence(sequence).status(ResultStatus.APPLIED).reserved((short) 0).failed(0).removed(0)
            .commandsCount(1).next().version(sequence).previousVersion(1)
            .putPrevious(new byte[previousLength], 0, previousLength);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    private void apply(final long id, final long number, final long lowest, final int previousLength)
    {
        final int length = encode(number, previousLength);
        sessions.applied(sessions.find(id), number, lowest, 5, result, 0, length);
    }

    private long keptResult(final long id, final long number)
    {
        if (!sessions.findResult(sessions.find(id), number))
        {
            return -1;
        }
        return sessions.resultBuffer().getLong(sessions.resultOffset() + 8);
    }

    @Test
    void shouldSayNoSessionWhenIdIsUnknown()
    {
        assertEquals(Verdict.NO_SESSION, sessions.classify(ID, 1, 1));
    }

    @Test
    void shouldRepeatFirstResultWhenRequestIsRetried()
    {
        sessions.open(ID, TIMEOUT, 0);
        assertEquals(Verdict.NEW, sessions.classify(ID, 1, 1));
        apply(ID, 1, 1, 3);
        assertEquals(Verdict.REPEATED, sessions.classify(ID, 1, 1));
        assertEquals(1, sessions.resultBuffer().getLong(sessions.resultOffset() + 8));
        assertEquals(encode(1, 3), sessions.resultLength());
    }

    @Test
    void shouldForgetResultWhenRequestWasAnswered()
    {
        sessions.open(ID, TIMEOUT, 0);
        apply(ID, 1, 1, 0);
        apply(ID, 2, 1, 0);
        apply(ID, 3, 3, 0);
        assertEquals(Verdict.FORGOTTEN, sessions.classify(ID, 2, 1));
        assertEquals(Verdict.REPEATED, sessions.classify(ID, 3, 1));
        assertEquals(3, keptResult(ID, 3));
    }

    @Test
    void shouldRefuseRequestWhenLowerNumberIsMissing()
    {
        sessions.open(ID, TIMEOUT, 0);
        assertEquals(Verdict.OUT_OF_ORDER, sessions.classify(ID, 2, 1));
        assertEquals(Verdict.NEW, sessions.classify(ID, 1, 1));
        assertEquals(Verdict.NEW, sessions.classify(ID, 2, 1));
        assertEquals(Verdict.OUT_OF_ORDER, sessions.classify(ID, 4, 1));
        assertEquals(Verdict.NEW, sessions.classify(ID, 9, 9));
    }

    @Test
    void shouldNotCallRequestNewAgainWhenItWasSeen()
    {
        sessions.open(ID, TIMEOUT, 0);
        assertEquals(Verdict.NEW, sessions.classify(ID, 1, 1));
        assertEquals(Verdict.SEEN, sessions.classify(ID, 1, 1));
        sessions.beginTerm(0);
        assertEquals(Verdict.NEW, sessions.classify(ID, 1, 1));
    }

    @Test
    void shouldForgetOvertakenRequestWhenItNeverBecameAnEntry()
    {
        sessions.open(ID, TIMEOUT, 0);
        apply(ID, 1, 1, 0);
        apply(ID, 3, 1, 0);
        assertEquals(Verdict.FORGOTTEN, sessions.classify(ID, 2, 1));
        assertEquals(1, keptResult(ID, 1));
        assertEquals(3, keptResult(ID, 3));
        assertEquals(Verdict.NEW, sessions.classify(ID, 4, 1));
    }

    @Test
    void shouldKeepNoMoreThanTheWindowWhenNothingIsAnswered()
    {
        sessions.open(ID, TIMEOUT, 0);
        for (int number = 1; number <= Sessions.MAX_RESULTS + 5; number++)
        {
            apply(ID, number, 1, 0);
        }
        assertEquals(-1, keptResult(ID, 5));
        assertEquals(6, keptResult(ID, 6));
        assertEquals(Sessions.MAX_RESULTS + 5, keptResult(ID, Sessions.MAX_RESULTS + 5));
    }

    @Test
    void shouldGiveOldestResultsWayWhenBytesAreShort()
    {
        final int sessionCount = 10;
        for (int id = 1; id <= sessionCount; id++)
        {
            sessions.open(id, TIMEOUT, 0);
        }
        final int each = 4096;
        int applied = 0;
        for (int number = 1; number <= 20; number++)
        {
            for (int id = 1; id <= sessionCount; id++)
            {
                apply(id, number, 1, each);
                applied++;
            }
        }
        final int frame = 24 + (encode(1, each) + 7) / 8 * 8;
        final int room = Sessions.MAX_RESULT_BYTES / frame;
        for (int i = 0; i < applied; i++)
        {
            final int number = 1 + i / sessionCount;
            final boolean isKept = i >= applied - room;
            assertEquals(isKept ? number : -1, keptResult(1 + i % sessionCount, number));
        }
    }

    @Test
    void shouldKeepResultsUpToTheLastByteOfTheLimit()
    {
        sessions.open(ID, TIMEOUT, 0);
        final int frame = 4096;
        final int count = Sessions.MAX_RESULT_BYTES / frame;
        final int overhead = 24 + 48;
        for (int number = 1; number <= count; number++)
        {
            apply(ID, number, 1, frame - overhead);
        }
        assertEquals(1, keptResult(ID, 1));
        apply(ID, count + 1, 1, frame - overhead + 1);
        assertEquals(-1, keptResult(ID, 1));
        assertEquals(-1, keptResult(ID, 2));
        assertEquals(3, keptResult(ID, 3));
    }

    @Test
    void shouldKeepResultWhenItsRequestNamesAHigherOneAsUnanswered()
    {
        sessions.open(ID, TIMEOUT, 0);
        apply(ID, 1, 5, 0);
        assertEquals(1, keptResult(ID, 1));
        apply(ID, 2, 1, 0);
        assertEquals(1, keptResult(ID, 1));
    }

    @Test
    void shouldKeepOthersWhenOneResultIsTooLong()
    {
        sessions.open(ID, TIMEOUT, 0);
        apply(ID, 1, 1, 0);
        apply(ID, 2, 1, Sessions.MAX_RESULT_LENGTH - 47);
        assertEquals(1, keptResult(ID, 1));
        assertEquals(-1, keptResult(ID, 2));
        assertEquals(Verdict.FORGOTTEN, sessions.classify(ID, 2, 1));
        apply(ID, 3, 1, Sessions.MAX_RESULT_LENGTH - 48);
        assertEquals(3, keptResult(ID, 3));
    }

    @Test
    void shouldBeDueWhenNotUsedForItsTimeout()
    {
        assertEquals(Long.MAX_VALUE, sessions.nextEnd());
        sessions.open(ID, TIMEOUT, 100);
        sessions.open(ID + 1, TIMEOUT * 3, 100);
        assertEquals(1100, sessions.nextEnd());
        assertEquals(0, sessions.due(1099, NOBODY));
        assertEquals(ID, sessions.due(1100, NOBODY));
        apply(ID, 1, 1, 0);
        assertEquals(ID, sessions.due(1100, NOBODY));
        assertFalse(sessions.close(ID, 100));
        assertTrue(sessions.close(ID, 5));
        assertFalse(sessions.close(ID, -1));
        assertEquals(0, sessions.due(2100, NOBODY));
        assertEquals(3100, sessions.nextEnd());
        assertEquals(ID + 1, sessions.due(3100, NOBODY));
    }

    @Test
    void shouldBeginTimeoutAnewWhenClientIsThere()
    {
        sessions.open(ID, TIMEOUT, 100);
        sessions.open(ID + 1, TIMEOUT, 100);
        final long digest = sessions.digest();
        assertEquals(ID + 1, sessions.due(1200, (id) -> id == ID));
        assertTrue(sessions.close(ID + 1, 100));
        assertEquals(0, sessions.due(1200, (id) -> id == ID));
        assertEquals(0, sessions.due(2199, NOBODY));
        assertEquals(2200, sessions.nextEnd());
        assertEquals(ID, sessions.due(2200, NOBODY));
        sessions.open(ID + 1, TIMEOUT, 100);
        assertEquals(digest, sessions.digest());
    }

    @Test
    void shouldBeginTimeoutAnewWhenPrimaryIsNew()
    {
        sessions.open(ID, TIMEOUT, 100);
        sessions.beginTerm(5000);
        assertEquals(0, sessions.due(5999, NOBODY));
        assertEquals(ID, sessions.due(6000, NOBODY));
    }

    @Test
    void shouldNeverBeDueWhenTimeoutIsEndless()
    {
        sessions.open(ID, Long.MAX_VALUE, 100);
        assertEquals(0, sessions.due(Long.MAX_VALUE - 1, NOBODY));
    }

    @Test
    void shouldGiveRoomBackWhenSessionEnds()
    {
        for (int round = 0; round < 300; round++)
        {
            sessions.open(ID + round, TIMEOUT, 0);
            for (int number = 1; number <= 4; number++)
            {
                apply(ID + round, number, 1, 10_000);
            }
            assertEquals(1, keptResult(ID + round, 1));
            assertTrue(sessions.close(ID + round, -1));
        }
        assertEquals(0, sessions.results.count());
        assertEquals(new Sessions().digest(), sessions.digest());
    }

    @Test
    void shouldDifferInDigestWhenAnythingDiffers()
    {
        sessions.open(ID, TIMEOUT, 0);
        long before = sessions.digest();
        apply(ID, 1, 1, 3);
        assertNotEquals(before, before = sessions.digest());
        sessions.open(ID + 1, TIMEOUT, 0);
        assertNotEquals(before, before = sessions.digest());
        apply(ID, 2, 2, 3);
        assertNotEquals(before, before = sessions.digest());
    }

    @Test
    void shouldBeTheSameWhenWrittenAndLoaded()
    {
        sessions.open(ID, TIMEOUT, 5);
        sessions.open(ID + 7, TIMEOUT, 6);
        for (int number = 1; number < 20; number++)
        {
            apply(ID, number, number - 3, number * 10);
            apply(ID + 7, number, 1, 5);
        }
        final UnsafeBuffer table = new UnsafeBuffer(new byte[SessionSnapshot.encodedLength(sessions)]);
        final SessionSnapshot snapshot = new SessionSnapshot();
        assertEquals(table.capacity(), snapshot.encode(sessions, table, 0));
        final Sessions loaded = new Sessions();
        assertTrue(snapshot.load(loaded, 100, table, 0, table.capacity()));
        assertEquals(sessions.digest(), loaded.digest());
        assertEquals(sessions.nextEnd(), loaded.nextEnd());
        assertFalse(snapshot.load(loaded, ID, table, 0, table.capacity()));
        assertEquals(sessions.digest(), loaded.digest());
        for (int cut = 1; cut < table.capacity(); cut++)
        {
            assertFalse(snapshot.load(loaded, 100, table, 0, table.capacity() - cut));
        }
    }
}
