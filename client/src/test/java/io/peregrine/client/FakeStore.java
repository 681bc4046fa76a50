package io.peregrine.client;

import io.peregrine.client.codec.Action;
import io.peregrine.client.codec.Condition;
import io.peregrine.client.codec.Status;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model of the answering side: maps of byte strings, with versions and deadlines in hand-driven time. Not for several
 * threads at a time.
 */
final class FakeStore
{
    long now = 1_000;
    private final Map<Integer, FakeMap> maps = new LinkedHashMap<>();
    private final int partitions;
    private int nextId = 1;
    private long nextVersion = 100;

    FakeStore(final int partitions)
    {
        this.partitions = partitions;
    }

    FakeMap open(final String name, final long ttl, final long maxIdle)
    {
        for (final FakeMap map : maps.values())
        {
            if (map.name.equals(name))
            {
                return ttl != 0 && ttl != map.ttl || maxIdle != 0 && maxIdle != map.maxIdle ? null : map;
            }
        }
        final FakeMap map = new FakeMap(nextId++, name, ttl == 0 ? -1 : ttl, maxIdle == 0 ? -1 : maxIdle, partitions);
        maps.put(map.id, map);
        return map;
    }

    FakeMap map(final int id)
    {
        return maps.get(id);
    }

    boolean destroy(final int id)
    {
        return maps.remove(id) != null;
    }

    Iterable<FakeMap> all()
    {
        return maps.values();
    }

    Entry find(final FakeMap map, final int partition, final byte[] key)
    {
        final Entry entry = map.partitions.get(partition).get(ByteBuffer.wrap(key));
        if (entry != null && entry.deadline <= now)
        {
            map.partitions.get(partition).remove(ByteBuffer.wrap(key));
            return null;
        }
        return entry;
    }

    /**
     * Can the command be carried out?
     */
    Status judge(final Entry entry, final Command command)
    {
        if (!holds(entry, command))
        {
            return Status.CONDITION_FAILED;
        }
        if (command.action == Action.ADD && entry != null)
        {
            if (entry.value.length != Long.BYTES)
            {
                return Status.NOT_A_NUMBER;
            }
            final long number = number(entry.value);
            if (((number ^ number + command.operand) & (command.operand ^ number + command.operand)) < 0)
            {
                return Status.OVERFLOW;
            }
        }
        return Status.APPLIED;
    }

    /**
     * Carry out a command that was judged to be possible.
     *
     * @return the entry that it leaves, or null.
     */
    Entry apply(final FakeMap map, final int partition, final Entry entry, final Command command)
    {
        final ByteBuffer key = ByteBuffer.wrap(command.key);
        switch (command.action)
        {
            case PUT:
                return put(map, partition, key, command.value, deadline(command.ttl, map.ttl));

            case ADD:
                final long sum = (entry == null ? 0 : number(entry.value)) + command.operand;
                return put(map, partition, key, bytes(sum),
                    entry == null ? deadline(command.ttl, map.ttl) : entry.deadline);

            case REMOVE:
                map.partitions.get(partition).remove(key);
                return null;

            case EXPIRE:
                return entry == null ? null :
                    put(map, partition, key, entry.value, deadline(command.ttl, map.ttl));

            default:
                return entry;
        }
    }

    static long number(final byte[] value)
    {
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private static byte[] bytes(final long number)
    {
        return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
    }

    private Entry put(
        final FakeMap map, final int partition, final ByteBuffer key, final byte[] value, final long deadline)
    {
        final Entry made = new Entry(value, nextVersion++, deadline);
        map.partitions.get(partition).put(key, made);
        return made;
    }

    private long deadline(final long ttl, final long ofMap)
    {
        final long effective = ttl == 0 ? ofMap : ttl;
        return effective < 0 ? Long.MAX_VALUE : now + effective;
    }

    private static boolean holds(final Entry entry, final Command command)
    {
        switch (command.condition)
        {
            case ABSENT:
                return entry == null;

            case PRESENT:
                return entry != null;

            case VALUE_EQUALS:
                return entry != null && Arrays.equals(entry.value, command.expected);

            case VERSION_EQUALS:
                return entry != null && entry.version == command.expectedVersion;

            default:
                return true;
        }
    }

    record Entry(byte[] value, long version, long deadline)
    {
    }

    record Command(
        int structureId,
        Action action,
        Condition condition,
        boolean returnPrevious,
        long ttl,
        long operand,
        long expectedVersion,
        byte[] key,
        byte[] value,
        byte[] expected)
    {
    }

    static final class FakeMap
    {
        final int id;
        final String name;
        final long ttl;
        final long maxIdle;
        final Map<Integer, TreeMap<ByteBuffer, Entry>> partitions = new TreeMap<>();

        FakeMap(final int id, final String name, final long ttl, final long maxIdle, final int count)
        {
            this.id = id;
            this.name = name;
            this.ttl = ttl;
            this.maxIdle = maxIdle;
            for (int i = 0; i < count; i++)
            {
                partitions.put(i, new TreeMap<>());
            }
        }
    }
}
