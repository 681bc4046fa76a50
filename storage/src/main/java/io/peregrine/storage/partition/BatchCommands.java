package io.peregrine.storage.partition;

import java.util.ArrayList;

import io.peregrine.storage.codec.MapBatchDecoder;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.memory.KeyHasher;

/**
 * The commands of the batch that is being applied, and the check that comes before any of them takes effect.
 * <p>
 * Conditions are on the state before the batch. What an ADD finds is the state that the commands before it in the batch
 * will have left, so each command notes what it leaves of its key, and one looks for the last command before it on the
 * same key: the cost is that of the number of commands.
 */
final class BatchCommands
{
    private final KeyHasher hasher;
    private final ArrayList<Command> pool = new ArrayList<>();
    private final LastCommands last = new LastCommands();
    private int size;
    private int failed;

    BatchCommands(final KeyHasher hasher)
    {
        this.hasher = hasher;
    }

    void wrap(final MapBatchDecoder batch)
    {
        final MapBatchDecoder.CommandsDecoder commands = batch.commands();
        size = 0;
        while (commands.hasNext())
        {
            commands.next();
            if (size == pool.size())
            {
                pool.add(new Command());
            }
            pool.get(size).wrap(batch, commands, hasher);
            size++;
        }
    }

    int size()
    {
        return size;
    }

    Command get(final int index)
    {
        return pool.get(index);
    }

    /**
     * Index of the command that {@link #check} found not good.
     */
    int failed()
    {
        return failed;
    }

    ResultStatus check(final StructureTable structures)
    {
        last.clear(size);
        for (int i = 0; i < size; i++)
        {
            final Command command = get(i);
            final MapStructure map = structures.map(command.structureId);
            final ResultStatus status = map == null ? ResultStatus.NO_STRUCTURE : check(map, i);
            if (status != ResultStatus.APPLIED)
            {
                failed = i;
                return status;
            }
        }
        return ResultStatus.APPLIED;
    }

    private ResultStatus check(final MapStructure map, final int index)
    {
        final Command command = get(index);
        final ResultStatus status = map.check(command);
        if (status == ResultStatus.CONDITION_FAILED)
        {
            return status;
        }
        return switch (command.action)
        {
            case PUT ->
            {
                last.note(this, index);
                if (command.valueLength == Long.BYTES)
                {
                    command.after.number(command.valueAsLong());
                }
                else
                {
                    command.after.notANumber();
                }
                yield status;
            }
            case REMOVE ->
            {
                last.note(this, index);
                command.after.number(0);
                yield status;
            }
            case ADD -> add(map, command, last.note(this, index));
            default -> status;
        };
    }

    private static ResultStatus add(final MapStructure map, final Command command, final Command before)
    {
        if (before == null)
        {
            map.readNumber(command, command.after);
        }
        else
        {
            command.after.set(before.after);
        }
        return command.after.add(command.operand);
    }
}
