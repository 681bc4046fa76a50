package io.peregrine.storage.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExpiryTest
{
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final long SECOND = 1_000_000_000L;

    private final Fixture fixture = new Fixture(64L << 20, MapStore.TRACED);
    private final List<Long> fired = new ArrayList<>();

    @AfterEach
    void close()
    {
        fixture.close();
    }

    private int expire(final long now, final int limit)
    {
        return fixture.space.expired(now, limit, (record) ->
        {
            assertTrue(record.end() <= now, "fired early");
            fired.add(Fixture.number(record, fixture.out));
            return fixture.remove(record);
        });
    }

    private void putUntil(final long number, final long deadline)
    {
        fixture.put(number, 30, fixture.expiry.set(deadline, 0, 0));
    }

    @Test
    void shouldFireAtTheDeadlineAndNotANanosecondBefore()
    {
        final long[] deadlines = {1, 500, SECOND, SECOND + 1, 3600 * SECOND, 90 * 86400 * SECOND, Long.MAX_VALUE - 1};
        for (int i = 0; i < deadlines.length; i++)
        {
            putUntil(i, deadlines[i]);
        }
        for (int i = 0; i < deadlines.length; i++)
        {
            assertTrue(fixture.space.nextDeadline() <= deadlines[i]);
            while (expire(deadlines[i] - 1, 8) == 8)
            {
                assertTrue(fired.size() <= i);
            }
            assertEquals(i, fired.size());
            assertEquals(30, fixture.get(i, deadlines[i] - 1));
            assertEquals(MapReader.ASK_WRITER, fixture.get(i, deadlines[i]));
            while (expire(deadlines[i], 8) == 8)
            {
                assertTrue(fired.size() <= i + 1);
            }
            assertEquals(i + 1, fired.size());
            assertEquals(MapReader.ABSENT, fixture.get(i, deadlines[i]));
        }
        assertEquals(Long.MAX_VALUE, fixture.space.nextDeadline());
    }

    /**
     * As where a copy leads once more, whose clock had run on when it led last: also what was shown then, and is still
     * there, waits for its end again.
     */
    @Test
    void shouldGoByTheTimeOfTheCallWhereItIsEarlierThanBefore()
    {
        for (int i = 0; i < 100; i++)
        {
            putUntil(i, (50 + i) * SECOND);
        }
        fixture.space.expired(100 * SECOND, 1000, (record) -> true);
        putUntil(100, 60 * SECOND);
        for (int second = 40; second < 150; second++)
        {
            expire(second * SECOND, 1000);
            final int ended = Math.max(0, second - 49);
            assertEquals(second < 60 ? ended : ended + 1, fired.size());
        }
        assertEquals(Long.MAX_VALUE, fixture.space.nextDeadline());
    }

    @Test
    void shouldAskForTheTimeOnlyWhenTheEntryHasAnExpiry()
    {
        try (Fixture untraced = new Fixture(64L << 20, 0))
        {
            untraced.put(1, 30, untraced.expiry.set(SECOND, 0, 0));
            untraced.put(2, 30, null);

            assertEquals(MapReader.TIME_NEEDED, untraced.get(1, MapReader.NO_TIME));
            assertEquals(30, untraced.get(1, SECOND - 1));
            assertEquals(30, untraced.get(2, MapReader.NO_TIME));
            assertEquals(MapReader.ABSENT, untraced.get(3, MapReader.NO_TIME));
        }
    }

    @Test
    void shouldAlwaysAskForTheTimeWhenReadsLeaveTraces()
    {
        fixture.put(2, 30, null);

        assertEquals(MapReader.TIME_NEEDED, fixture.get(2, MapReader.NO_TIME));
        assertEquals(30, fixture.get(2, 1));
    }

    @Test
    void shouldDoBoundedWorkPerCallWhenManyEndAtOnce()
    {
        final int entries = 10_000;
        for (int i = 0; i < entries; i++)
        {
            putUntil(i, 77 * SECOND + i % 3);
        }
        int calls = 0;
        while (fired.size() < entries)
        {
            final int before = fired.size();
            assertTrue(expire(100 * SECOND, 64) <= 64);
            assertTrue(fired.size() - before <= 64);
            assertTrue(calls++ < entries, "no progress");
        }
        assertEquals(0, fixture.store.size());
    }

    @Test
    void shouldFireExactlyWhatHasEndedWhenEndsAreANanosecondApartAndTheLimitIsSmall()
    {
        final int entries = 500;
        final long first = 77 * SECOND + 123_456;
        for (int i = 0; i < entries; i++)
        {
            putUntil(i, first + i * 7 % entries);
        }
        for (int ended = 0; ended <= entries; ended += 1 + ended % 13)
        {
            while (expire(first + ended - 1, 3) == 3)
            {
                assertTrue(fired.size() <= ended);
            }
            assertEquals(ended, fired.size());
            assertEquals(ended == entries ? Long.MAX_VALUE : first + ended, exactDeadline(first + ended - 1));
        }
    }

    private long exactDeadline(final long now)
    {
        final long next = fixture.space.nextDeadline();
        assertTrue(next > now, "already due");
        return next;
    }

    @Test
    void shouldFireWhatIsPutWithAnEndThatIsOverAlready()
    {
        expire(9 * SECOND, 10);
        putUntil(1, 9 * SECOND);
        putUntil(2, 9 * SECOND - 1);
        putUntil(3, 9 * SECOND + 1);
        putUntil(4, 1);
        expire(9 * SECOND, 100);
        assertEquals(Set.of(1L, 2L, 4L), Set.copyOf(fired));
        assertEquals(3, fired.size());
    }

    @Test
    void shouldVisitAgainWhatTheConsumerDidNotRemove()
    {
        putUntil(1, SECOND);
        putUntil(2, SECOND);
        for (int i = 0; i < 3; i++)
        {
            final List<Long> seen = new ArrayList<>();
            fixture.space.expired(2 * SECOND, 10, (record) -> seen.add(Fixture.number(record, fixture.out)));
            assertEquals(2, seen.size());
            assertEquals(0, fixture.space.nextDeadline());
        }
        putUntil(1, 9 * SECOND);
        assertEquals(1, fixture.space.expired(2 * SECOND, 10, (record) -> false));
        expire(2 * SECOND, 10);
        assertEquals(List.of(2L), fired);
    }

    @Test
    void shouldVisitTheOthersWhenTheConsumerRemovesWhatComesNext()
    {
        for (int i = 0; i < 6; i++)
        {
            putUntil(i, SECOND + i);
        }
        final Set<Long> seen = new TreeSet<>();
        fixture.space.expired(2 * SECOND, 100, (record) ->
        {
            final long number = Fixture.number(record, fixture.out);
            seen.add(number);
            return fixture.remove(number) && fixture.remove(number ^ 1);
        });
        assertEquals(3, seen.size());
        assertEquals(0, fixture.store.size());
        assertEquals(Long.MAX_VALUE, fixture.space.nextDeadline());
    }

    @Test
    void shouldKeepAnIdleEntryAliveByUsesInTheLogAndByTraces()
    {
        fixture.put(1, 10, fixture.expiry.set(0, SECOND, 10 * SECOND));
        fixture.put(2, 10, fixture.expiry.set(11 * SECOND, 5 * SECOND, 10 * SECOND));
        assertEquals(10, fixture.get(1, 10 * SECOND + 900_000_000));
        final long handle = fixture.store.find(fixture.key(1), fixture.key, 0, 16);
        final long traced = fixture.store.wrap(handle).traced();
        assertTrue(traced >= 10 * SECOND + 900_000_000 && traced < 11 * SECOND, "traced " + traced);
        assertEquals(11 * SECOND, fixture.store.wrap(handle).end());
        fixture.store.touch(handle, 10 * SECOND + 900_000_000);
        fixture.store.touch(handle, 10 * SECOND);
        assertEquals(11 * SECOND + 900_000_000, fixture.store.wrap(handle).end());
        expire(11 * SECOND + 899_999_999, 10);
        assertEquals(List.of(2L), fired);
        expire(12 * SECOND, 10);
        assertEquals(List.of(2L, 1L), fired);
    }

    @Test
    void shouldMoveTheEndWhenExpiryIsReplaced()
    {
        fixture.put(1, 20_000);
        assertEquals(Long.MAX_VALUE, fixture.space.nextDeadline());
        assertTrue(setExpiry(fixture.expiry.set(SECOND, 0, 0)));
        assertTrue(setExpiry(fixture.expiry.set(SECOND, 4 * SECOND, 0)));
        assertTrue(setExpiry(fixture.expiry.set(3 * SECOND, 0, 0)));
        expire(2 * SECOND, 10);
        assertEquals(20_000, fixture.get(1, 2 * SECOND));
        assertTrue(setExpiry(fixture.expiry.none()));
        expire(5 * SECOND, 10);
        assertEquals(20_000, fixture.get(1, 5 * SECOND));
        assertEquals(Long.MAX_VALUE, fixture.space.nextDeadline());
        fixture.remove(1);
        assertFalse(setExpiry(fixture.expiry));
        assertThrows(IllegalArgumentException.class, () -> fixture.expiry.set(-1, 0, 0));
        assertEquals(Long.MAX_VALUE, fixture.expiry.set(0, Long.MAX_VALUE, SECOND).end());
    }

    private boolean setExpiry(final Expiry expiry)
    {
        return fixture.store.setExpiry(fixture.key(1), fixture.key, 0, 16, expiry, ++fixture.version);
    }

    @Test
    void shouldSkipWhatWasClearedButNotYetReclaimed()
    {
        for (int i = 0; i < 100; i++)
        {
            putUntil(i, SECOND + i);
        }
        fixture.store.clear();
        putUntil(5, SECOND);
        while (expire(3 * SECOND, 10) > 0)
        {
            assertTrue(fired.size() <= 1);
        }
        assertEquals(List.of(5L), fired);
        fixture.store.clear();
        fixture.reclaimAll();
        assertEquals(0, fixture.pool.usedPages());
    }

    @Test
    void shouldFireAllInTimeWhenTimeJumpsAtRandom()
    {
        final Random random = new Random(SEED);
        long now = random.nextLong() >>> 20;
        for (int round = 0; round < 2_000; round++)
        {
            final long deadline = now + (random.nextLong() >>> (4 + random.nextInt(58)));
            putUntil(round, Math.max(1, deadline < 0 ? Long.MAX_VALUE - 1 : deadline));
            now += random.nextLong() >>> (24 + random.nextInt(38));
            while (expire(now, 16) == 16)
            {
                assertTrue(fired.size() <= round + 1);
            }
            final long time = now;
            fixture.store.scan(0, Integer.MAX_VALUE, (record) ->
            {
                assertTrue(record.end() > time, () -> "late, seed " + SEED);
                return true;
            });
        }
    }
}
