package io.peregrine.perf.sim.workload;

import io.peregrine.client.codec.Action;
import io.peregrine.client.port.KeyHash;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The keys of a run. Some are wanted by everybody, most by few; the first letter says what a key holds: a number, a
 * value that ends by itself, one that stays for good, or one that comes and goes.
 */
public final class Keys
{
    /**
     * Number of the map that all clients use.
     */
    public static final int MAP = 1;

    /**
     * First letter of keys that hold numbers.
     */
    public static final char NUMBER = 'n';

    /**
     * First letter of keys whose values are written with an end.
     */
    public static final char MORTAL = 't';

    /**
     * First letter of keys that are written once and never removed.
     */
    public static final char LASTING = 's';

    /**
     * First letter of keys of holders of locks: those are judged apart.
     */
    public static final char OF_HOLDER = 'l';

    private static final int HOT = 2;
    private static final int COMMON = 12;
    private static final int TOGETHER = 3;
    private static final int LASTINGS = 40;
    private static final int BULKY = 400;
    private static final int HOT_SHARE = 3;
    private static final char BULKY_KEY = 'v';
    private static final byte[] PADDING = bytes(".".repeat(3000));

    private final List<List<String>> common = new ArrayList<>();
    private final List<List<String>> together = new ArrayList<>();
    private final List<String> hot = new ArrayList<>();
    private final List<String> numbers = new ArrayList<>();
    private final List<String> mortals = new ArrayList<>();
    private final List<List<String>> bulky = new ArrayList<>();
    private final int partitions;
    private boolean isClearing;
    private int nextCleared;

    /**
     * @param partitions of the grid.
     * @param isBulky    whether there are many keys with long values besides: more than a node with little memory
     *                   holds.
     */
    public Keys(final int partitions, final boolean isBulky)
    {
        this.partitions = partitions;
        for (int partition = 0; partition < partitions; partition++)
        {
            common.add(find("k", partition, COMMON));
            together.add(find("b", partition, TOGETHER));
            numbers.addAll(find("n", partition, 1));
            mortals.addAll(find("t", partition, 1));
        }
        for (int partition = 0; isBulky && partition < partitions; partition++)
        {
            final List<String> found = find(BULKY_KEY + "", partition, BULKY / partitions * TOGETHER);
            for (int i = 0; i < found.size(); i += TOGETHER)
            {
                bulky.add(found.subList(i, i + TOGETHER));
            }
        }
        for (int i = 0; i < HOT; i++)
        {
            hot.add("h" + i);
        }
    }

    /**
     * @return of the grid.
     */
    int partitions()
    {
        return partitions;
    }

    /**
     * @param key of an entry.
     * @return its partition.
     */
    public int partition(final String key)
    {
        final byte[] bytes = bytes(key);
        return KeyHash.partition(KeyHash.hash(new UnsafeBuffer(bytes), 0, bytes.length), partitions);
    }

    /**
     * @param text of a key or a name.
     * @return the same as bytes.
     */
    public static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    String any(final SplittableRandom random)
    {
        return random.nextInt(HOT_SHARE) == 0 ?
            of(hot, random) : of(common.get(random.nextInt(partitions)), random);
    }

    String number(final SplittableRandom random)
    {
        return of(numbers, random);
    }

    String mortalOf(final int partition)
    {
        return mortals.get(partition);
    }

    String mortal(final SplittableRandom random)
    {
        return of(mortals, random);
    }

    /**
     * From now on those with long values are removed, so that there is memory again.
     */
    public void clear()
    {
        isClearing = true;
    }

    /**
     * @return whether there are keys with long values that are to be written, or still to be removed.
     */
    public boolean isBulky()
    {
        return !bulky.isEmpty();
    }

    boolean isClearing()
    {
        return isClearing;
    }

    /**
     * @return keys of one partition whose values are long, to be written or removed together.
     */
    List<String> bulky(final SplittableRandom random)
    {
        return bulky.get(isClearing ? nextCleared++ % bulky.size() : random.nextInt(bulky.size()));
    }

    /**
     * A request was carried out; what was to be removed is gone.
     */
    void done(final List<Item> items)
    {
        if (isClearing && items.get(0).key().charAt(0) == BULKY_KEY && items.get(0).action() == Action.REMOVE)
        {
            bulky.remove(items.stream().map(Item::key).toList());
        }
    }

    /**
     * @return value as it is written: one that is long is noted without what makes it so.
     */
    static byte[] valueBytes(final String key, final String value)
    {
        final byte[] bytes = bytes(value);
        if (key.charAt(0) != BULKY_KEY)
        {
            return bytes;
        }

        final byte[] padded = Arrays.copyOf(bytes, bytes.length + PADDING.length);
        System.arraycopy(PADDING, 0, padded, bytes.length, PADDING.length);
        return padded;
    }

    /**
     * @return value as it is noted, of what was read.
     */
    static String value(final String key, final byte[] bytes)
    {
        final int length = key.charAt(0) == BULKY_KEY ? bytes.length - PADDING.length : bytes.length;
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    String lasting(final SplittableRandom random)
    {
        return LASTING + "" + random.nextInt(LASTINGS);
    }

    List<String> together(final SplittableRandom random)
    {
        return together.get(random.nextInt(partitions));
    }

    private static String of(final List<String> keys, final SplittableRandom random)
    {
        return keys.get(random.nextInt(keys.size()));
    }

    private List<String> find(final String letter, final int partition, final int count)
    {
        final List<String> found = new ArrayList<>(count);
        for (int i = 0; found.size() < count; i++)
        {
            final String key = letter + i;
            if (partition(key) == partition)
            {
                found.add(key);
            }
        }
        return found;
    }
}
