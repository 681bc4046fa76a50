package io.peregrine.storage.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.memory.PagePool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Readers on other threads while entries churn, maps are cleared and destroyed, partitions dropped and the pool
 * closed. Each value says which key and version it is of, in all its bytes.
 */
class ReadersTest
{
    private static final int STABLE = 1;
    private static final int CHURNING = 2;
    private static final int SPACES = 2;
    private static final int KEYS = 400;
    private static final int OPERATIONS = 150_000;
    private static final int LONGEST = 40_000;
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private final MemoryBudget budget = new MemoryBudget(512L << 20);
    private final PagePool pool = new PagePool(budget);
    private final MapSpace[] spaces = new MapSpace[SPACES];
    private final MapReader[] stable = new MapReader[SPACES];
    private final AtomicLongArray floors = new AtomicLongArray(SPACES * 3 * KEYS);
    private final Random random = new Random(SEED);
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[16]);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[LONGEST + 8]);
    private long version;

    @Test
    @Timeout(120)
    void shouldReturnRightValuesOrTypedResultsWhateverTheWriterDoes() throws InterruptedException
    {
        for (int i = 0; i < SPACES; i++)
        {
            spaces[i] = new MapSpace(pool, Hashers.GOOD);
            stable[i] = spaces[i].create(STABLE, 0).reader();
            spaces[i].create(CHURNING, MapStore.TRACED);
            for (int k = 0; k < KEYS; k++)
            {
                put(i, STABLE, k);
            }
        }
        final List<Reader> readers = List.of(new Reader(1), new Reader(2));
        final List<Thread> threads = new ArrayList<>();
        readers.forEach((reader) -> threads.add(new Thread(reader)));
        threads.forEach(Thread::start);
        for (int i = 0; i < OPERATIONS; i++)
        {
            step();
        }
        for (final Reader reader : readers)
        {
            reader.expectsAll = false;
        }
        dropAndClose();
        for (final Reader reader : readers)
        {
            reader.isStopped = true;
        }
        for (final Thread thread : threads)
        {
            thread.join();
        }
        for (final Reader reader : readers)
        {
            assertEquals(null, reader.failure, () -> "seed " + SEED);
            assertTrue(reader.hits > 0);
        }
        assertEquals(0, budget.reserved());
    }

    private void step()
    {
        final int at = random.nextInt(SPACES);
        final MapSpace space = spaces[at];
        final int what = random.nextInt(1_000);
        if (what < 400)
        {
            put(at, STABLE, random.nextInt(KEYS));
        }
        else if (what < 800)
        {
            put(at, CHURNING, random.nextInt(KEYS));
        }
        else if (what < 900)
        {
            final int number = random.nextInt(KEYS);
            final long hash = encode(key, number);
            space.map(CHURNING).remove(hash, key, 0, key.capacity());
            floors.set(floor(at, CHURNING, number), version);
        }
        else if (what < 990)
        {
            space.compact(50);
        }
        else if (what < 992)
        {
            vanish(at, random.nextBoolean());
        }
        space.reclaim(10);
    }

    private void vanish(final int at, final boolean isDrop)
    {
        if (isDrop)
        {
            spaces[at].drop(CHURNING);
            spaces[at].create(CHURNING, MapStore.TRACED);
        }
        else
        {
            spaces[at].map(CHURNING).clear();
        }
        for (int k = 0; k < KEYS; k++)
        {
            floors.set(floor(at, CHURNING, k), version);
        }
    }

    /**
     * A partition goes, another takes its pages, the pool goes.
     */
    private void dropAndClose()
    {
        spaces[0].close();
        for (int i = 0; i < OPERATIONS / 10; i++)
        {
            put(1, random.nextBoolean() ? STABLE : CHURNING, random.nextInt(KEYS));
        }
        pool.trim(1_000);
        spaces[1].close();
        pool.close();
    }

    private void put(final int at, final int id, final int number)
    {
        final int length = 16 + random.nextInt(random.nextInt(50) == 0 ? LONGEST - 16 : 300);
        final long current = ++version;
        fill(value, at, id, number, current, length);
        final long hash = encode(key, number);
        spaces[at].map(id).put(hash, key, 0, key.capacity(), value, 0, length, current, null);
        floors.set(floor(at, id, number), current - 1);
    }

    private static int floor(final int at, final int id, final int number)
    {
        return (at * 3 + id) * KEYS + number;
    }

    private static long encode(final UnsafeBuffer key, final int number)
    {
        key.putLong(0, number);
        key.putLong(8, ~number);
        return Hashers.good(key, 0, key.capacity());
    }

    private static void fill(
        final UnsafeBuffer value, final int at, final int id, final int number, final long version, final int length)
    {
        value.putLong(0, version);
        final long word = word(at, id, number, version);
        for (int i = 8; i < length; i += 8)
        {
            value.putLong(i, word + i);
        }
    }

    private static long word(final int at, final int id, final int number, final long version)
    {
        return ((long) floor(at, id, number) << 40) ^ (version * 0x9E3779B97F4A7C15L);
    }

    private final class Reader implements Runnable
    {
        private final Random random;
        private final UnsafeBuffer key = new UnsafeBuffer(new byte[16]);
        private final UnsafeBuffer out = new UnsafeBuffer(new byte[LONGEST + 8]);
        private final ReadMeta meta = new ReadMeta();
        private volatile boolean isStopped;
        private volatile boolean expectsAll = true;
        private volatile Throwable failure;
        private long hits;

        private Reader(final int number)
        {
            random = new Random(SEED + number);
        }

        @Override
        public void run()
        {
            try
            {
                while (!isStopped)
                {
                    read(random.nextInt(SPACES), random.nextInt(KEYS), 1 + random.nextInt(2));
                }
            }
            catch (final AssertionError | RuntimeException ex)
            {
                failure = ex;
            }
        }

        private void read(final int at, final int number, final int id)
        {
            final boolean mustBeThere = expectsAll && id == STABLE;
            final MapReader reader = id == STABLE ? stable[at] : spaces[at].reader(CHURNING);
            if (reader == null)
            {
                return;
            }
            final long hash = encode(key, number);
            final long floor = floors.get(floor(at, id, number));
            final int result = reader.get(hash, key, 0, key.capacity(), out, 0, out.capacity(), 1L, meta);
            if (result >= 0)
            {
                hits++;
                check(at, id, number, result);
                assertTrue(meta.version() > floor, () -> "resurrected " + meta.version() + " <= " + floor);
            }
            else
            {
                assertTrue(result == MapReader.ASK_WRITER || result == MapReader.ABSENT ||
                    result == MapReader.DESTROYED, () -> "result " + result);
                assertTrue(!mustBeThere || !expectsAll || result == MapReader.ASK_WRITER, () -> "lost: " + result);
            }
        }

        private void check(final int at, final int id, final int number, final int length)
        {
            assertEquals(meta.version(), out.getLong(0));
            final long word = word(at, id, number, meta.version());
            for (int i = 8; i <= length - 8; i += 8)
            {
                assertEquals(word + i, out.getLong(i), "torn");
            }
        }
    }
}
