package io.peregrine.storage.partition;

import java.nio.ByteOrder;

import io.peregrine.storage.codec.Action;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.map.Expiry;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.map.RecordView;
import io.peregrine.storage.session.Digest;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A map: what its commands mean.
 */
final class MapStructure implements KeyedStructure
{
    private final MapStore map;
    private final int traits;
    private final MapChunks chunks;
    private final StoreRules rules;
    private final NumberState number = new NumberState();
    private final Expiry expiry = new Expiry();
    private final UnsafeBuffer numberBytes = new UnsafeBuffer(new byte[Long.BYTES]);

    MapStructure(final MapStore map, final int traits, final MapChunks chunks, final StoreRules rules)
    {
        this.map = map;
        this.traits = traits;
        this.chunks = chunks;
        this.rules = rules;
    }

    @Override
    public int id()
    {
        return map.structureId();
    }

    @Override
    public StructureKind kind()
    {
        return StructureKind.MAP;
    }

    @Override
    public int traits()
    {
        return traits;
    }

    /**
     * Would this command do what it asks for, on the state as it is? Locates it; changes nothing.
     */
    ResultStatus check(final Command command)
    {
        locate(command);
        if (!holds(command))
        {
            return ResultStatus.CONDITION_FAILED;
        }
        if (command.action != Action.ADD)
        {
            return ResultStatus.APPLIED;
        }
        readNumber(command, number);
        return number.add(command.operand);
    }

    private boolean holds(final Command command)
    {
        final long handle = command.handle;
        return switch (command.condition)
        {
            case NONE -> true;
            case ABSENT -> handle == 0;
            case PRESENT -> handle != 0;
            case VALUE_EQUALS -> handle != 0 &&
                map.wrap(handle).valueEquals(command.buffer, command.expectedOffset, command.expectedLength);
            case VERSION_EQUALS -> (handle == 0 ? 0 : map.wrap(handle).version()) == command.expectedVersion;
            case NULL_VAL -> false;
        };
    }

    /**
     * What an ADD would find, where the command was located.
     */
    void readNumber(final Command command, final NumberState state)
    {
        if (command.handle == 0)
        {
            state.number(0);
            return;
        }
        final RecordView record = map.wrap(command.handle);
        if (record.valueLength() == Long.BYTES)
        {
            state.number(record.valueLong());
        }
        else
        {
            state.notANumber();
        }
    }

    /**
     * Find what a command is about, as {@link #check} does.
     */
    void locate(final Command command)
    {
        command.handle = map.find(command.hash, command.buffer, command.keyOffset, command.keyLength);
    }

    /**
     * Carry a command out that was found good and is located, and tell what it found and left.
     */
    void apply(final Command command, final long sequence, final long time, final ResultWriter results)
    {
        final long previous = tell(command, versionAfter(command, sequence), results);
        switch (command.action)
        {
            case PUT -> put(command, sequence, expiryOf(command, time));
            case REMOVE ->
            {
                if (command.handle != 0)
                {
                    map.remove(command.hash, command.buffer, command.keyOffset, command.keyLength);
                }
            }
            case ADD -> add(command, sequence, time);
            case EXPIRE ->
            {
                if (command.handle != 0)
                {
                    map.setExpiry(
                        command.hash, command.buffer, command.keyOffset, command.keyLength,
                        expiryOf(command, time), previous);
                }
            }
            default ->
            {
                // CHECK: the condition was all
            }
        }
    }

    /**
     * Over a record of the same size without looking for it again: nothing has changed since it was located.
     */
    private void put(final Command command, final long sequence, final Expiry newExpiry)
    {
        final boolean isDone = command.handle != 0 && map.overwrite(
            command.handle,
            command.hash,
            command.buffer,
            command.valueOffset,
            command.valueLength,
            sequence,
            newExpiry);
        if (!isDone)
        {
            map.put(
                command.hash, command.buffer, command.keyOffset, command.keyLength,
                command.buffer, command.valueOffset, command.valueLength, sequence, newExpiry);
        }
    }

    private static long versionAfter(final Command command, final long sequence)
    {
        return switch (command.action)
        {
            case PUT, ADD -> sequence;
            case REMOVE -> 0;
            default -> -1;
        };
    }

    /**
     * Tell of a command that was found not good and is located.
     */
    void tellFailed(final Command command, final ResultWriter results)
    {
        tell(command, -1, results);
    }

    private long tell(final Command command, final long versionAfter, final ResultWriter results)
    {
        final RecordView record = command.handle == 0 ? null : map.wrap(command.handle);
        final long previous = record == null ? 0 : record.version();
        results.command(
            versionAfter < 0 ? previous : versionAfter, previous, command.returnPrevious ? record : null);
        return previous;
    }

    private void add(final Command command, final long sequence, final long time)
    {
        readNumber(command, number);
        number.add(command.operand);
        if (command.handle == 0)
        {
            numberBytes.putLong(0, number.value(), ByteOrder.LITTLE_ENDIAN);
            map.put(
                command.hash, command.buffer, command.keyOffset, command.keyLength,
                numberBytes, 0, Long.BYTES, sequence, expiryOf(command, time));
        }
        else
        {
            map.setLong(command.handle, number.value(), sequence);
            map.touch(command.handle, time);
        }
    }

    private Expiry expiryOf(final Command command, final long time)
    {
        return command.deadline == 0 && command.maxIdle == 0 ? expiry.none() :
            expiry.set(command.deadline, command.maxIdle, command.maxIdle == 0 ? 0 : time);
    }

    @Override
    public void expire(
        final long hash,
        final DirectBuffer key,
        final int offset,
        final int length,
        final long end,
        final long sequence,
        final long time)
    {
        final long handle = map.find(hash, key, offset, length);
        if (handle != 0 && rules.isExpired(map.wrap(handle).end(), end))
        {
            map.remove(hash, key, offset, length);
        }
    }

    /**
     * Apply: note a use.
     */
    void touch(final long hash, final DirectBuffer key, final int offset, final int length, final long usedAt)
    {
        final long handle = map.find(hash, key, offset, length);
        if (handle != 0)
        {
            map.touch(handle, usedAt);
        }
    }

    /**
     * Apply: remove a record whose version is still the one seen.
     */
    void evict(final long hash, final DirectBuffer key, final int offset, final int length, final long version)
    {
        final long handle = map.find(hash, key, offset, length);
        if (handle != 0 && map.wrap(handle).version() == version)
        {
            map.remove(hash, key, offset, length);
        }
    }

    @Override
    public RecordView find(final long hash, final DirectBuffer key, final int offset, final int length)
    {
        final long handle = map.find(hash, key, offset, length);
        return handle == 0 ? null : map.wrap(handle);
    }

    @Override
    public long clear()
    {
        final long removed = map.size();
        map.clear();
        return removed;
    }

    @Override
    public void clearBelow(final long cursor)
    {
        chunks.clearBelow(map, cursor);
    }

    @Override
    public long writeChunk(final long cursor, final ChunkTarget target)
    {
        target.records.begin(target.offset());
        final long next = map.scan(cursor, ChunkBody.MAX_RECORDS, target.records);
        target.length(target.records.end());
        return next;
    }

    @Override
    public boolean load(final DirectBuffer body, final int offset)
    {
        return chunks.load(map, body, offset);
    }

    @Override
    public long digest()
    {
        return Digest.mix(Digest.mix(3, id()), traits) + chunks.digest(map);
    }

    @Override
    public void close()
    {
        // All that it has is memory of the partition.
    }
}
