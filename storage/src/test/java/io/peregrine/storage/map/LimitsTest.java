package io.peregrine.storage.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LimitsTest
{
    private static final long PLENTY = 256L << 20;

    @Test
    void shouldHoldKeysOfAllLengths()
    {
        try (Fixture fixture = new Fixture(PLENTY, 0))
        {
            final UnsafeBuffer key = new UnsafeBuffer(new byte[MapStore.MAX_KEY_LENGTH]);
            key.setMemory(0, key.capacity(), (byte) 'k');
            for (int length = 0; length <= MapStore.MAX_KEY_LENGTH; length++)
            {
                fixture.value.putInt(0, length);
                fixture.store.put(Hashers.good(key, 0, length), key, 0, length, fixture.value, 0, 4, length, null);
            }
            for (int length = 0; length <= MapStore.MAX_KEY_LENGTH; length++)
            {
                final long hash = Hashers.good(key, 0, length);
                assertEquals(4, fixture.store.reader().get(hash, key, 0, length, fixture.out, 0, 4, 1));
                assertEquals(length, fixture.out.getInt(0));
                assertTrue(fixture.store.remove(hash, key, 0, length));
            }
            fixture.reclaimAll();
            assertEquals(0, fixture.pool.usedPages());
        }
    }

    @Test
    void shouldHoldValuesOfAnyLengthUpToTheLimit()
    {
        try (Fixture fixture = new Fixture(PLENTY, 0))
        {
            for (int i = 0; i < fixture.value.capacity(); i++)
            {
                fixture.value.putByte(i, (byte) (i * 31 >>> 3));
            }
            final int[] lengths = {0, 1, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 128, 129, 1023, 4030, 4033, 4088,
                4097, 8191, 12264, 12265, 16351, 16352, 16353, 16383, 16384, 16385, 32735, 32737, 1 << 20, 8 << 20,
                MapStore.MAX_VALUE_LENGTH};
            for (final int length : lengths)
            {
                assertTrue(fixture.fits(1, length));
                final int pages = fixture.pool.usedPages();
                final long hash = fixture.key(1);
                final int worst = fixture.space.pagesFor(Fixture.ID, hash, 16, length, null);
                fixture.put(1, length);
                assertTrue(fixture.pool.usedPages() - pages <= worst, () -> "length " + length);
                assertEquals(length, fixture.get(1, 1));
                for (int i = 0; i < length; i++)
                {
                    assertEquals(fixture.value.getByte(i), fixture.out.getByte(i));
                }
                final RecordView view = fixture.store.wrap(fixture.store.find(hash, fixture.key, 0, 16));
                assertTrue(view.valueEquals(fixture.value, 0, length));
                assertFalse(length > 64 && length < 1 << 20 && view.valueEquals(fixture.value, 1, length));
                final int middle = length / 3;
                view.copyValue(middle, fixture.out, 5, length - middle);
                assertTrue(length == 0 || fixture.value.getByte(middle) == fixture.out.getByte(5));
            }
            assertTrue(fixture.remove(1));
            assertEquals(MapReader.ABSENT, fixture.get(1, 1));
        }
    }

    @Test
    void shouldRefuseWhatIsOutOfRangeAndChangeNothing()
    {
        try (Fixture fixture = new Fixture(PLENTY, 0))
        {
            final UnsafeBuffer large = new UnsafeBuffer(new byte[MapStore.MAX_KEY_LENGTH + 1]);
            final MapStore store = fixture.store;
            assertThrows(IllegalArgumentException.class,
                () -> store.put(1, large, 0, large.capacity(), fixture.value, 0, 1, 1, null));
            assertThrows(IllegalArgumentException.class,
                () -> store.put(1, large, 0, 1, fixture.value, 0, MapStore.MAX_VALUE_LENGTH + 1, 1, null));
            assertThrows(IllegalArgumentException.class,
                () -> store.put(1, large, 0, 1, fixture.value, 0, 1, -1, null));
            assertThrows(IndexOutOfBoundsException.class,
                () -> store.reader().find(1, large, 1, large.capacity(), 1, null));
            assertThrows(IndexOutOfBoundsException.class, () -> store.reader().find(1, large, -1, 2, 1, null));
            assertThrows(IllegalStateException.class, () -> fixture.space.create(Fixture.ID, 0));
            assertThrows(IllegalArgumentException.class, () -> fixture.space.create(0, 0));
            assertThrows(IllegalArgumentException.class,
                () -> fixture.space.create(MapStore.MAX_STRUCTURE_ID + 1, 0));
            assertFalse(fixture.space.drop(99));
            assertEquals(0, store.size());
            assertEquals(0, fixture.pool.usedPages());
        }
    }

    @Test
    void shouldAnswerDestroyedWhenTheSpaceOrThePoolIsClosed()
    {
        final Fixture fixture = new Fixture(PLENTY, 0);
        fixture.put(1, 10);
        final MapReader reader = fixture.store.reader();
        fixture.pool.close();
        assertEquals(MapReader.DESTROYED, reader.find(fixture.key(1), fixture.key, 0, 16, 1, null));
        final Fixture other = new Fixture(PLENTY, 0);
        other.put(1, 10);
        final MapReader otherReader = other.store.reader();
        other.close();
        other.space.close();
        assertEquals(MapReader.DESTROYED, otherReader.find(other.key(1), other.key, 0, 16, 1, null));
        assertEquals(0, otherReader.size());
        assertThrows(IllegalStateException.class, () -> other.space.create(3, 0));
    }

    @Test
    void shouldKeepNumbersAtTheEdges()
    {
        try (Fixture fixture = new Fixture(PLENTY, 0))
        {
            final ReadMeta meta = new ReadMeta();
            final MapStore store = fixture.store;
            final long hash = fixture.key(1);
            fixture.out.putLong(0, Long.MIN_VALUE, java.nio.ByteOrder.LITTLE_ENDIAN);
            store.put(hash, fixture.key, 0, 16, fixture.out, 0, Long.BYTES, Long.MAX_VALUE, null);
            final long handle = store.find(hash, fixture.key, 0, 16);
            assertEquals(Long.MIN_VALUE, store.wrap(handle).valueLong());
            store.setLong(handle, Long.MAX_VALUE, Long.MAX_VALUE);
            assertEquals(8, store.reader().get(hash, fixture.key, 0, 16, fixture.out, 0, 8, 1, meta));
            assertEquals(Long.MAX_VALUE, meta.version());
            assertEquals(Long.MAX_VALUE, fixture.out.getLong(0, java.nio.ByteOrder.LITTLE_ENDIAN));
            fixture.put(1, 9);
            final long other = store.find(hash, fixture.key, 0, 16);
            assertThrows(IllegalArgumentException.class, () -> store.setLong(other, 1, 1));
            assertThrows(IllegalStateException.class, () -> store.wrap(other).valueLong());
        }
    }
}
