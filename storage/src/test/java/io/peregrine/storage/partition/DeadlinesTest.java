package io.peregrine.storage.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.storage.codec.CloseSessionEncoder;
import io.peregrine.storage.codec.ExpireEncoder;
import io.peregrine.storage.codec.TouchEncoder;
import io.peregrine.storage.log.EntryStamp;
import io.peregrine.storage.map.MapReader;
import io.peregrine.storage.map.MapStore;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest
{
    private static final int MAP = 1;
    private static final long SECOND = 1_000_000_000L;

    private final Entries entries = new Entries();
    private final StoreFixture fixture = new StoreFixture();
    private final Deadlines deadlines = fixture.store.deadlines();

    @BeforeEach
    void before()
    {
        fixture.apply(entries.create(MAP, MapStore.TRACED));
    }

    @AfterEach
    void after()
    {
        fixture.close();
    }

    private int applyDue(final int limit, final long now)
    {
        entries.length = deadlines.encodeDue(
            limit, Deadlines.maxLength(limit), now, entries.sequence + 1, entries.buffer, 0);
        return applyEncoded(now);
    }

    private int applyEncoded(final long now)
    {
        if (entries.length == 0)
        {
            return 0;
        }
        entries.sequence++;
        assertEquals(entries.sequence, EntryStamp.sequence(entries.buffer, 0));
        assertEquals(now, EntryStamp.time(entries.buffer, 0));
        assertEquals(0, EntryStamp.sessionId(entries.buffer, 0));
        fixture.apply(entries);
        return EntryStamp.templateId(entries.buffer, 0);
    }

    private int applyDue(final String key, final long now)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(key.getBytes());
        final long hash = StoreFixture.hash(bytes, 0, bytes.capacity());
        entries.length = deadlines.encodeDue(
            MAP, hash, bytes, 0, bytes.capacity(), now, entries.sequence + 1, entries.buffer, 0);
        assertEquals(entries.length > 0, deadlines.isPastEnd(MAP, hash, bytes, 0, bytes.capacity(), now));
        assertTrue(entries.length <= Deadlines.length(bytes.capacity()));
        return applyEncoded(now);
    }

    private void put(final String key, final long deadline, final long maxIdle)
    {
        fixture.apply(entries.command(Cmd.put(MAP, key, "v").ending(deadline, maxIdle)));
    }

    private void read(final String key, final long now)
    {
        final MapReader reader = fixture.maps.reader(MAP);
        final UnsafeBuffer bytes = new UnsafeBuffer(key.getBytes());
        final UnsafeBuffer to = new UnsafeBuffer(new byte[16]);
        assertEquals(1, reader.get(
            StoreFixture.hash(bytes, 0, bytes.capacity()), bytes, 0, bytes.capacity(), to, 0, 16, now));
    }

    @Test
    void shouldExpireOneKeyWhenItsDeadlineHasCome()
    {
        put("k", 100, 0);
        assertEquals(0, applyDue("k", 99));
        assertEquals(0, applyDue("other", 100));
        assertEquals(ExpireEncoder.TEMPLATE_ID, applyDue("k", 100));
        assertNull(fixture.get(MAP, "k"));
        assertEquals(0, applyDue("k", 100));
    }

    @Test
    void shouldExpireInBoundedEntriesWhenManyAreDue()
    {
        for (int i = 0; i < 200; i++)
        {
            put("key-" + i, i < 150 ? 10 * SECOND : 20 * SECOND, 0);
        }
        assertTrue(deadlines.next() <= 10 * SECOND);
        int rounds = 0;
        int calls = 0;
        while (deadlines.next() <= 10 * SECOND)
        {
            rounds += applyDue(50, 10 * SECOND) == 0 ? 0 : 1;
            calls++;
            assertTrue(calls <= 100, "does not end");
        }
        assertTrue(rounds >= 3);
        assertEquals(50, fixture.maps.map(MAP).size());
        assertTrue(deadlines.next() > 10 * SECOND);
        assertTrue(deadlines.next() <= 20 * SECOND);
    }

    @Test
    void shouldTouchAndNotExpireWhenIdleRecordWasRead()
    {
        entries.time = 10 * SECOND;
        put("read", 0, 10 * SECOND);
        put("idle", 0, 10 * SECOND);
        put("ends", 21 * SECOND, 20 * SECOND);
        read("read", 18 * SECOND);
        read("ends", 18 * SECOND);
        assertEquals(0, applyDue("read", 19 * SECOND));
        assertEquals(TouchEncoder.TEMPLATE_ID, applyDue("read", 20 * SECOND));
        assertNotNull(fixture.get(MAP, "read"));
        assertEquals(0, applyDue("read", 20 * SECOND));
        assertEquals(ExpireEncoder.TEMPLATE_ID, applyDue("idle", 20 * SECOND));
        assertEquals(ExpireEncoder.TEMPLATE_ID, applyDue("ends", 21 * SECOND));
        assertEquals(ExpireEncoder.TEMPLATE_ID, applyDue("read", 40 * SECOND));
    }

    @Test
    void shouldMakeOneEntryOfEachKindWhenBothAreDue()
    {
        entries.time = 10 * SECOND;
        for (int i = 0; i < 12; i++)
        {
            put("key-" + "x".repeat(i) + i, 0, 10 * SECOND);
            if (i % 3 == 0)
            {
                read("key-" + "x".repeat(i) + i, 15 * SECOND);
            }
        }
        int rounds = 0;
        while (deadlines.next() <= 21 * SECOND)
        {
            applyDue(Deadlines.MAX_RECORDS, 21 * SECOND);
            rounds++;
            assertTrue(rounds <= 20, "does not end");
        }
        assertEquals(4, fixture.maps.map(MAP).size());
        for (int i = 0; i < 12; i++)
        {
            assertEquals(i % 3 == 0, fixture.get(MAP, "key-" + "x".repeat(i) + i) != null);
        }
    }

    @Test
    void shouldEndSessionWhenItsClientIsGoneAndNotWhileItIsThere()
    {
        entries.time = 100;
        fixture.apply(entries.openSession(50));
        final long session = entries.sequence;
        assertEquals(150, deadlines.next());
        assertEquals(0, dueSession(149, true));
        final long digest = fixture.store.digest();
        assertEquals(0, dueSession(150, true));
        assertEquals(digest, fixture.store.digest());
        assertEquals(200, deadlines.next());
        assertEquals(0, dueSession(199, false));
        assertEquals(CloseSessionEncoder.TEMPLATE_ID, dueSession(200, false));
        assertNull(fixture.store.sessions().find(session));
        assertFalse(deadlines.next() <= 200 && dueSession(200, false) != 0);
    }

    private int dueSession(final long now, final boolean isAlive)
    {
        entries.length = deadlines.encodeDueSession(
            (id) -> isAlive, now, entries.sequence + 1, entries.buffer, 0);
        return applyEncoded(now);
    }
}
