package io.peregrine.storage.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.storage.memory.PagePool;
import org.junit.jupiter.api.Test;

class GrowthTest
{
    private static final int ENTRIES = 400_000;
    private static final int MOST_SLOTS = 510;

    @Test
    void shouldDoBoundedWorkPerPutWhenGrowingAndGiveEverythingBackWhenShrinking()
    {
        try (Fixture fixture = new Fixture(512L << 20, 0))
        {
            int puts = 0;
            for (int i = 0; i < ENTRIES; i++)
            {
                final long before = fixture.space.growth().work();
                final int pages = fixture.pool.usedPages();
                final int segments = fixture.store.index().directory().segments.length;
                fixture.put(i, 20);
                final long work = fixture.space.growth().work() - before;
                assertTrue(work <= 4 * MOST_SLOTS + 3L * segments, () -> "moved in one put: " + work);
                assertTrue(fixture.pool.usedPages() - pages <= MapSpace.worstPages(16, 20));
                puts += work > 0 ? 1 : 0;
            }
            assertEquals(ENTRIES, fixture.store.size());
            assertTrue(puts < ENTRIES / 50, "puts that moved anything: " + puts);
            assertTrue(fixture.space.growth().work() < 10L * ENTRIES);
            assertTrue((double) fixture.pool.usedPages() * PagePool.PAGE_SIZE / ENTRIES < 56 * 1.01 + 8 / 0.55);
            for (int i = 0; i < ENTRIES; i++)
            {
                assertEquals(20, fixture.get(i, 1));
            }
            for (int i = 0; i < ENTRIES; i++)
            {
                assertTrue(fixture.remove(i));
            }
            fixture.reclaimAll();
            assertEquals(0, fixture.pool.usedPages());
        }
    }

    @Test
    void shouldWorkWhenAllTagsAreEqual()
    {
        try (Fixture fixture = new Fixture(64L << 20, 0, Hashers.masked(0x7777_7777L)))
        {
            for (int i = 0; i < 3_000; i++)
            {
                fixture.put(i, 8);
            }
            for (int i = 0; i < 3_000; i++)
            {
                assertEquals(8, fixture.get(i, 1));
                assertEquals(i % 3 != 0, i % 3 == 0 ? !fixture.remove(i) : true);
            }
            assertEquals(MapReader.ABSENT, fixture.get(0, 1));
            assertEquals(2_000, fixture.store.size());
            assertTrue(fixture.store.index().directory().segments.length <= 64);
        }
    }

    @Test
    void shouldKeepTheDirectorySmallWhenTagsDifferInLateBitsOnly()
    {
        try (Fixture fixture = new Fixture(64L << 20, 0, Hashers.masked(0x0000_0003_0000_0000L)))
        {
            for (int i = 0; i < 5_000; i++)
            {
                fixture.put(i, 8);
            }
            for (int i = 0; i < 5_000; i++)
            {
                assertEquals(8, fixture.get(i, 1));
            }
            assertTrue(fixture.store.index().directory().segments.length <= 512);
        }
    }

    @Test
    void shouldStaySmallWhenTenThousandMapsHoldLittle()
    {
        try (Fixture fixture = new Fixture(256L << 20, 0))
        {
            final int maps = 10_000;
            for (int id = 1_000; id < 1_000 + maps; id++)
            {
                final MapStore store = fixture.space.create(id, 0);
                if (id % 2 == 0)
                {
                    store.put(fixture.key(id), fixture.key, 0, 16, fixture.value, 0, 10, 1, null);
                }
            }
            assertTrue(fixture.budget.reserved() < maps * 600L, "reserved " + fixture.budget.reserved());
            for (int id = 1_000; id < 1_000 + maps; id++)
            {
                final MapReader reader = fixture.space.reader(id);
                assertEquals(id % 2 == 0 ? 10 : MapReader.ABSENT,
                    reader.find(fixture.key(id), fixture.key, 0, 16, 1, null));
                assertTrue(fixture.space.drop(id));
                assertEquals(null, fixture.space.reader(id));
            }
            fixture.reclaimAll();
            assertEquals(0, fixture.pool.usedPages());
        }
    }
}
