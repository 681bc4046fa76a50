package io.peregrine.storage.partition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.peregrine.storage.codec.Action;
import io.peregrine.storage.codec.Condition;
import io.peregrine.storage.codec.ResultStatus;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionStoreTest
{
    private static final int MAP = 1;
    private static final int OTHER = 9;

    private final Entries entries = new Entries();
    private final StoreFixture fixture = new StoreFixture();

    @BeforeEach
    void before()
    {
        fixture.apply(entries.create(MAP));
    }

    @AfterEach
    void after()
    {
        fixture.close();
    }

    private Outcome apply(final Cmd cmd)
    {
        return fixture.apply(entries.command(cmd));
    }

    private Outcome batch(final Cmd... commands)
    {
        return fixture.apply(entries.batch(List.of(commands)));
    }

    private static void assertFound(
        final Outcome outcome, final int index, final long version, final long previousVersion)
    {
        assertEquals(version, outcome.commands().get(index).version());
        assertEquals(previousVersion, outcome.commands().get(index).previousVersion());
    }

    private long number(final String key)
    {
        return Cmd.number(fixture.get(MAP, key));
    }

    @Test
    void shouldAnswerNoStructureWhenItIsNotThere()
    {
        assertEquals(ResultStatus.NO_STRUCTURE, apply(Cmd.put(OTHER, "k", "v")).status());
        assertEquals(ResultStatus.NO_STRUCTURE, fixture.apply(entries.clear(OTHER)).status());
        assertEquals(ResultStatus.NO_STRUCTURE, fixture.apply(entries.drop(OTHER)).status());
        final Outcome outcome = batch(Cmd.put(MAP, "k", "v"), Cmd.put(OTHER, "k", "v"));
        assertEquals(ResultStatus.NO_STRUCTURE, outcome.status());
        assertEquals(1, outcome.failed());
        assertNull(fixture.get(MAP, "k"));
        assertFalse(fixture.store.hasStructure(OTHER));
    }

    @Test
    void shouldForgetEverythingWhenStructureIsDropped()
    {
        apply(Cmd.put(MAP, "k", "v"));
        assertEquals(ResultStatus.APPLIED, fixture.apply(entries.drop(MAP)).status());
        assertFalse(fixture.store.hasStructure(MAP));
        assertEquals(ResultStatus.NO_STRUCTURE, apply(Cmd.put(MAP, "k", "v")).status());
    }

    @Test
    void shouldKeepRecordsWhenStructureIsCreatedAgain()
    {
        apply(Cmd.put(MAP, "k", "v"));
        fixture.apply(entries.create(MAP));
        assertEquals(1, fixture.maps.map(MAP).size());
    }

    @Test
    void shouldTellVersionsAndPreviousValueWhenOverwritten()
    {
        final Outcome first = apply(Cmd.put(MAP, "k", "one").returning());
        assertFound(first, 0, entries.sequence, 0);
        final long version = entries.sequence;
        final Outcome second = apply(Cmd.put(MAP, "k", "").returning());
        assertFound(second, 0, entries.sequence, version);
        assertEquals("6f6e65", second.commands().get(0).previous());
        assertArrayEquals(new byte[0], fixture.get(MAP, "k"));
        final Outcome third = apply(Cmd.remove(MAP, "k"));
        assertFound(third, 0, 0, entries.sequence - 1);
        assertEquals("", third.commands().get(0).previous());
        assertFound(apply(Cmd.remove(MAP, "k")), 0, 0, 0);
    }

    @Test
    void shouldDoNothingWhenConditionFails()
    {
        apply(Cmd.put(MAP, "k", "v"));
        final long version = entries.sequence;
        final List<Cmd> failing = List.of(
            Cmd.put(MAP, "k", "w").when(Condition.ABSENT),
            Cmd.put(MAP, "none", "w").when(Condition.PRESENT),
            Cmd.put(MAP, "k", "w").whenVersion(version + 1),
            Cmd.put(MAP, "k", "w").whenVersion(0),
            Cmd.put(MAP, "none", "w").whenVersion(version),
            Cmd.put(MAP, "k", "w").whenValue("vv".getBytes()),
            Cmd.put(MAP, "none", "w").whenValue(new byte[0]),
            Cmd.remove(MAP, "k").whenValue(new byte[0]));
        for (final Cmd cmd : failing)
        {
            final Outcome outcome = apply(cmd.returning());
            assertEquals(ResultStatus.CONDITION_FAILED, outcome.status());
            final boolean isThere = cmd.key.equals("k");
            assertFound(outcome, 0, isThere ? version : 0, isThere ? version : 0);
            assertEquals(isThere ? "76" : "", outcome.commands().get(0).previous());
        }
        assertArrayEquals("v".getBytes(), fixture.get(MAP, "k"));
        assertNull(fixture.get(MAP, "none"));
    }

    @Test
    void shouldCarryOutWhenConditionHolds()
    {
        assertEquals(ResultStatus.APPLIED, apply(Cmd.put(MAP, "k", "v").when(Condition.ABSENT)).status());
        final long version = entries.sequence;
        assertEquals(ResultStatus.APPLIED, apply(Cmd.check(MAP, "k").whenVersion(version)).status());
        assertEquals(ResultStatus.APPLIED, apply(Cmd.check(MAP, "none").whenVersion(0)).status());
        assertEquals(ResultStatus.APPLIED, apply(Cmd.check(MAP, "k").when(Condition.PRESENT)).status());
        assertEquals(ResultStatus.APPLIED, apply(Cmd.put(MAP, "k", "w").whenValue("v".getBytes())).status());
        assertArrayEquals("w".getBytes(), fixture.get(MAP, "k"));
    }

    @Test
    void shouldAddFromZeroWhenAbsent()
    {
        assertEquals(ResultStatus.APPLIED, apply(Cmd.add(MAP, "n", 5)).status());
        assertEquals(5, number("n"));
        assertEquals("0500000000000000", apply(Cmd.add(MAP, "n", -7).returning()).commands().get(0).previous());
        assertEquals(-2, number("n"));
    }

    @Test
    void shouldNotAddWhenValueIsNoNumberOrSumIsTooLarge()
    {
        apply(Cmd.put(MAP, "k", "1234567"));
        assertEquals(ResultStatus.NOT_A_NUMBER, apply(Cmd.add(MAP, "k", 1)).status());
        apply(Cmd.put(MAP, "n", Long.MAX_VALUE));
        assertEquals(ResultStatus.OVERFLOW, apply(Cmd.add(MAP, "n", 1)).status());
        assertEquals(Long.MAX_VALUE, number("n"));
        apply(Cmd.put(MAP, "m", Long.MIN_VALUE));
        assertEquals(ResultStatus.OVERFLOW, apply(Cmd.add(MAP, "m", -1)).status());
        assertEquals(ResultStatus.APPLIED, apply(Cmd.add(MAP, "m", Long.MAX_VALUE)).status());
        assertEquals(-1, number("m"));
    }

    @Test
    void shouldKeepExpiryWhenAddedTo()
    {
        entries.time = 10;
        apply(Cmd.put(MAP, "n", 1).ending(500, 100));
        entries.time = 60;
        apply(Cmd.add(MAP, "n", 1));
        assertTrue(isPastEnd("n", 160));
        assertFalse(isPastEnd("n", 159));
        apply(Cmd.put(MAP, "n", 1));
        assertFalse(isPastEnd("n", Long.MAX_VALUE - 1));
        apply(Cmd.add(MAP, "n", 1).ending(70, 0));
        assertFalse(isPastEnd("n", Long.MAX_VALUE - 1));
        apply(Cmd.add(MAP, "new", 1).ending(70, 0));
        assertTrue(isPastEnd("new", 70));
    }

    private boolean isPastEnd(final String key, final long now)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(key.getBytes());
        final int length = bytes.capacity();
        return fixture.store.deadlines().isPastEnd(
            MAP, StoreFixture.hash(bytes, 0, length), bytes, 0, length, now);
    }

    @Test
    void shouldKeepVersionAndValueWhenExpiryIsSet()
    {
        apply(Cmd.put(MAP, "k", "v"));
        final long version = entries.sequence;
        assertFound(apply(Cmd.of(MAP, Action.EXPIRE, "k").ending(50, 0)), 0, version, version);
        assertTrue(isPastEnd("k", 50));
        assertArrayEquals("v".getBytes(), fixture.get(MAP, "k"));
        assertFound(apply(Cmd.of(MAP, Action.EXPIRE, "none").ending(50, 0)), 0, 0, 0);
        apply(Cmd.of(MAP, Action.EXPIRE, "k"));
        assertFalse(isPastEnd("k", 50));
    }

    @Test
    void shouldSeeRecordPastItsEndWhenItsExpiryIsNotApplied()
    {
        apply(Cmd.put(MAP, "k", "v").ending(5, 0));
        entries.time = 1000;
        assertEquals(ResultStatus.CONDITION_FAILED, apply(Cmd.put(MAP, "k", "w").when(Condition.ABSENT)).status());
        fixture.apply(entries.expire(MAP, "k", 6));
        assertEquals(1, fixture.maps.map(MAP).size());
        fixture.apply(entries.expire(MAP, "k", 5));
        assertEquals(ResultStatus.APPLIED, apply(Cmd.put(MAP, "k", "w").when(Condition.ABSENT)).status());
    }

    @Test
    void shouldNeverLetTimeGoBackWhenEntriesDo()
    {
        entries.time = 100;
        fixture.apply(entries.advanceTime());
        entries.time = 50;
        fixture.apply(entries.advanceTime());
        assertEquals(100, fixture.store.time());
        assertEquals(entries.sequence, fixture.store.sequence());
    }

    @Test
    void shouldDoAllOrNothingWhenBatchHasConditions()
    {
        apply(Cmd.put(MAP, "a", "1"));
        fixture.apply(entries.create(OTHER));
        final Outcome failed = batch(
            Cmd.put(MAP, "a", "2").when(Condition.PRESENT),
            Cmd.put(OTHER, "b", "2").when(Condition.PRESENT).returning());
        assertEquals(ResultStatus.CONDITION_FAILED, failed.status());
        assertEquals(1, failed.failed());
        assertEquals(1, failed.commands().size());
        assertArrayEquals("1".getBytes(), fixture.get(MAP, "a"));
        final Outcome done = batch(
            Cmd.put(MAP, "a", "2").when(Condition.PRESENT), Cmd.put(OTHER, "b", "2").when(Condition.ABSENT));
        assertEquals(ResultStatus.APPLIED, done.status());
        assertArrayEquals("2".getBytes(), fixture.get(MAP, "a"));
        assertArrayEquals("2".getBytes(), fixture.get(OTHER, "b"));
    }

    @Test
    void shouldCheckStateBeforeBatchWhenKeyIsTwiceInIt()
    {
        final Outcome outcome = batch(
            Cmd.put(MAP, "a", "1").when(Condition.ABSENT), Cmd.put(MAP, "a", "2").when(Condition.ABSENT).returning());
        assertEquals(ResultStatus.APPLIED, outcome.status());
        assertFound(outcome, 0, entries.sequence, 0);
        assertFound(outcome, 1, entries.sequence, entries.sequence);
        assertEquals("31", outcome.commands().get(1).previous());
        assertArrayEquals("2".getBytes(), fixture.get(MAP, "a"));
    }

    @Test
    void shouldFollowEarlierCommandsWhenBatchAddsToTheSameKey()
    {
        apply(Cmd.put(MAP, "n", "text"));
        assertEquals(ResultStatus.APPLIED, batch(
            Cmd.remove(MAP, "n"), Cmd.add(MAP, "n", 5), Cmd.put(MAP, "n", 7), Cmd.add(MAP, "n", 1)).status());
        assertEquals(8, number("n"));
        final Outcome overflow = batch(
            Cmd.add(MAP, "n", Long.MAX_VALUE - 8), Cmd.put(MAP, "x", "y"), Cmd.add(MAP, "n", 1));
        assertEquals(ResultStatus.OVERFLOW, overflow.status());
        assertEquals(2, overflow.failed());
        assertEquals(8, number("n"));
        assertNull(fixture.get(MAP, "x"));
        assertEquals(
            ResultStatus.NOT_A_NUMBER, batch(Cmd.put(MAP, "n", "text"), Cmd.add(MAP, "n", 1)).status());
    }

    @Test
    void shouldAddUpWhenABatchIsFullOfAddsToAFewKeys()
    {
        final Cmd[] commands = new Cmd[PartitionStore.MAX_BATCH_COMMANDS];
        for (int i = 0; i < commands.length; i++)
        {
            commands[i] = i % 100 == 99 ? Cmd.put(MAP, "n" + i % 3, i) : Cmd.add(MAP, "n" + i % 7, i);
        }
        final long[] expected = new long[7];
        for (int i = 0; i < commands.length; i++)
        {
            if (i % 100 == 99)
            {
                expected[i % 3] = i;
            }
            else
            {
                expected[i % 7] += i;
            }
        }
        assertEquals(ResultStatus.APPLIED, batch(commands).status());
        for (int key = 0; key < expected.length; key++)
        {
            assertEquals(expected[key], number("n" + key));
        }
    }

    @Test
    void shouldFollowEveryAddOfABatchWhenItAsksWhetherTheSumFits()
    {
        final Outcome overflow = batch(
            Cmd.add(MAP, "n", 1), Cmd.add(MAP, "n", 1), Cmd.add(MAP, "n", 1), Cmd.add(MAP, "n", Long.MAX_VALUE - 2));
        assertEquals(ResultStatus.OVERFLOW, overflow.status());
        assertEquals(3, overflow.failed());
        assertNull(fixture.get(MAP, "n"));
        assertEquals(ResultStatus.APPLIED, batch(
            Cmd.add(MAP, "n", Long.MAX_VALUE), Cmd.add(MAP, "n", -5), Cmd.add(MAP, "n", 3)).status());
        assertEquals(Long.MAX_VALUE - 2, number("n"));
    }

    @Test
    void shouldCarryOutOnceWhenRequestIsRepeatedInTheLog()
    {
        fixture.apply(entries.openSession(1000));
        final long session = entries.sequence;
        final Outcome first = fixture.apply(entries.request(session, 1, 1).command(Cmd.add(MAP, "n", 5).returning()));
        assertEquals(first, fixture.apply(entries.request(session, 1, 1).command(Cmd.add(MAP, "n", 5).returning())));
        assertEquals(5, number("n"));
        fixture.apply(entries.request(session, 2, 2).command(Cmd.add(MAP, "n", 5)));
        assertEquals(
            ResultStatus.FORGOTTEN,
            fixture.apply(entries.request(session, 1, 1).command(Cmd.add(MAP, "n", 5))).status());
        assertEquals(10, number("n"));
    }

    @Test
    void shouldNotCarryOutWhenSessionHasEnded()
    {
        fixture.apply(entries.openSession(1000));
        final long session = entries.sequence;
        fixture.apply(entries.closeSession(session, -1));
        assertEquals(
            ResultStatus.NO_SESSION,
            fixture.apply(entries.request(session, 1, 1).command(Cmd.put(MAP, "k", "v"))).status());
        assertNull(fixture.get(MAP, "k"));
    }

    @Test
    void shouldKeepSessionWhenItWasUsedSinceItWasSeenExpired()
    {
        fixture.apply(entries.openSession(1000));
        final long session = entries.sequence;
        final long lastUsed = fixture.store.sessions().lastUsed(session);
        entries.time += 10;
        fixture.apply(entries.request(session, 1, 1).command(Cmd.put(MAP, "k", "v")));
        assertEquals(ResultStatus.NO_SESSION, fixture.apply(entries.closeSession(session, lastUsed)).status());
        assertEquals(1, fixture.store.sessions().size());
        assertEquals(ResultStatus.APPLIED, fixture.apply(entries.closeSession(session, lastUsed + 10)).status());
        assertEquals(0, fixture.store.sessions().size());
    }

    @Test
    void shouldEvictOnlyTheVersionSeen()
    {
        apply(Cmd.put(MAP, "k", "v"));
        final long version = entries.sequence;
        apply(Cmd.put(MAP, "k", "w"));
        fixture.apply(entries.evict(MAP, "k", version));
        assertEquals(1, fixture.maps.map(MAP).size());
        fixture.apply(entries.evict(MAP, "k", version + 1));
        assertEquals(0, fixture.maps.map(MAP).size());
    }

    @Test
    void shouldHaveOtherDigestWhenAnythingIsOther()
    {
        final Set<Long> digests = new HashSet<>();
        final List<Cmd> variants = List.of(
            Cmd.put(MAP, "k", "v"), Cmd.put(MAP, "k", "w"), Cmd.put(MAP, "l", "v"), Cmd.put(MAP, "kv", ""),
            Cmd.put(MAP, "", "kv"), Cmd.put(OTHER, "k", "v"), Cmd.put(MAP, "k", "v").ending(1, 0),
            Cmd.put(MAP, "k", "v").ending(0, 1), Cmd.check(MAP, "k"));
        for (final Cmd cmd : variants)
        {
            final Entries own = new Entries();
            try (StoreFixture one = new StoreFixture())
            {
                one.apply(own.create(MAP));
                one.apply(own.create(OTHER));
                one.apply(own.command(cmd));
                assertTrue(digests.add(one.store.digest()), "same digest for another state");
                final long before = one.store.digest();
                own.time++;
                one.apply(own.advanceTime());
                assertNotEquals(before, one.store.digest());
            }
        }
    }
}
