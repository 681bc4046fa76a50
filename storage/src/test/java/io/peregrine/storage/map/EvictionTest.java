package io.peregrine.storage.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.storage.memory.PagePool;
import org.junit.jupiter.api.Test;

class EvictionTest
{
    private static final long SMALL = 5L << 20;
    private static final long MILLISECOND = 1_000_000L;

    @Test
    void shouldKeepWhatIsReadWhenMemoryIsShort()
    {
        try (Fixture fixture = new Fixture(SMALL, MapStore.EVICTABLE | MapStore.TRACED))
        {
            int hotLeft = 0;
            for (int i = 0; i < 60_000; i++)
            {
                final long now = i * MILLISECOND;
                putOrEvict(fixture, i, 100);
                fixture.space.expired(now, 1, (record) -> false);
                fixture.get(i % 500, now);
                fixture.get((i + 250) % 500, now);
            }
            for (int i = 0; i < 500; i++)
            {
                hotLeft += fixture.get(i, 1) > 0 ? 1 : 0;
            }
            assertTrue(fixture.store.size() < 40_000);
            assertTrue(hotLeft > 400, "of 500 entries in use " + hotLeft + " are left");
        }
    }

    @Test
    void shouldEvictTheOldestRatherThanTheNewestWhenReadsLeaveNoTrace()
    {
        try (Fixture fixture = new Fixture(SMALL, MapStore.EVICTABLE))
        {
            for (int i = 0; i < 60_000; i++)
            {
                putOrEvict(fixture, i, 100);
            }
            int newest = 0;
            for (int i = 50_000; i < 60_000; i++)
            {
                newest += fixture.get(i, 1) > 0 ? 1 : 0;
            }
            assertTrue(newest > 9_000, "of the newest 10000 entries " + newest + " are left");
        }
    }

    @Test
    void shouldNeverEvictFromAMapThatDoesNotAllowIt()
    {
        try (Fixture fixture = new Fixture(64L << 20, MapStore.EVICTABLE))
        {
            final MapStore kept = fixture.space.create(Fixture.ID + 1, 0);
            final int entries = 1_000;
            for (int i = 0; i < 2 * entries; i++)
            {
                final MapStore map = i % 2 == 0 ? kept : fixture.store;
                final int length = i % 20 < 2 ? 20_000 : 100;
                map.put(fixture.key(i), fixture.key, 0, Fixture.KEY_LENGTH, fixture.value, 0, length, i + 1, null);
            }
            int evicted = 0;
            boolean isEvicting = true;
            for (int i = 0; i < 20 * entries && isEvicting; i++)
            {
                final int length = i % 2 == 0 ? 100 : 20_000;
                final int id = i % 3 == 0 ? Fixture.ID : Fixture.ID + 1;
                isEvicting = fixture.space.evictionCandidate(
                    id, fixture.key(i), Fixture.KEY_LENGTH, length, (record) ->
                    {
                        assertEquals(Fixture.ID, record.structureId());
                        return fixture.remove(record);
                    });
                evicted += isEvicting ? 1 : 0;
            }
            assertEquals(entries, kept.size());
            assertEquals(entries, evicted + fixture.store.size());
            assertTrue(evicted > entries / 2, () -> "left " + fixture.store.size());
        }
    }

    @Test
    void shouldNotEvictForAMapFromItselfWhenItDoesNotAllowIt()
    {
        try (Fixture fixture = new Fixture(SMALL, MapStore.EVICTABLE))
        {
            final MapStore kept = fixture.space.create(Fixture.ID + 1, 0);
            long entries = 0;
            for (int i = 0; i < 60_000; i++)
            {
                putOrEvict(fixture, i % 2_000, 100);
                final long hash = fixture.key(i);
                final int pages =
                    fixture.space.pagesFor(kept.structureId(), hash, Fixture.KEY_LENGTH, 20, null, 0);
                if (fixture.pool.reserve(pages))
                {
                    fixture.pool.unreserve(pages);
                    kept.put(hash, fixture.key, 0, Fixture.KEY_LENGTH, fixture.value, 0, 20, i + 1, null);
                    entries++;
                }
                else
                {
                    fixture.space.evictionCandidate(kept.structureId(), hash, Fixture.KEY_LENGTH, 20, (record) ->
                    {
                        assertEquals(Fixture.ID, record.structureId());
                        return true;
                    });
                }
            }
            assertEquals(entries, kept.size());
            assertTrue(entries < 60_000);
        }
    }

