package io.peregrine.storage.partition;

import java.util.ArrayList;

import io.peregrine.storage.codec.Action;
import io.peregrine.storage.codec.MapBatchDecoder;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.memory.KeyHasher;

/**
 * The commands of the batch that is being applied, and the check that comes before any of them takes effect.
 * <p>
 * Conditions are on the state before the batch. What an ADD finds is the state that the commands before it in the batch
 * will have left, so it is followed through them; only they can change it, for nothing else happens in between. This
 * costs the square of the number of commands when all are ADDs, and the primary bounds that number.
 */
final class BatchCommands
{
    private final KeyHasher hasher;
    private final ArrayList<Command> pool = new ArrayList<>();
    private final NumberState number = new NumberState();
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
        for (int i = 0; i < size; i++)
        {
            final Command command = get(i);
            final Structure structure = structures.get(command.structureId);
            final ResultStatus status = structure == null ? ResultStatus.NO_STRUCTURE : check(structure, i);
            if (status != ResultStatus.APPLIED)
            {
                failed = i;
                return status;
            }
        }
        return ResultStatus.APPLIED;
    }

    private ResultStatus check(final Structure structure, final int index)
    {
        final Command command = get(index);
        final ResultStatus status = structure.check(command);
        if (command.action != Action.ADD || status == ResultStatus.CONDITION_FAILED)
        {
            return status;
        }
        structure.readNumber(command, number);
        for (int i = 0; i < index; i++)
        {
            final Command earlier = get(i);
            if (earlier.isSameKey(command))
            {
                follow(earlier);
            }
        }
        return number.add(command.operand);
    }

    private void follow(final Command earlier)
    {
        switch (earlier.action)
        {
            case PUT ->
            {
                if (earlier.valueLength == Long.BYTES)
                {
                    number.number(earlier.valueAsLong());
                }
                else
                {
                    number.notANumber();
                }
            }
            case REMOVE -> number.number(0);
            case ADD -> number.add(earlier.operand);
            default ->
            {
                // changes no value
            }
        }
    }
}
