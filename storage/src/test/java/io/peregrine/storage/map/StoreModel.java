package io.peregrine.storage.map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.storage.memory.KeyHasher;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.memory.PagePool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A partition's maps beside plain Java maps: does random operations on both, and compares.
 */
final class StoreModel
{
    static final int MAPS = 3;

    private static final long SECOND = 1_000_000_000L;

    final MemoryBudget budget;
    final PagePool pool;
    final MapSpace space;
    final Random random;
    int maxValue = 300;
    int keys = 2_000;
    boolean isExpiring = true;
    int evicted;
    int refused;
    long now = 1;

    private final KeyHasher hasher;
    private final List<Map<String, Entry>> models = new ArrayList<>();
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[MapStore.MAX_KEY_LENGTH]);
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[9 << 20]);
    private final ReadMeta meta = new ReadMeta();
    private final Expiry expiry = new Expiry();
    private long version = 1;
    private int keyLength;
    private long hash;

    StoreModel(final long limit, final KeyHasher hasher, final long seed)
    {
        this.budget = new MemoryBudget(limit);
        this.pool = new PagePool(budget);
        this.hasher = hasher;
        this.space = new MapSpace(pool, hasher);
        this.random = new Random(seed);
        for (int id = 1; id <= MAPS; id++)
        {
            space.create(id, MapStore.EVICTABLE | (id == 2 ? MapStore.TRACED : 0));
            models.add(new HashMap<>());
        }
    }

    void run(final int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            step();
        }
    }

    void step()
    {
        final int id = 1 + random.nextInt(MAPS);
        final MapStore store = space.map(id);
        final Map<String, Entry> model = models.get(id - 1);
        final String name = encode(random.nextInt(keys));
        final int what = random.nextInt(100);
        if (what < 45)
        {
            put(store, model, name);
        }
        else if (what < 65)
        {
            get(store, model, name);
        }
        else if (what < 80)
        {
            assertEquals(model.remove(name) != null, store.remove(hash, key, 0, keyLength));
        }
        else if (what < 85)
        {
            expireKey(store, model, name);
        }
        else if (what < 89)
        {
            touch(store, model, name);
        }
        else if (what < 95)
        {
            now += random.nextInt((int) (SECOND / 4));
            expire();
        }
        else if (what < 99)
        {
            space.compact(random.nextInt(20));
        }
        else if (random.nextInt(20) == 0)
        {
            clearOrDrop(id, store, model);
        }
        space.reclaim(random.nextInt(8));
    }

    String encode(final int number)
    {
        final int padding = number % 7 == 0 ? number % 61 * 11 : number % 5;
        final String name = number == 0 ? "" : number + "k".repeat(padding);
        keyLength = key.putStringWithoutLengthAscii(0, name);
        hash = hasher.hash(key, 0, keyLength);
        return name;
    }

    private byte[] value()
    {
        final byte[] bytes = new byte[random.nextInt(10) == 0 ? 0 : random.nextInt(maxValue + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private void put(final MapStore store, final Map<String, Entry> model, final String name)
    {
        final Entry entry = new Entry();
        entry.value = value();
        chooseExpiry(entry);
        final Expiry argument = entry.isMortal() ? expiry : random.nextBoolean() ? null : expiry;
        final int pages = reserve(store, entry.value.length, argument);
        if (pages < 0)
        {
            refused++;
            return;
        }
        final int most = pool.usedPages() + pages;
        entry.version = ++version;
        final UnsafeBuffer value = new UnsafeBuffer(entry.value);
        final long handle = version % 2 == 0 ? store.find(hash, key, 0, keyLength) : 0;
        if (handle == 0 || !store.overwrite(handle, hash, value, 0, entry.value.length, entry.version, argument))
        {
            store.put(hash, key, 0, keyLength, value, 0, entry.value.length, entry.version, argument);
        }
        model.put(name, entry);
        assertTrue(pool.usedPages() <= most, "more pages than told");
    }

    private int reserve(final MapStore store, final int valueLength, final Expiry argument)
    {
        for (int tries = 0; tries < 2_000; tries++)
        {
            final long handle = store.find(hash, key, 0, keyLength);
            final int pages =
                space.pagesFor(store.structureId(), hash, keyLength, valueLength, argument, handle);
            assertTrue(pages <= MapSpace.worstPages(keyLength, valueLength));
            if (pool.reserve(pages))
            {
                pool.unreserve(pages);
                return pages;
            }
            if (space.compact(100) == 0 && !evictFor(store.structureId(), valueLength))
            {
                return -1;
            }
        }
        return -1;
    }

    private boolean evictFor(final int id, final int valueLength)
    {
        return random.nextInt(10) == 0 ? space.evictionCandidate(keyLength, valueLength, this::evict) :
            space.evictionCandidate(id, hash, keyLength, valueLength, this::evict);
    }

    private boolean evict(final RecordView record)
    {
        final UnsafeBuffer evictKey = new UnsafeBuffer(new byte[record.keyLength()]);
        record.copyKey(evictKey, 0);
        final String name = evictKey.getStringWithoutLengthAscii(0, record.keyLength());
        final int id = record.structureId();
        assertTrue(models.get(id - 1).remove(name) != null, "evicted what is not there: " + name);
        assertTrue(space.map(id).remove(record.hash(), evictKey, 0, evictKey.capacity()));
        evicted++;
        return true;
    }

    private void chooseExpiry(final Entry entry)
    {
        final int kind = isExpiring ? random.nextInt(6) : 0;
        entry.deadline = kind == 1 || kind == 2 ? now + 1 + (random.nextLong() >>> (20 + random.nextInt(40))) : 0;
        entry.maxIdle = kind == 2 || kind == 3 ? 1 + (random.nextLong() >>> (28 + random.nextInt(30))) : 0;
        entry.touched = entry.maxIdle == 0 ? 0 : now;
        expiry.set(entry.deadline, entry.maxIdle, entry.touched);
    }

    private void expireKey(final MapStore store, final Map<String, Entry> model, final String name)
    {
        final Entry entry = model.get(name);
        final Entry other = new Entry();
        chooseExpiry(other);
        if (entry != null)
        {
            final int pages =
                space.pagesFor(store.structureId(), hash, keyLength, entry.value.length, expiry, 0);
            if (!pool.reserve(pages))
            {
                return;
            }
            pool.unreserve(pages);
            entry.deadline = other.deadline;
            entry.maxIdle = other.maxIdle;
            entry.touched = other.touched;
            entry.version = ++version;
        }
        assertEquals(entry != null, store.setExpiry(hash, key, 0, keyLength, expiry, version));
    }

    private void touch(final MapStore store, final Map<String, Entry> model, final String name)
    {
        final long handle = store.find(hash, key, 0, keyLength);
        final Entry entry = model.get(name);
        assertEquals(entry != null, handle > 0);
        if (handle > 0)
        {
            store.touch(handle, now);
            entry.touched = entry.maxIdle == 0 ? 0 : Math.max(entry.touched, now);
            if (entry.value.length == Long.BYTES)
            {
                entry.version = ++version;
                store.setLong(handle, version, version);
                new UnsafeBuffer(entry.value).putLong(0, version, java.nio.ByteOrder.LITTLE_ENDIAN);
                assertEquals(version, store.wrap(handle).valueLong());
            }
        }
    }

    private void expire()
    {
        final int limit = 1 + random.nextInt(50);
        while (space.expired(now, limit, this::removeExpired) == limit)
        {
            assertTrue(space.nextDeadline() >= 0);
        }
        for (final Map<String, Entry> model : models)
        {
            for (final Entry entry : model.values())
            {
                assertTrue(entry.end() > now, "not expired");
                assertTrue(space.nextDeadline() <= entry.end());
            }
        }
    }

    private boolean removeExpired(final RecordView record)
    {
        assertTrue(record.end() <= now, "fired early");
        final UnsafeBuffer gone = new UnsafeBuffer(new byte[record.keyLength()]);
        record.copyKey(gone, 0);
        final Map<String, Entry> model = models.get(record.structureId() - 1);
        final Entry entry = model.remove(gone.getStringWithoutLengthAscii(0, gone.capacity()));
        assertEquals(entry.end(), record.end());
        assertTrue(space.map(record.structureId()).remove(record.hash(), gone, 0, gone.capacity()));
        return true;
    }

    private void clearOrDrop(final int id, final MapStore store, final Map<String, Entry> model)
    {
        model.clear();
        if (random.nextBoolean())
        {
            store.clear();
            assertEquals(0, store.size());
        }
        else
        {
            final MapReader reader = store.reader();
            assertTrue(space.drop(id));
            assertEquals(MapReader.DESTROYED, reader.find(hash, key, 0, keyLength, now, null));
            assertTrue(reader.isDestroyed());
            space.create(id, MapStore.EVICTABLE | (id == 2 ? MapStore.TRACED : 0));
        }
    }

    private void get(final MapStore store, final Map<String, Entry> model, final String name)
    {
        final Entry entry = model.get(name);
        final int result =
            store.reader().get(hash, key, 0, keyLength, out, 0, out.capacity(), now, meta);
        if (entry == null)
        {
            assertEquals(MapReader.ABSENT, result);
            assertEquals(0, store.find(hash, key, 0, keyLength));
        }
        else if (entry.end() <= now)
        {
            assertEquals(MapReader.ASK_WRITER, result);
        }
        else
        {
            assertEquals(entry.value.length, result);
            final byte[] bytes = new byte[result];
            out.getBytes(0, bytes);
            assertArrayEquals(entry.value, bytes);
            assertEquals(entry.version, meta.version());
            assertEquals(entry.end(), meta.end());
            assertEquals(result, store.reader().find(hash, key, 0, keyLength, now, null));
            if (result > 0)
            {
                final int cut = store.reader().get(hash, key, 0, keyLength, out, 0, result - 1, now);
                assertTrue(MapReader.isTooLong(cut));
                assertEquals(result, MapReader.requiredLength(cut));
            }
        }
    }

    void checkAll()
    {
        for (int id = 1; id <= MAPS; id++)
        {
            final MapStore store = space.map(id);
            final Map<String, Entry> model = models.get(id - 1);
            assertEquals(model.size(), store.size());
            final Set<String> seen = new HashSet<>();
            long cursor = 0;
            final int step = 1 + random.nextInt(200);
            while (cursor != MapStore.SCAN_END)
            {
                cursor = store.scan(cursor, step, (record) -> check(record, model, seen));
            }
            assertEquals(model.size(), seen.size());
        }
    }

    private boolean check(final RecordView record, final Map<String, Entry> model, final Set<String> seen)
    {
        final int length = record.copyKey(out, 0);
        final String name = out.getStringWithoutLengthAscii(0, length);
        final Entry entry = model.get(name);
        assertTrue(seen.add(name), () -> "seen twice: " + name);
        assertTrue(entry != null, () -> "resurrected: " + name);
        assertEquals(entry.version, record.version());
        assertEquals(entry.deadline, record.deadline());
        assertEquals(entry.maxIdle, record.maxIdle());
        assertEquals(entry.touched, record.touched());
        assertTrue(record.traced() >= record.touched());
        assertTrue(record.valueEquals(new UnsafeBuffer(entry.value), 0, entry.value.length));
        final byte[] bytes = new byte[record.copyValue(out, 0)];
        out.getBytes(0, bytes);
        assertTrue(Arrays.equals(entry.value, bytes));
        return true;
    }

    void finish()
    {
        for (int id = 1; id <= MAPS; id++)
        {
            assertTrue(space.drop(id));
        }
        while (space.reclaim(1_000) > 0)
        {
            assertFalse(space.usedPages() < 0);
        }
        assertEquals(0, space.size());
        assertEquals(0, pool.usedPages());
        space.close();
        pool.closeNow();
        assertEquals(0, budget.reserved());
    }

    private static final class Entry
    {
        private byte[] value;
        private long version;
        private long deadline;
        private long maxIdle;
        private long touched;

        private long end()
        {
            return Expiry.end(deadline, maxIdle, touched);
        }

        private boolean isMortal()
        {
            return deadline != 0 || maxIdle != 0;
        }
    }
}
