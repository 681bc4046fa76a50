package io.peregrine.storage.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.peregrine.storage.codec.Action;
import io.peregrine.storage.codec.Condition;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.map.MapStore;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes random entries, and says what each is to result in. Seeded.
 */
final class RandomEntries
{
    final PartitionModel model = new PartitionModel();
    final Entries entries = new Entries();
    int keys = 30;
    int maxValue = 40;
    int structures = 3;
    /**
     * Structures are dropped and made again all the time.
     */
    boolean isChurning;
    Outcome expected;

    private final Random random;

    RandomEntries(final long seed)
    {
        random = new Random(seed);
    }

    /**
     * Make an entry.
     */
    void next()
    {
        entries.time += random.nextInt(10);
        if (random.nextInt(20) == 0)
        {
            entries.time -= Math.min(entries.time, 5);
        }
        model.time = Math.max(model.time, entries.time);
        final int kind = isChurning && random.nextInt(6) == 0 ? 88 + random.nextInt(4) : random.nextInt(100);
        if (kind < 70)
        {
            request(kind);
        }
        else if (kind < 88)
        {
            record(kind);
        }
        else
        {
            whole(kind);
        }
    }

    private void request(final int kind)
    {
        final List<Long> ids = model.sessionIds();
        long session = 0;
        long number = 0;
        long lowest = 0;
        if (!ids.isEmpty() && random.nextInt(4) != 0)
        {
            session = random.nextInt(30) == 0 ? 1 : ids.get(random.nextInt(ids.size()));
            final long last = model.lastNumber(session);
            number = Math.max(1, last + 1 - (random.nextInt(4) == 0 ? random.nextInt(6) : 0) +
                (random.nextInt(10) == 0 ? random.nextInt(3) : 0));
            lowest = Math.max(1, number - random.nextInt(8));
        }
        entries.request(session, number, lowest);
        if (kind < 45)
        {
            final Cmd cmd = cmd();
            entries.command(cmd);
            expected = model.request(
                entries.sequence, session, number, lowest, () -> model.command(entries.sequence, cmd));
        }
        else if (kind < 68)
        {
            final List<Cmd> commands = new ArrayList<>();
            for (int i = random.nextInt(7); i >= 0; i--)
            {
                commands.add(cmd());
            }
            entries.batch(commands);
            expected = model.request(
                entries.sequence, session, number, lowest, () -> model.batch(entries.sequence, commands));
        }
        else
        {
            final int id = structureId();
            entries.clear(id);
            expected = model.request(entries.sequence, session, number, lowest, () -> clear(id));
        }
    }

    private Outcome clear(final int id)
    {
        final Map<String, PartitionModel.Rec> records = model.records(id);
        if (records != null)
        {
            records.clear();
        }
        return status(records != null, ResultStatus.NO_STRUCTURE);
    }

    private Cmd cmd()
    {
        final Cmd cmd = Cmd.of(structureId(), Action.get((byte) random.nextInt(5)), key());
        if (cmd.action == Action.PUT)
        {
            cmd.value(value());
        }
        else if (cmd.action == Action.ADD)
        {
            cmd.operand = random.nextInt(6) == 0 ? Long.MAX_VALUE - 5 : random.nextInt(20) - 10;
        }
        if (random.nextInt(3) == 0)
        {
            cmd.ending(
                random.nextBoolean() ? entries.time + random.nextInt(200) : 0,
                random.nextBoolean() ? 1 + random.nextInt(100) : 0);
        }
        cmd.returning = random.nextBoolean();
        if (random.nextInt(4) == 0)
        {
            condition(cmd);
        }
        return cmd;
    }

    private void condition(final Cmd cmd)
    {
        final PartitionModel.Rec rec =
            model.structures.getOrDefault(cmd.structureId, new TreeMap<>()).get(cmd.key);
        cmd.condition = Condition.get((byte) random.nextInt(5));
        if (cmd.condition == Condition.VERSION_EQUALS)
        {
            cmd.expectedVersion = random.nextInt(4) == 0 ? entries.sequence : rec == null ? 0 : rec.version();
        }
        else if (cmd.condition == Condition.VALUE_EQUALS)
        {
            cmd.expected = random.nextInt(4) == 0 || rec == null ?
                value() : HexFormat.of().parseHex(rec.value());
        }
    }

