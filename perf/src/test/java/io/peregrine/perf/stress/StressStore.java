package io.peregrine.perf.stress;

import io.peregrine.storage.map.MapReader;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.memory.PagePool;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One partition whose every value says, in each of its words, which map and key it belongs to and when it was written:
 * so that a reader knows a torn or foreign value when it sees one. The writer actor uses the methods above
 * {@link #read}, the reader actor that one.
 */
final class StressStore
{
    static final int ABSENT = 0;
    static final int WHOLE = 1;
    static final int ASKED = 2;
    static final int GONE = 3;
    static final int BROKEN = -1;

    private static final int KEY_LENGTH = 64;
    private static final int MOST_WORDS = 4096;
    private static final int STAMP_BITS = 32;
    private static final int KEY_BITS = 24;
    private static final long STAMP_MASK = (1L << STAMP_BITS) - 1;

    final MapSpace space;
    private final PagePool pool;
    private final UnsafeBuffer writeKey = new UnsafeBuffer(new byte[KEY_LENGTH]);
    private final UnsafeBuffer writeValue = new UnsafeBuffer(new byte[MOST_WORDS * Long.BYTES]);
    private final UnsafeBuffer readKey = new UnsafeBuffer(new byte[KEY_LENGTH]);
    private final UnsafeBuffer readValue = new UnsafeBuffer(new byte[MOST_WORDS * Long.BYTES]);
    private long version;

    StressStore()
    {
        this(newPool());
    }

    StressStore(final PagePool pool)
    {
        this.pool = pool;
        space = new MapSpace(pool, StressStore::hash);
    }

    static PagePool newPool()
    {
        return new PagePool(new MemoryBudget(256L << 20));
    }

    private static long hash(final DirectBuffer key, final int offset, final int length)
    {
        return hash(key.getLong(offset));
    }

    private static long hash(final long key)
    {
        final long mixed = (key + 1) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29) * 0xBF58476D1CE4E5B9L;
    }

    void put(final MapStore map, final long key, final int words, final long stamp)
    {
        final int pages = MapSpace.worstPages(KEY_LENGTH, words * Long.BYTES);
        if (!pool.reserve(pages))
        {
            throw new IllegalStateException("the stress test needs more memory");
        }

        final long word = word(map.structureId(), key) | stamp & STAMP_MASK;
        for (int i = 0; i < words; i++)
        {
            writeValue.putLong(i * Long.BYTES, word);
        }

        writeKey.putLong(0, key);
        map.put(hash(key), writeKey, 0, KEY_LENGTH, writeValue, 0, words * Long.BYTES, ++version, null);
        pool.unreserve(pages);
    }

    boolean remove(final MapStore map, final long key)
    {
        writeKey.putLong(0, key);
        return map.remove(hash(key), writeKey, 0, KEY_LENGTH);
    }

    void setLong(final MapStore map, final long key, final long value)
    {
        writeKey.putLong(0, key);
        map.setLong(map.find(hash(key), writeKey, 0, KEY_LENGTH), value, ++version);
    }

    void reclaimAll()
    {
        while (space.reclaim(1024) > 0)
        {
            Thread.onSpinWait();
        }
    }

    void closePool()
    {
        space.close();
        pool.close();
    }

    /**
     * Read an entry and judge what came.
     *
     * @return one of the constants above.
     */
    int read(final MapReader reader, final int structureId, final long key)
    {
        final int length = readRaw(reader, key);
        if (length < 0)
        {
            return length == MapReader.ABSENT ? ABSENT :
                length == MapReader.ASK_WRITER ? ASKED : length == MapReader.DESTROYED ? GONE : BROKEN;
        }

        final long word = readValue.getLong(0);
        if (length == 0 || length % Long.BYTES != 0 || (word & ~STAMP_MASK) != word(structureId, key))
        {
            return BROKEN;
        }

        for (int i = Long.BYTES; i < length; i += Long.BYTES)
        {
            if (readValue.getLong(i) != word)
            {
                return BROKEN;
            }
        }

        return WHOLE;
    }

    /**
     * Read an entry without judging.
     *
     * @return length or code.
     */
    int readRaw(final MapReader reader, final long key)
    {
        readKey.putLong(0, key);
        return reader.get(hash(key), readKey, 0, KEY_LENGTH, readValue, 0, readValue.capacity(), 0);
    }

    /**
     * The stamp of the value read last.
     *
     * @return stamp.
     */
    int stampRead()
    {
        return (int) readValue.getLong(0);
    }

    /**
     * The first word of the value read last.
     *
     * @return word.
     */
    long wordRead()
    {
        return readValue.getLong(0);
    }

    private static long word(final int structureId, final long key)
    {
        return (long) structureId << (STAMP_BITS + KEY_BITS) | (key & (1 << KEY_BITS) - 1) << STAMP_BITS;
    }
}
