package io.peregrine.perf.load;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Entries with keys of 16 bytes and values of equal length, and a long uniformly random sequence of them. Keys are
 * there as encoded bytes for a store and as String objects, other instances than any map has, for a map on the heap.
 * Either there is one key for each entry, so that the sequence jumps among them as an application jumps among objects
 * that it holds; or one for each place of the sequence, lying one after the other as if each had just come off a wire.
 */
public final class Workload
{
    /**
     * Bytes of a key.
     */
    public static final int KEY_LENGTH = 16;

    private static final int SEQUENCE = 1 << 20;
    private static final int THREAD_STRIDE = 104_729;
    private static final long SEED = 0x5EED;
    private static final VarHandle LONG =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int entries;
    private final int valueLength;
    private final int[] order;
    private final int[] keyAt;
    private final int keyCount;
    private final UnsafeBuffer keys;
    private final byte[] filler;
    private final int mask;

    private Workload(final int entries, final int valueLength, final int[] order, final int mask, final int[] keyAt)
    {
        this.entries = entries;
        this.valueLength = valueLength;
        this.order = order;
        this.mask = mask;
        this.keyAt = keyAt;
        filler = new byte[valueLength];
        new SplittableRandom(SEED).nextBytes(filler);
        keyCount = keyAt == order ? entries : order.length;
        keys = new UnsafeBuffer(new byte[keyCount * KEY_LENGTH]);
        for (int i = 0; i < order.length; i++)
        {
            writeKey(order[i], keys, keyOffset(i));
        }
    }

    /**
     * Every place of the sequence has an entry of its own choice, and every entry one key; the sequence repeats.
     *
     * @param entries     number of them, at least 1.
     * @param valueLength in bytes.
     * @return the workload.
     */
    public static Workload uniform(final int entries, final int valueLength)
    {
        final int[] order = randomOrder(entries);
        return new Workload(entries, valueLength, order, SEQUENCE - 1, order);
    }

    /**
     * As {@link #uniform}, but with the keys in the order in which they are used.
     *
     * @param entries     number of them, at least 1.
     * @param valueLength in bytes.
     * @return the workload.
     */
    public static Workload stream(final int entries, final int valueLength)
    {
        return new Workload(entries, valueLength, randomOrder(entries), SEQUENCE - 1, ascending(SEQUENCE));
    }

    /**
     * The sequence has each entry once, in random order, with the keys in the order in which they are used. For one
     * thread, which must not do more operations.
     *
     * @param entries     number of them, at least 1.
     * @param valueLength in bytes.
     * @return the workload.
     */
    public static Workload distinct(final int entries, final int valueLength)
    {
        final SplittableRandom random = new SplittableRandom(SEED);
        final int[] order = new int[entries];
        for (int i = 0; i < entries; i++)
        {
            final int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }

        return new Workload(entries, valueLength, order, -1, ascending(entries));
    }

    private static int[] randomOrder(final int entries)
    {
        final SplittableRandom random = new SplittableRandom(SEED);
        final int[] order = new int[SEQUENCE];
        for (int i = 0; i < SEQUENCE; i++)
        {
            order[i] = random.nextInt(entries);
        }

        return order;
    }

    private static int[] ascending(final int count)
    {
        final int[] numbers = new int[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = i;
        }

        return numbers;
    }

    /**
     * Write the key of an entry: "key:" and twelve digits.
     *
     * @param number of the entry.
     * @param dst    where to.
     * @param offset in it.
     */
    public static void writeKey(final long number, final MutableDirectBuffer dst, final int offset)
    {
        dst.putByte(offset, (byte) 'k');
        dst.putByte(offset + 1, (byte) 'e');
        dst.putByte(offset + 2, (byte) 'y');
        dst.putByte(offset + 3, (byte) ':');
        long left = number;
        for (int i = KEY_LENGTH - 1; i > 3; i--)
        {
            dst.putByte(offset + i, (byte) ('0' + left % 10));
            left /= 10;
        }
    }

    /**
     * The key of an entry as a new String.
     *
     * @param number of the entry.
     * @return an instance of its own, each time.
     */
    public static String keyOf(final long number)
    {
        final byte[] bytes = new byte[KEY_LENGTH];
        writeKey(number, new UnsafeBuffer(bytes), 0);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /**
     * The keys as new Strings.
     *
     * @return at {@link #keyIndex} of a place the key to use there; no two the same instance.
     */
    public String[] strings()
    {
        final String[] strings = new String[keyCount];
        for (int i = 0; i < order.length; i++)
        {
            if (strings[keyAt[i]] == null)
            {
                strings[keyAt[i]] = keyOf(order[i]);
            }
        }

        return strings;
    }

    /**
     * The value of an entry: its number in the first eight bytes, if there is room, and noise.
     *
     * @param number of the entry.
     * @return a new array.
     */
    public byte[] valueOf(final long number)
    {
        final byte[] value = filler.clone();
        stamp(number, value);
        return value;
    }

    /**
     * Make a value that of an entry.
     *
     * @param number of the entry.
     * @param value  made by {@link #valueOf(long)}.
     */
    public void stamp(final long number, final byte[] value)
    {
        if (valueLength >= Long.BYTES)
        {
            LONG.set(value, 0, number);
        }
    }

    /**
     * Is this the value of an entry?
     *
     * @param number of the entry.
     * @param value  found, or null.
     * @return true if so.
     */
    public boolean isValueOf(final long number, final byte[] value)
    {
        return value != null && value.length == valueLength &&
            (valueLength < Long.BYTES || (long) LONG.get(value, 0) == number);
    }

    /**
     * Is this the value of an entry?
     *
     * @param number of the entry.
     * @param value  buffer with what was found at its beginning.
     * @param length of what was found.
     * @return true if so.
     */
    public boolean isValueOf(final long number, final MutableDirectBuffer value, final int length)
    {
        return length == valueLength &&
            (valueLength < Long.BYTES || value.getLong(0, ByteOrder.LITTLE_ENDIAN) == number);
    }

    /**
     * Place in the sequence of an operation. Threads begin far from each other.
     *
     * @param operation number on its thread.
     * @param thread    index.
     * @return place.
     */
    public int place(final long operation, final int thread)
    {
        return (int) (operation + (long) thread * THREAD_STRIDE) & mask;
    }

    /**
     * The place of the next operation of a thread.
     *
     * @param place of an operation.
     * @return place.
     */
    public int next(final int place)
    {
        return (place + 1) & mask;
    }

    /**
     * The entry at a place of the sequence.
     *
     * @param place in the sequence.
     * @return its number.
     */
    public int number(final int place)
    {
        return order[place];
    }

    /**
     * The keys, each of {@link #KEY_LENGTH} bytes.
     *
     * @return a buffer to read only.
     */
    public UnsafeBuffer keys()
    {
        return keys;
    }

    /**
     * Where the key to use at a place begins.
     *
     * @param place in the sequence.
     * @return offset in {@link #keys()}.
     */
    public int keyOffset(final int place)
    {
        return keyAt[place] * KEY_LENGTH;
    }

    /**
     * Which key to use at a place.
     *
     * @param place in the sequence.
     * @return index in {@link #strings()}.
     */
    public int keyIndex(final int place)
    {
        return keyAt[place];
    }

    /**
     * Number of entries.
     *
     * @return count.
     */
    public int entries()
    {
        return entries;
    }

    /**
     * Length of every value.
     *
     * @return bytes.
     */
    public int valueLength()
    {
        return valueLength;
    }
}
