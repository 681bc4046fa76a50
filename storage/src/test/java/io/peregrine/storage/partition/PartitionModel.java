package io.peregrine.storage.partition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.peregrine.storage.codec.Action;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.session.Sessions;

/**
 * What a partition is to do, in plain Java maps.
 */
final class PartitionModel
{
    /**
     * A record.
     *
     * @param value    its bytes, in hexadecimal.
     * @param version  of it.
     * @param deadline of it, 0 for none.
     * @param maxIdle  of it, 0 for any.
     * @param usedAt   last use, where it has a longest idle time.
     */
    record Rec(String value, long version, long deadline, long maxIdle, long usedAt)
    {
        long end()
        {
            final long end = deadline == 0 ? Long.MAX_VALUE : deadline;
            return maxIdle == 0 ? end : Math.min(end, usedAt + maxIdle);
        }
    }

    private record Kept(long session, long number, Outcome outcome)
    {
        int size()
        {
            return 24 + (outcome.encodedLength() + 7) / 8 * 8;
        }
    }

    private static final class Ses
    {
        long timeout;
        long lastUsed;
        long last;
        long floor;
    }

    final TreeMap<Integer, TreeMap<String, Rec>> structures = new TreeMap<>();
    final TreeMap<Long, Ses> sessions = new TreeMap<>();
    long time;

    private final List<Kept> kept = new ArrayList<>();

    Outcome request(
        final long sequence, final long session, final long number, final long lowest, final Supplier<Outcome> action)
    {
        if (session == 0)
        {
            return action.get();
        }
        final Ses ses = sessions.get(session);
        if (ses == null)
        {
            return Outcome.of(sequence, ResultStatus.NO_SESSION);
        }
        if (number <= ses.last)
        {
            return kept.stream().filter((k) -> k.session == session && k.number == number).map(Kept::outcome)
                .findFirst().orElse(Outcome.of(sequence, ResultStatus.FORGOTTEN));
        }
        final Outcome outcome = action.get();
        ses.last = number;
        ses.lastUsed = time;
        ses.floor = Math.max(ses.floor, Math.max(Math.min(lowest, number), number - Sessions.MAX_RESULTS + 1));
        kept.removeIf((k) -> k.session == session && k.number < ses.floor);
        if (outcome.encodedLength() <= Sessions.MAX_RESULT_LENGTH)
        {
            kept.add(new Kept(session, number, outcome));
            while (kept.stream().mapToInt(Kept::size).sum() > Sessions.MAX_RESULT_BYTES)
            {
                kept.remove(0);
            }
        }
        return outcome;
    }

    Outcome command(final long sequence, final Cmd cmd)
    {
        final TreeMap<String, Rec> map = structures.get(cmd.structureId);
        if (map == null)
        {
            return Outcome.of(sequence, ResultStatus.NO_STRUCTURE);
        }
        final Rec before = map.get(cmd.key);
        final ResultStatus status = holds(before, cmd) ? numberStatus(before, cmd) : ResultStatus.CONDITION_FAILED;
        return new Outcome(sequence, status, 0, List.of(
            status == ResultStatus.APPLIED ? carryOut(map, sequence, cmd) : found(cmd, before, before)));
    }

