package io.peregrine.storage.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import io.peregrine.storage.codec.Condition;
import io.peregrine.storage.codec.LockAction;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.codec.StructureKind;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Entries about locks, and writes that carry a fence.
 */
class LockEntriesTest
{
    private final StoreFixture fixture = new StoreFixture();
    private final Entries entries = new Entries();

    @AfterEach
    void close()
    {
        fixture.close();
    }

    @Test
    void shouldSayThatThereIsNoStructureUntilItIsMade()
    {
        assertNull(fixture.store.locks());
        assertEquals(ResultStatus.NO_STRUCTURE, acquire("book", 1, 50, 0).status());
        fixture.apply(entries.create(1).fenced(3, 77, 5));
        assertEquals(ResultStatus.NO_STRUCTURE, fixture.outcome.status());
        makeAll();
        assertEquals(ResultStatus.APPLIED, acquire("book", 1, 50, 0).status());
    }

    @Test
    void shouldMakeNoStructureOfAnIdThatIsOfAnotherKind()
    {
        fixture.apply(entries.create(StructureIds.LOCKS));
        fixture.apply(entries.create(StructureIds.FENCES));
        fixture.apply(entries.create(StructureIds.MAX_GIVEN + 1));
        fixture.apply(entries.create(5, StructureKind.LOCKS, 0));
        fixture.apply(entries.create(StructureIds.SEMAPHORES, StructureKind.LATCHES, 0));
        assertFalse(fixture.store.hasStructure(StructureIds.LOCKS));
        assertFalse(fixture.store.hasStructure(StructureIds.FENCES));
        assertFalse(fixture.store.hasStructure(StructureIds.MAX_GIVEN + 1));
        assertFalse(fixture.store.hasStructure(5));
        assertFalse(fixture.store.hasStructure(StructureIds.SEMAPHORES));
    }

    @Test
    void shouldTakeNoCommandOfAMapOnLocks()
    {
        makeAll();
        acquire("book", 1, 50, 0);
        final long digest = fixture.store.locks().map().size();
        assertEquals(
            ResultStatus.NO_STRUCTURE,
            fixture.apply(entries.command(Cmd.put(StructureIds.LOCKS, "book", "mine"))).status());
        assertEquals(
            ResultStatus.NO_STRUCTURE,
            fixture.apply(entries.batch(List.of(Cmd.remove(StructureIds.LOCKS, "book")))).status());
        fixture.apply(entries.evict(StructureIds.LOCKS, "book", entries.sequence));
        assertEquals(digest, fixture.store.locks().map().size());
    }

    @Test
    void shouldTellFenceAndEndWhichAreTheEntrysSequenceAndTimeWithTheLease()
    {
        makeAll();
        entries.time = 100;
        final Outcome outcome = acquire("book", 1, 50, 0);
        assertEquals(List.of(new Outcome.Found(entries.sequence, 150, "")), outcome.commands());
    }

    @Test
    void shouldGiveTheFirstAnswerWhenARequestIsRepeated()
    {
        makeAll();
        fixture.apply(entries.openSession(1000));
        final long session = entries.sequence;
        final Outcome first = fixture.apply(
            entries.request(session, 1, 1).lock(LockAction.ACQUIRE, "book", 1, 0, 50, 0));
        final long fence = first.commands().get(0).version();
        fixture.apply(entries.request(session, 2, 1).lock(LockAction.RELEASE, "book", 1, fence, 0, 0));
        assertEquals(
            first, fixture.apply(entries.request(session, 1, 1).lock(LockAction.ACQUIRE, "book", 1, 0, 50, 0)));
        assertEquals(0, fixture.store.locks().map().size());
    }

