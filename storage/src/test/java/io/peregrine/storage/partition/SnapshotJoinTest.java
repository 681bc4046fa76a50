package io.peregrine.storage.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

import io.peregrine.storage.log.Sequences;
import io.peregrine.storage.memory.KeyHasher;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Snapshots taken while entries are applied, joined with the log in every order that is allowed.
 */
class SnapshotJoinTest
{
    private static final int CHUNK = 1024;

    @Test
    void shouldGiveEqualPartitionWhenEntriesGoOnBetweenChunks()
    {
        final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        for (int round = 0; round < 250; round++)
        {
            run(seed + round, 1 + round % 60);
        }
    }

    @Test
    void shouldGiveEqualPartitionWhenNothingHappensMeanwhile()
    {
        final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        for (int round = 0; round < 20; round++)
        {
            run(seed + round, 1_000_000);
        }
    }

    @Test
    void shouldGiveEqualPartitionWhenManyKeysHaveTheSameHash()
    {
        final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        final long[][] masks = {{0, 0}, {0, -1L}, {3L << 62, 0}, {3L, -4L}, {0x0000_0003_0000_0003L, 0}};
        for (int round = 0; round < 60; round++)
        {
            final long[] mask = masks[round % masks.length];
            run(seed + round, 20, StoreFixture.badHasher(mask[0], mask[1]));
        }
    }

    @Test
    void shouldKeepWhatCameLaterWhenStructureIsDroppedAndMadeAgainInMidst()
    {
        try (StoreFixture from = new StoreFixture(); StoreFixture to = new StoreFixture())
        {
            final Entries entries = new Entries();
            final List<byte[]> log = new ArrayList<>();
            final List<byte[]> chunks = new ArrayList<>();
            apply(from, entries.create(1), log);
            put(from, entries, "first", log);
            try (SnapshotWriter writer = new SnapshotWriter(from.store, CHUNK))
            {
                take(writer, chunks);
                apply(from, entries.drop(1), log);
                apply(from, entries.create(1), log);
                put(from, entries, "second", log);
                while (!writer.isComplete())
                {
                    take(writer, chunks);
                }
                join(new Random(1), chunks, log, writer.snapshotId(), from, to);
            }
            assertEquals(from.store.digest(), to.store.digest());
            assertEquals(100, to.maps.map(1).size());
        }
    }

    @Test
    void shouldLeaveOutWhatCameWhileStructureWasNotThereWhenItIsMadeAgainInMidst()
    {
        try (StoreFixture from = new StoreFixture(); StoreFixture to = new StoreFixture())
        {
            final Entries entries = new Entries();
            final List<byte[]> log = new ArrayList<>();
            final List<byte[]> chunks = new ArrayList<>();
            apply(from, entries.create(1), log);
            put(from, entries, "first", log);
            try (SnapshotWriter writer = new SnapshotWriter(from.store, CHUNK))
            {
                take(writer, chunks);
                apply(from, entries.drop(1), log);
                put(from, entries, "nowhere", log);
                apply(from, entries.create(1), log);
                while (!writer.isComplete())
                {
                    take(writer, chunks);
                }
                join(new Random(1), chunks, log, writer.snapshotId(), from, to);
            }
            assertEquals(from.store.digest(), to.store.digest());
            assertEquals(0, to.maps.map(1).size());
        }
    }

    @Test
    void shouldBeginNextStructureAtItsFirstRecordWhenOneIsDroppedInMidst()
    {
        try (StoreFixture from = new StoreFixture(); StoreFixture to = new StoreFixture())
        {
            final Entries entries = new Entries();
            final List<byte[]> log = new ArrayList<>();
            final List<byte[]> chunks = new ArrayList<>();
            apply(from, entries.create(1), log);
            put(from, entries, "dropped", log);
            apply(from, entries.create(2), log);
            for (int i = 0; i < 100; i++)
            {
                apply(from, entries.command(Cmd.put(2, "key-" + i, "kept")), log);
            }
            try (SnapshotWriter writer = new SnapshotWriter(from.store, CHUNK))
            {
                take(writer, chunks);
                take(writer, chunks);
                apply(from, entries.drop(1), log);
                while (!writer.isComplete())
                {
                    take(writer, chunks);
                }
                join(new Random(1), chunks, log, writer.snapshotId(), from, to);
            }
            assertEquals(from.store.digest(), to.store.digest());
            assertEquals(100, to.maps.map(2).size());
        }
    }

    private static void apply(final StoreFixture from, final Entries entry, final List<byte[]> log)
    {
        from.apply(entry);
        log.add(entry.bytes());
    }

    private static void put(
        final StoreFixture from, final Entries entries, final String value, final List<byte[]> log)
    {
        for (int i = 0; i < 100; i++)
        {
            apply(from, entries.command(Cmd.put(1, "key-" + i, value)), log);
        }
    }