    Outcome batch(final long sequence, final List<Cmd> commands)
    {
        final TreeMap<Integer, TreeMap<String, Rec>> work = new TreeMap<>();
        structures.forEach((id, map) -> work.put(id, new TreeMap<>(map)));
        final List<Outcome.Found> found = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++)
        {
            final Cmd cmd = commands.get(i);
            if (!structures.containsKey(cmd.structureId))
            {
                return new Outcome(sequence, ResultStatus.NO_STRUCTURE, i, List.of());
            }
            final Rec before = structures.get(cmd.structureId).get(cmd.key);
            final Rec within = work.get(cmd.structureId).get(cmd.key);
            final ResultStatus status =
                holds(before, cmd) ? numberStatus(within, cmd) : ResultStatus.CONDITION_FAILED;
            if (status != ResultStatus.APPLIED)
            {
                return new Outcome(sequence, status, i, List.of(found(cmd, before, before)));
            }
            found.add(carryOut(work.get(cmd.structureId), sequence, cmd));
        }
        structures.putAll(work);
        return new Outcome(sequence, ResultStatus.APPLIED, 0, found);
    }

    private static boolean holds(final Rec record, final Cmd cmd)
    {
        return switch (cmd.condition)
        {
            case ABSENT -> record == null;
            case PRESENT -> record != null;
            case VALUE_EQUALS -> record != null && record.value.equals(HexFormat.of().formatHex(cmd.expected));
            case VERSION_EQUALS -> (record == null ? 0 : record.version) == cmd.expectedVersion;
            default -> true;
        };
    }

    private static ResultStatus numberStatus(final Rec record, final Cmd cmd)
    {
        if (cmd.action != Action.ADD || record == null)
        {
            return ResultStatus.APPLIED;
        }
        if (record.value.length() != 2 * Long.BYTES)
        {
            return ResultStatus.NOT_A_NUMBER;
        }
        try
        {
            Math.addExact(Cmd.number(HexFormat.of().parseHex(record.value)), cmd.operand);
            return ResultStatus.APPLIED;
        }
        catch (final ArithmeticException ex)
        {
            return ResultStatus.OVERFLOW;
        }
    }

    private Outcome.Found carryOut(final TreeMap<String, Rec> map, final long sequence, final Cmd cmd)
    {
        final Rec before = map.get(cmd.key);
        final long used = cmd.maxIdle == 0 ? 0 : time;
        switch (cmd.action)
        {
            case PUT -> map.put(
                cmd.key,
                new Rec(HexFormat.of().formatHex(cmd.value), sequence, cmd.deadline, cmd.maxIdle, used));
            case REMOVE -> map.remove(cmd.key);
            case ADD ->
            {
                final long sum =
                    (before == null ? 0 : Cmd.number(HexFormat.of().parseHex(before.value))) + cmd.operand;
                final String value = HexFormat.of().formatHex(Cmd.number(sum));
                map.put(cmd.key, before == null ? new Rec(value, sequence, cmd.deadline, cmd.maxIdle, used) :
                    new Rec(value, sequence, before.deadline, before.maxIdle, before.maxIdle == 0 ? 0 : time));
            }
            case EXPIRE -> map.computeIfPresent(
                cmd.key, (key, rec) -> new Rec(rec.value, rec.version, cmd.deadline, cmd.maxIdle, used));
            default ->
            {
            }
        }
        return found(cmd, before, map.get(cmd.key));
    }

    private static Outcome.Found found(final Cmd cmd, final Rec before, final Rec after)
    {
        return new Outcome.Found(
            after == null ? 0 : after.version, before == null ? 0 : before.version,
            cmd.returning && before != null ? before.value : "");
    }

    void expire(final int id, final String key, final long end)
    {
        structures.getOrDefault(id, new TreeMap<>()).computeIfPresent(key, (k, rec) -> rec.end() == end ? null : rec);
    }

    void touch(final int id, final String key, final long usedAt)
    {
        structures.getOrDefault(id, new TreeMap<>()).computeIfPresent(key, (k, rec) -> rec.maxIdle == 0 ? rec :
            new Rec(rec.value, rec.version, rec.deadline, rec.maxIdle, Math.max(rec.usedAt, usedAt)));
    }

    void evict(final int id, final String key, final long version)
    {
        structures.getOrDefault(id, new TreeMap<>())
            .computeIfPresent(key, (k, rec) -> rec.version == version ? null : rec);
    }

    void open(final long id, final long timeout)
    {
        final Ses ses = new Ses();
        ses.timeout = timeout;
        ses.lastUsed = time;
        sessions.put(id, ses);
    }

    boolean close(final long id, final long lastUsed)
    {
        final Ses ses = sessions.get(id);
        final boolean ends = ses != null && (lastUsed < 0 || ses.lastUsed == lastUsed);
        if (ends)
        {
            sessions.remove(id);
            kept.removeIf((k) -> k.session == id);
        }
        return ends;
    }

    long lastUsed(final long id)
    {
        return sessions.containsKey(id) ? sessions.get(id).lastUsed : 0;
    }

    long lastNumber(final long id)
    {
        return sessions.containsKey(id) ? sessions.get(id).last : 0;
    }

    List<Long> sessionIds()
    {
        return new ArrayList<>(sessions.keySet());
    }

    Map<String, Rec> records(final int id)
    {
        return structures.get(id);
    }

    @Override
    public String toString()
    {
        return structures + " " + Arrays.toString(sessions.keySet().toArray());
    }
}
