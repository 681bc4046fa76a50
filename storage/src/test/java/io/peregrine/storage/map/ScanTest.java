package io.peregrine.storage.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScanTest
{
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int STABLE = 5_000;

    private final Random random = new Random(SEED);

    @Test
    void shouldVisitEveryEntryThatIsThereAllTheTimeWhenOthersComeAndGo()
    {
        try (Fixture fixture = new Fixture(64L << 20, 0))
        {
            for (int i = 0; i < STABLE; i++)
            {
                fixture.put(i, 10);
            }
            final Set<Long> seen = new HashSet<>();
            long cursor = 0;
            while (cursor != MapStore.SCAN_END)
            {
                cursor = fixture.store.scan(cursor, 1 + random.nextInt(30), (record) ->
                {
                    final long number = Fixture.number(record, fixture.out);
                    assertTrue(number >= STABLE || seen.add(number), "visited twice");
                    final boolean isTaken = random.nextInt(10) != 0;
                    if (!isTaken)
                    {
                        seen.remove(number);
                    }
                    return isTaken;
                });
                for (int i = 0; i < 40; i++)
                {
                    fixture.put(STABLE + random.nextInt(40_000), 10);
                    fixture.remove(STABLE + random.nextInt(40_000));
                }
                fixture.space.compact(10);
            }
            assertEquals(STABLE, seen.size(), "seed " + SEED);
        }
    }

    @Test
    void shouldGoOnOnAnotherCopyWhoseIndexIsDifferent()
    {
        for (final long mask : new long[]{-1L, 0x0000_000F_0000_000FL, 0xFF00_0000_0000_0FFFL})
        {
            try (Fixture one = new Fixture(64L << 20, 0, Hashers.masked(mask));
                Fixture two = new Fixture(64L << 20, 0, Hashers.masked(mask)))
            {
                for (int i = 0; i < 2_000; i++)
                {
                    one.put(i, 10);
                    two.put(1_999 - i, 10);
                }
                for (int i = 3_000; i < 6_000; i++)
                {
                    two.put(i, 10);
                }
                for (int i = 3_000; i < 6_000; i++)
                {
                    two.remove(i);
                }
                final List<Long> seen = new ArrayList<>();
                long cursor = 0;
                boolean isOne = true;
                while (cursor != MapStore.SCAN_END)
                {
                    final Fixture copy = isOne ? one : two;
                    cursor = copy.store.scan(cursor, 70, (record) -> seen.add(Fixture.number(record, copy.out)));
                    isOne = !isOne;
                }
                assertEquals(2_000, seen.size());
                assertEquals(2_000, new HashSet<>(seen).size());
            }
        }
    }

    @Test
    void shouldVisitInOrderOfTheHash()
    {
        try (Fixture fixture = new Fixture(64L << 20, 0, Hashers.masked(0x8000_000F_F000_000FL)))
        {
            for (int i = 0; i < 3_000; i++)
            {
                fixture.put(i, 1);
            }
            final List<Long> hashes = new ArrayList<>();
            assertEquals(MapStore.SCAN_END, fixture.store.scan(0, Integer.MAX_VALUE, (r) -> hashes.add(r.hash())));
            for (int i = 1; i < hashes.size(); i++)
            {
                assertTrue(Long.compareUnsigned(hashes.get(i - 1), hashes.get(i)) <= 0);
            }
            assertEquals(3_000, hashes.size());
        }
    }

    @Test
    void shouldVisitAKeyWhoseHashIsAllOnes()
    {
        try (Fixture fixture = new Fixture(4L << 20, 0, (key, offset, length) -> -1L))
        {
            fixture.put(1, 1);
            final long cursor = fixture.store.scan(0, 10, (record) -> false);
            assertNotEquals(MapStore.SCAN_END, cursor);
            final List<Long> seen = new ArrayList<>();
            assertEquals(MapStore.SCAN_END, fixture.store.scan(cursor, 10, (record) -> seen.add(record.hash())));
            assertEquals(List.of(-1L), seen);
        }
    }

    @Test
    void shouldBoundWhatOneCallVisits()
    {
        try (Fixture fixture = new Fixture(64L << 20, 0))
        {
            assertEquals(MapStore.SCAN_END, fixture.store.scan(0, 10, (record) -> true));
            for (int i = 0; i < 5_000; i++)
            {
                fixture.put(i, 1);
            }
            final int[] visited = new int[1];
            long cursor = 0;
            int calls = 0;
            while (cursor != MapStore.SCAN_END)
            {
                visited[0] = 0;
                cursor = fixture.store.scan(cursor, 10, (record) -> ++visited[0] > 0);
                assertTrue(visited[0] <= 10);
                calls++;
            }
            assertTrue(calls >= 500);
            assertThrows(IllegalArgumentException.class, () -> fixture.store.scan(0, 0, (record) -> true));
        }
    }

    @Test
    void shouldTellCopiesApartByDigestWhenAnythingDiffers()
    {
        try (Fixture one = new Fixture(64L << 20, 0); Fixture two = new Fixture(64L << 20, 0))
        {
            for (int i = 0; i < 100; i++)
            {
                one.put(i, i * 200);
                two.put(i, i * 200);
            }
            assertEquals(digest(one), digest(two));
            two.version--;
            two.put(99, 99 * 200);
            assertEquals(digest(one), digest(two));
            two.value.putByte(19_000, (byte) 1);
            two.version--;
            two.put(99, 99 * 200);
            assertNotEquals(digest(one), digest(two));
            one.value.putByte(19_000, (byte) 1);
            one.version--;
            one.put(99, 99 * 200);
            assertEquals(digest(one), digest(two));
            one.version--;
            one.put(99, 99 * 200, one.expiry.set(5, 0, 0));
            assertNotEquals(digest(one), digest(two));
        }
    }

    private static long digest(final Fixture fixture)
    {
        final long[] sum = new long[1];
        long cursor = 0;
        while (cursor != MapStore.SCAN_END)
        {
            cursor = fixture.store.scan(cursor, 100, (record) ->
            {
                sum[0] += record.digest();
                return true;
            });
        }
        return sum[0];
    }
}