    private static void take(final SnapshotWriter writer, final List<byte[]> chunks)
    {
        assertTrue(writer.next());
        final byte[] chunk = new byte[writer.length()];
        writer.buffer().getBytes(0, chunk);
        chunks.add(chunk);
    }

    @Test
    void shouldTakeTimeFromTheHighestWhenEntriesGoBackInTime()
    {
        try (StoreFixture from = new StoreFixture(); StoreFixture to = new StoreFixture())
        {
            final Entries entries = new Entries();
            final List<byte[]> log = new ArrayList<>();
            final List<byte[]> chunks = new ArrayList<>();
            entries.time = 100;
            apply(from, entries.create(1), log);
            put(from, entries, "first", log);
            try (SnapshotWriter writer = new SnapshotWriter(from.store, CHUNK))
            {
                take(writer, chunks);
                entries.time = 50;
                for (int i = 0; i < 100; i++)
                {
                    apply(from, entries.command(Cmd.put(1, "key-" + i, "idle").ending(0, 1000)), log);
                }
                while (!writer.isComplete())
                {
                    take(writer, chunks);
                }
                join(new Random(1), chunks, log, writer.snapshotId(), from, to);
            }
            assertEquals(from.store.digest(), to.store.digest());
        }
    }

    private static void run(final long seed, final int entriesPerChunk)
    {
        run(seed, entriesPerChunk, StoreFixture::hash);
    }

    private static void run(final long seed, final int entriesPerChunk, final KeyHasher hasher)
    {
        final Random random = new Random(seed);
        final RandomEntries source = new RandomEntries(seed);
        source.maxValue = 20 + random.nextInt(200);
        source.keys = 10 + random.nextInt(60);
        source.isChurning = random.nextInt(3) == 0;
        final List<byte[]> log = new ArrayList<>();
        final List<byte[]> chunks = new ArrayList<>();
        try (StoreFixture from = new StoreFixture(StoreFixture.PLENTY, hasher);
            StoreFixture to = new StoreFixture(StoreFixture.PLENTY, hasher))
        {
            for (int i = random.nextInt(400); i >= 0; i--)
            {
                next(source, from, log);
            }
            final long snapshotId;
            try (SnapshotWriter writer = new SnapshotWriter(from.store, CHUNK))
            {
                while (writer.next())
                {
                    final byte[] chunk = new byte[writer.length()];
                    writer.buffer().getBytes(0, chunk);
                    chunks.add(chunk);
                    for (int i = random.nextInt(entriesPerChunk); i > 0 && entriesPerChunk <= 100; i--)
                    {
                        next(source, from, log);
                    }
                }
                assertTrue(writer.isComplete());
                snapshotId = writer.snapshotId();
            }
            for (int i = random.nextInt(50); i > 0; i--)
            {
                next(source, from, log);
            }
            join(random, chunks, log, snapshotId, from, to);
            assertEquals(from.store.digest(), to.store.digest(), "with -Dseed=" + seed);
            source.check(to);
            for (int i = 0; i < 50; i++)
            {
                source.next();
                assertEquals(from.apply(source.entries), to.apply(source.entries));
            }
            assertEquals(from.store.digest(), to.store.digest(), "afterwards with -Dseed=" + seed);
        }
    }

    private static void next(final RandomEntries source, final StoreFixture from, final List<byte[]> log)
    {
        source.next();
        from.apply(source.entries);
        log.add(source.entries.bytes());
    }

    static void join(
        final Random random,
        final List<byte[]> chunks,
        final List<byte[]> log,
        final long snapshotId,
        final StoreFixture from,
        final StoreFixture to)
    {
        final SnapshotLoader loader = new SnapshotLoader(to.store);
        int chunk = 0;
        int entry = (int) Sequences.counter(snapshotId);
        boolean complete = false;
        while (!complete || entry < log.size())
        {
            if (chunk < chunks.size() && (random.nextInt(3) == 0 || entry == log.size()))
            {
                final byte[] bytes = chunks.get(chunk++);
                complete = isComplete(loader.load(new UnsafeBuffer(bytes), 0, bytes.length));
            }
            else if (entry < log.size())
            {
                final byte[] bytes = log.get(entry);
                final LoadResult[] result = new LoadResult[1];
                to.reserve(
                    () -> result[0] = loader.apply(new UnsafeBuffer(bytes), 0, bytes.length, to::onResult));
                if (result[0] != LoadResult.NOT_YET)
                {
                    complete = isComplete(result[0]);
                    entry++;
                }
            }
        }
        assertEquals(chunks.size(), chunk);
        assertEquals(from.store.sequence(), to.store.sequence());
    }

    private static boolean isComplete(final LoadResult result)
    {
        assertTrue(result == LoadResult.LOADED || result == LoadResult.COMPLETE, () -> "result " + result);
        return result == LoadResult.COMPLETE;
    }
}