    @Test
    void shouldEmptyPagesWhenAnotherSizeIsWanted()
    {
        try (Fixture fixture = new Fixture(SMALL, MapStore.EVICTABLE))
        {
            for (int i = 0; i < 60_000; i++)
            {
                putOrEvict(fixture, i, 100);
            }
            for (final int length : new int[]{3_000, 20, 1 << 20, 700})
            {
                for (int i = 0; i < 40; i++)
                {
                    putOrEvict(fixture, 1_000_000 + i, length);
                    assertEquals(length, fixture.get(1_000_000 + i, 1));
                }
            }
        }
    }

    @Test
    void shouldFindNoCandidateWhenNothingMayBeEvicted()
    {
        try (Fixture fixture = new Fixture(SMALL, 0))
        {
            int number = 0;
            while (fixture.fits(number, 100))
            {
                fixture.put(number++, 100);
            }
            assertTrue(number > 20_000);
            assertFalse(fixture.space.evictionCandidate(16, 100, (record) -> true));
            assertFalse(fixture.space.evictionCandidate(16, 1 << 20, (record) -> true));
            assertFalse(fixture.fits(number + 1, 1 << 20));
            assertTrue(fixture.fits(3, 100), "an overwrite in place needs no memory");
            fixture.put(3, 100);
            assertTrue(fixture.remove(4));
            assertTrue(fixture.budget.reserved() <= fixture.budget.limit());
        }
    }

    @Test
    void shouldNotOfferWhatWasClearedButNotYetReclaimed()
    {
        try (Fixture fixture = new Fixture(SMALL, MapStore.EVICTABLE))
        {
            for (int i = 0; i < 1_000; i++)
            {
                fixture.put(i, 100);
            }
            fixture.store.clear();
            assertFalse(fixture.space.evictionCandidate(16, 100, (record) -> true));
            fixture.put(1, 100);
            assertTrue(fixture.space.evictionCandidate(16, 1 << 20, fixture::remove) || fixture.store.size() == 1);
        }
    }

    @Test
    void shouldWinPagesBackWithoutLosingEntriesWhenPagesAreSparse()
    {
        try (Fixture fixture = new Fixture(64L << 20, 0))
        {
            for (int i = 0; i < 40_000; i++)
            {
                fixture.put(i, i % 2 == 0 ? 100 : 700 + i % 9);
            }
            for (int i = 0; i < 40_000; i++)
            {
                assertEquals(true, i % 16 == 0 || fixture.remove(i));
            }
            final int before = fixture.pool.usedPages();
            int calls = 0;
            for (int moved = fixture.space.compact(32); moved > 0; moved = fixture.space.compact(32))
            {
                assertTrue(moved <= 32);
                assertTrue(calls++ < 40_000, "no end");
            }
            final int ideal = 2_500 * 136 / PagePool.PAGE_SIZE;
            assertTrue(fixture.pool.usedPages() < before / 4, "pages " + before + " -> " + fixture.pool.usedPages());
            assertTrue(fixture.pool.usedPages() < ideal * 1.2 + 20, "pages " + fixture.pool.usedPages());
            for (int i = 0; i < 40_000; i++)
            {
                assertEquals(i % 16 == 0 ? 100 : MapReader.ABSENT, fixture.get(i, 1));
            }
        }
    }

    private static void putOrEvict(final Fixture fixture, final long number, final int length)
    {
        int tries = 0;
        while (!fixture.fits(number, length))
        {
            assertTrue(fixture.space.compact(16) > 0 || fixture.evict(number, length), "no candidate");
            assertTrue(tries++ < 40_000);
        }
        fixture.put(number, length);
    }
}