    private byte[] value()
    {
        if (random.nextInt(3) == 0)
        {
            return Cmd.number(random.nextInt(1000));
        }
        final byte[] value = new byte[random.nextInt(maxValue)];
        random.nextBytes(value);
        return value;
    }

    private String key()
    {
        final int number = random.nextInt(keys);
        return "key-" + number + "x".repeat(number % 17);
    }

    private int structureId()
    {
        return 1 + random.nextInt(structures);
    }

    private void record(final int kind)
    {
        final int id = structureId();
        final String key = key();
        final PartitionModel.Rec rec = model.structures.getOrDefault(id, new TreeMap<>()).get(key);
        if (kind < 76)
        {
            final long end = rec == null || random.nextInt(4) == 0 ? entries.time : rec.end();
            entries.expire(id, key, end);
            model.expire(id, key, end);
        }
        else if (kind < 82)
        {
            final long usedAt = Math.max(0, entries.time - random.nextInt(20));
            entries.touch(id, key, usedAt);
            model.touch(id, key, usedAt);
        }
        else
        {
            final long version = rec == null || random.nextInt(4) == 0 ? entries.sequence : rec.version();
            entries.evict(id, key, version);
            model.evict(id, key, version);
        }
        expected = status(true, null);
    }

    private void whole(final int kind)
    {
        final List<Long> ids = model.sessionIds();
        final long id = ids.isEmpty() || random.nextInt(10) == 0 ? 1 : ids.get(random.nextInt(ids.size()));
        final int structureId = structureId();
        switch (kind)
        {
            case 88, 89, 90 ->
            {
                entries.create(structureId);
                model.structures.putIfAbsent(structureId, new TreeMap<>());
                expected = status(true, null);
            }
            case 91 ->
            {
                entries.drop(structureId);
                expected = status(model.structures.remove(structureId) != null, ResultStatus.NO_STRUCTURE);
            }
            case 92, 93, 94 ->
            {
                entries.openSession(100);
                model.open(entries.sequence, 100);
                expected = status(true, null);
            }
            case 95, 96, 97 ->
            {
                final long lastUsed = random.nextBoolean() ? -1 : model.lastUsed(id) + random.nextInt(2);
                entries.closeSession(id, lastUsed);
                expected = status(model.close(id, lastUsed), ResultStatus.NO_SESSION);
            }
            default ->
            {
                entries.advanceTime();
                expected = status(true, null);
            }
        }
    }

    private Outcome status(final boolean applied, final ResultStatus otherwise)
    {
        return Outcome.of(entries.sequence, applied ? ResultStatus.APPLIED : otherwise);
    }

    /**
     * Compare all that a store has with the model.
     */
    void check(final StoreFixture fixture)
    {
        final Map<Integer, Map<String, PartitionModel.Rec>> found = new TreeMap<>();
        for (int id = 1; id <= structures; id++)
        {
            if (fixture.store.hasStructure(id))
            {
                found.put(id, records(fixture.maps.map(id)));
            }
        }
        assertEquals(model.structures, found);
        assertEquals(model.time, fixture.store.time());
        assertEquals(model.sessions.size(), fixture.store.sessions().size());
    }

    private static Map<String, PartitionModel.Rec> records(final MapStore map)
    {
        final Map<String, PartitionModel.Rec> records = new HashMap<>();
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[1 << 17]);
        long cursor = 0;
        while (cursor != MapStore.SCAN_END)
        {
            cursor = map.scan(cursor, 16, (record) ->
            {
                final String key = copy.getStringWithoutLengthUtf8(0, record.copyKey(copy, 0));
                final byte[] value = new byte[record.copyValue(copy, 0)];
                copy.getBytes(0, value);
                records.put(key, new PartitionModel.Rec(
                    HexFormat.of().formatHex(value), record.version(), record.deadline(),
                    record.maxIdle(), record.touched()));
                return true;
            });
        }
        assertEquals(map.size(), records.size());
        return new TreeMap<>(records);
    }
}