    @Test
    void shouldNameALeaseThatIsPastItsEndAndGiveTheLockOnWhenItExpires()
    {
        makeAll();
        fixture.apply(entries.openSession(10_000));
        final long session = entries.sequence;
        acquire("book", 1, 50, 0);
        final long end = fixture.outcome.commands().get(0).previousVersion();
        fixture.apply(entries.request(session, 1, 1).lock(LockAction.ACQUIRE, "book", 2, 0, 60, 1000));
        assertEquals(ResultStatus.QUEUED, fixture.outcome.status());
        assertTrue(fixture.store.deadlines().next() <= end);
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[Deadlines.maxLength(1)]);
        assertEquals(0, fixture.store.deadlines().encodeDue(1, dst.capacity(), end - 1, entries.sequence + 1, dst, 0));
        int length = 0;
        entries.sequence++;
        for (int turns = 0; turns < 100 && length == 0; turns++)
        {
            length = fixture.store.deadlines().encodeDue(1, dst.capacity(), end, entries.sequence, dst, 0);
        }
        fixture.apply(dst, length);
        assertTrue(look("book"));
        assertEquals(session, fixture.store.locks().view().session());
        assertEquals(entries.sequence, fixture.store.locks().view().fence());
        assertEquals(end + 60, fixture.store.locks().view().end());
    }

    @Test
    void shouldForgetThoseWhoWaitWhenTheirSessionIsClosed()
    {
        makeAll();
        acquire("book", 1, 50, 0);
        fixture.apply(entries.openSession(1000));
        final long session = entries.sequence;
        fixture.apply(entries.request(session, 1, 1).lock(LockAction.ACQUIRE, "book", 2, 0, 60, 1000));
        assertEquals(1, fixture.store.locks().queues().size());
        fixture.apply(entries.closeSession(session, 3));
        assertEquals(1, fixture.store.locks().queues().size());
        fixture.apply(entries.closeSession(session, -1));
        assertEquals(0, fixture.store.locks().queues().size());
    }

    @Test
    void shouldRefuseAWriteWithALowerFenceAndNameBoth()
    {
        makeAll();
        assertEquals(ResultStatus.APPLIED, put("new", 20).status());
        final Outcome refused = put("old", 19);
        assertEquals(ResultStatus.STALE_FENCE, refused.status());
        assertEquals(List.of(new Outcome.Found(20, 19, "")), refused.commands());
        assertEquals("new", new String(fixture.get(1, "key")));
        assertEquals(ResultStatus.APPLIED, put("newer", 20).status());
        assertEquals("newer", new String(fixture.get(1, "key")));
    }

    @Test
    void shouldLookAtTheFenceOfBatchesAndClearsToo()
    {
        makeAll();
        put("new", 20);
        fixture.apply(entries.batch(List.of(Cmd.put(1, "key", "old"))).fenced(3, 77, 19));
        assertEquals(ResultStatus.STALE_FENCE, fixture.outcome.status());
        fixture.apply(entries.clear(1).fenced(3, 77, 19));
        assertEquals(ResultStatus.STALE_FENCE, fixture.outcome.status());
        assertEquals("new", new String(fixture.get(1, "key")));
        fixture.apply(entries.clear(1).fenced(3, 77, 21));
        assertEquals(ResultStatus.APPLIED, fixture.outcome.status());
        assertEquals(21, fixture.store.fences().bound(3, 77));
    }

    @Test
    void shouldNotCountAFenceAsSeenWithWhichABatchDidNothing()
    {
        makeAll();
        fixture.apply(entries.batch(List.of(Cmd.put(1, "key", "x").when(Condition.PRESENT))).fenced(3, 77, 20));
        assertEquals(ResultStatus.CONDITION_FAILED, fixture.outcome.status());
        assertEquals(0, fixture.store.fences().bound(3, 77));
    }

    @Test
    void shouldKnowThePagesOfWhatIsWithin()
    {
        final EntryPages pages = new EntryPages();
        final int alone = pages.worst(entries.command(Cmd.put(1, "key", "value")).buffer, 0);
        assertTrue(alone > 0);
        assertEquals(alone, pages.worst(entries.fenced(3, 77, 20).buffer, 0));
        assertTrue(pages.worst(entries.lock(LockAction.ACQUIRE, "book", 1, 0, 50, 0).buffer, 0) > 0);
        assertTrue(pages.worst(entries.lock(LockAction.COUNT_DOWN, "book", 1, 0, 0, 0).buffer, 0) > 0);
        assertEquals(0, pages.worst(entries.lock(LockAction.RELEASE, "book", 1, 5, 0, 0).buffer, 0));
    }

    @Test
    void shouldKeepLocksSemaphoresAndLatchesOfOneNameApart()
    {
        makeAll();
        assertEquals(ResultStatus.APPLIED, acquire("book", 1, 50, 0).status());
        assertEquals(ResultStatus.APPLIED, permits("book", 4, 3).status());
        assertEquals(List.of(new Outcome.Found(entries.sequence, 51, "")), fixture.outcome.commands());
        assertEquals(ResultStatus.OTHER_TOTAL, permits("book", 5, 3).status());
        assertEquals(4, fixture.outcome.commands().get(0).version());
        assertEquals(ResultStatus.APPLIED, fixture.apply(entries.counting(StructureIds.LATCHES, 2, 0)
            .lock(LockAction.COUNT_DOWN, "book", 0, 0, 0, 0)).status());
        assertEquals(1, fixture.outcome.commands().get(0).version());
        assertEquals(1, fixture.store.locks().map().size());
        assertEquals(1, fixture.store.lines(StructureIds.SEMAPHORES).holders().size());
        assertEquals(1, fixture.store.lines(StructureIds.LATCHES).map().size());
    }

    @Test
    void shouldCountDownOnceWhenARequestIsRepeated()
    {
        makeAll();
        fixture.apply(entries.openSession(1000));
        final long session = entries.sequence;
        for (int i = 0; i < 3; i++)
        {
            fixture.apply(entries.request(session, 1, 1).counting(StructureIds.LATCHES, 2, 0)
                .lock(LockAction.COUNT_DOWN, "start", 0, 0, 0, 0));
            assertEquals(1, fixture.outcome.commands().get(0).version());
        }
    }

    @Test
    void shouldGivePermitsOnWhenTheSessionOfTheFirstOfTheLineIsClosed()
    {
        makeAll();
        permits("pool", 4, 3);
        fixture.apply(entries.openSession(1000));
        final long session = entries.sequence;
        fixture.apply(entries.request(session, 1, 1).counting(StructureIds.SEMAPHORES, 4, 4)
            .lock(LockAction.ACQUIRE, "pool", 2, 0, 50, 100));
        fixture.apply(entries.counting(StructureIds.SEMAPHORES, 4, 1)
            .lock(LockAction.ACQUIRE, "pool", 3, 0, 50, 100));
        assertEquals(ResultStatus.QUEUED, fixture.outcome.status());
        fixture.apply(entries.closeSession(session, -1));
        assertEquals(0, fixture.store.lines(StructureIds.SEMAPHORES).queues().size());
        assertEquals(2, fixture.store.lines(StructureIds.SEMAPHORES).holders().size());
    }

    private Outcome permits(final String name, final int total, final int many)
    {
        return fixture.apply(entries.counting(StructureIds.SEMAPHORES, total, many)
            .lock(LockAction.ACQUIRE, name, 1, 0, 50, 0));
    }

    private void makeAll()
    {
        fixture.apply(entries.create(1));
        fixture.apply(entries.create(StructureIds.LOCKS, StructureKind.LOCKS, 0));
        fixture.apply(entries.create(StructureIds.FENCES, StructureKind.FENCES, 0));
        fixture.apply(entries.create(StructureIds.SEMAPHORES, StructureKind.SEMAPHORES, 0));
        fixture.apply(entries.create(StructureIds.LATCHES, StructureKind.LATCHES, 0));
    }

    private Outcome acquire(final String name, final long holder, final long lease, final long wait)
    {
        return fixture.apply(entries.lock(LockAction.ACQUIRE, name, holder, 0, lease, wait));
    }

    private Outcome put(final String value, final long fence)
    {
        return fixture.apply(entries.command(Cmd.put(1, "key", value)).fenced(3, 77, fence));
    }

    private boolean look(final String name)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(name.getBytes());
        return fixture.store.locks().view().look(
            StoreFixture.hash(bytes, 0, bytes.capacity()), bytes, 0, bytes.capacity());
    }
}
