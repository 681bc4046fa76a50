package io.peregrine.storage.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotGarbageTest
{
    private static final int CHUNK = 1024;
    private static final int CRC_OFFSET = 12;
    private static final int INDEX_OFFSET = 76;

    private final StoreFixture from = new StoreFixture();
    private final StoreFixture to = new StoreFixture();
    private final Entries entries = new Entries();
    private final List<byte[]> chunks = new ArrayList<>();
    private final SnapshotLoader loader = new SnapshotLoader(to.store);

    @BeforeEach
    void before()
    {
        from.apply(entries.create(1));
        from.apply(entries.create(5));
        from.apply(entries.openSession(1000));
        final long session = entries.sequence;
        for (int i = 0; i < 60; i++)
        {
            from.apply(entries.command(Cmd.put(1 + i % 2 * 4, "key-" + i, "value " + i).ending(i * 100, i * 50)));
            from.apply(entries.request(session, i + 1, i).command(Cmd.put(1, "key-" + i, i).returning()));
        }
        try (SnapshotWriter writer = new SnapshotWriter(from.store, CHUNK))
        {
            while (writer.next())
            {
                final byte[] chunk = new byte[writer.length()];
                writer.buffer().getBytes(0, chunk);
                chunks.add(chunk);
            }
        }
        assertTrue(chunks.size() > 4);
    }

    @AfterEach
    void after()
    {
        from.close();
        to.close();
    }

    private LoadResult load(final byte[] chunk)
    {
        return loader.load(new UnsafeBuffer(chunk), 0, chunk.length);
    }

    private static byte[] sealed(final byte[] chunk)
    {
        final int start = SnapshotWriter.CHECKED_FROM;
        final UnsafeBuffer buffer = new UnsafeBuffer(chunk);
        buffer.putInt(
            CRC_OFFSET, new ChunkChecksum().of(buffer, start, chunk.length - start), ByteOrder.LITTLE_ENDIAN);
        return chunk;
    }

    private void loadRest(final int fromIndex)
    {
        for (int i = fromIndex; i < chunks.size(); i++)
        {
            final boolean isLast = i == chunks.size() - 1;
            assertFalse(loader.isComplete());
            assertEquals(isLast ? LoadResult.COMPLETE : LoadResult.LOADED, load(chunks.get(i)));
        }
        assertEquals(from.store.digest(), to.store.digest());
    }

    @Test
    void shouldGiveEqualDigestWhenLoadedWhole()
    {
        assertNotEquals(from.store.digest(), to.store.digest());
        loadRest(0);
        assertEquals(LoadResult.OUT_OF_ORDER, load(chunks.get(0)));
        assertThrows(IllegalArgumentException.class, () -> new SnapshotLoader(to.store));
    }

    @Test
    void shouldChangeNothingWhenAnyByteIsDamaged()
    {
        final Random random = new Random(1);
        for (int index = 0; index < chunks.size(); index++)
        {
            final long before = to.store.digest();
            final byte[] chunk = chunks.get(index);
            for (int at = 0; at < chunk.length; at++)
            {
                final byte[] damaged = chunk.clone();
                damaged[at] ^= (byte) (1 + random.nextInt(255));
                final LoadResult result = load(damaged);
                assertTrue(result == LoadResult.GARBAGE || result == LoadResult.OTHER_VERSION, () -> "" + result);
            }
            for (int length = 0; length < chunk.length; length++)
            {
                assertEquals(LoadResult.GARBAGE, loader.load(new UnsafeBuffer(chunk), 0, length));
            }
            assertEquals(before, to.store.digest());
            load(chunk);
        }
        assertTrue(loader.isComplete());
        assertEquals(from.store.digest(), to.store.digest());
    }

    @Test
    void shouldNeverFailOtherwiseThanTypedWhenBytesAreForgedWithGoodChecksum()
    {
        final Random random = new Random(Long.getLong("seed", ThreadLocalRandom.current().nextLong()));
        for (int i = 0; i < 30_000; i++)
        {
            final byte[] forged = chunks.get(random.nextInt(chunks.size())).clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--)
            {
                forged[SnapshotWriter.CHECKED_FROM + random.nextInt(forged.length - SnapshotWriter.CHECKED_FROM)] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextBoolean() ? 0 : 0xFF);
            }
            try (StoreFixture fixture = i % 100 == 0 ? new StoreFixture() : null)
            {
                final PartitionStore store = fixture == null ? to.store : fixture.store;
                new SnapshotLoaderProbe(store).check(sealed(forged));
            }
        }
    }

    /**
     * Checks chunks without loading them.
     */
    private static final class SnapshotLoaderProbe
    {
        private final ChunkCheck check;

        SnapshotLoaderProbe(final PartitionStore store)
        {
            check = new ChunkCheck(store);
        }

        void check(final byte[] chunk)
        {
            final LoadResult result = check.chunk(new UnsafeBuffer(chunk), 0, chunk.length);
            assertTrue(result != LoadResult.COMPLETE && result != LoadResult.NO_MEMORY);
        }
    }

    @Test
    void shouldRefuseChunkWhenItIsNotTheNext()
    {
        assertEquals(LoadResult.OUT_OF_ORDER, load(chunks.get(1)));
        assertEquals(LoadResult.LOADED, load(chunks.get(0)));
        assertEquals(LoadResult.OUT_OF_ORDER, load(chunks.get(0)));
        assertEquals(LoadResult.OUT_OF_ORDER, load(chunks.get(2)));
        final byte[] renumbered = chunks.get(2).clone();
        new UnsafeBuffer(renumbered).putInt(INDEX_OFFSET, 1, ByteOrder.LITTLE_ENDIAN);
        assertEquals(LoadResult.OUT_OF_ORDER, load(sealed(renumbered)));
        loadRest(1);
    }

    @Test
    void shouldRefuseChunkWhenItIsOfAnotherPartition()
    {
        final byte[] other = chunks.get(0).clone();
        new UnsafeBuffer(other).putInt(20, 8, ByteOrder.LITTLE_ENDIAN);
        assertEquals(LoadResult.OUT_OF_ORDER, load(sealed(other)));
    }

    @Test
    void shouldRefuseChunkWhenItIsOfAnotherVersion()
    {
        final byte[] other = chunks.get(0).clone();
        other[6] = 2;
        assertEquals(LoadResult.OTHER_VERSION, load(other));
        loadRest(0);
    }

    @Test
    void shouldTakeEntriesOnlyWhenTheirChunksAreIn()
    {
        final byte[] next = entries.advanceTime().bytes();
        assertEquals(LoadResult.NOT_YET, loader.apply(new UnsafeBuffer(next), 0, next.length, to::onResult));
        loadRest(0);
        assertEquals(LoadResult.COMPLETE, loader.apply(new UnsafeBuffer(next), 0, next.length, to::onResult));
        from.apply(new UnsafeBuffer(next), next.length);
        assertEquals(from.store.digest(), to.store.digest());
    }

    @Test
    void shouldSayNoMemoryWhenMemoryRunsOut()
    {
        from.apply(entries.command(Cmd.put(5, "large", "x".repeat(600_000))));
        from.apply(entries.command(Cmd.put(5, "larger", "x".repeat(600_000))));
        try (StoreFixture small = new StoreFixture(1_200_000);
            SnapshotWriter writer = new SnapshotWriter(from.store, CHUNK))
        {
            final SnapshotLoader smallLoader = new SnapshotLoader(small.store);
            LoadResult result = LoadResult.LOADED;
            while (result == LoadResult.LOADED)
            {
                assertTrue(writer.next());
                result = smallLoader.load(writer.buffer(), 0, writer.length());
            }
            assertEquals(LoadResult.NO_MEMORY, result);
            assertEquals(LoadResult.NO_MEMORY, smallLoader.load(writer.buffer(), 0, writer.length()));
            assertFalse(smallLoader.isComplete());
        }
    }

    @Test
    void shouldGiveUpWhenTooMuchHappensBetweenChunks()
    {
        try (SnapshotWriter writer = new SnapshotWriter(from.store, CHUNK))
        {
            assertTrue(writer.next());
            assertThrows(IllegalArgumentException.class, () -> new SnapshotWriter(from.store, CHUNK));
            for (int i = 0; i <= VoidEntries.MAX_ENTRIES; i++)
            {
                from.apply(entries.request(1, 1, 1).clear(1));
            }
            assertFalse(writer.next());
            assertTrue(writer.isGivenUp());
            assertFalse(writer.isComplete());
        }
        try (SnapshotWriter writer = new SnapshotWriter(from.store, CHUNK))
        {
            assertTrue(writer.next());
        }
    }
}
