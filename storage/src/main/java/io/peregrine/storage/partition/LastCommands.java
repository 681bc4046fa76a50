package io.peregrine.storage.partition;

import java.util.Arrays;

/**
 * The last command of a batch for each key so far: a table of indexes, open addressing, at most half full. Data agent's
 * thread.
 */
final class LastCommands
{
    private static final int NONE = 0;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private int[] slots = new int[2];
    private int shift;

    /**
     * Forget all.
     *
     * @param commands that may be noted.
     */
    void clear(final int commands)
    {
        final int capacity = Integer.highestOneBit(Math.max(1, commands)) << 2;
        if (slots.length < capacity)
        {
            slots = new int[capacity];
        }
        else
        {
            Arrays.fill(slots, 0, capacity, NONE);
        }
        shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
    }

    /**
     * Note a command as the last one of its key.
     *
     * @param batch with all commands.
     * @param index of this one.
     * @return the one that was the last before; null if this is the first.
     */
    Command note(final BatchCommands batch, final int index)
    {
        final Command command = batch.get(index);
        final int mask = (1 << (Long.SIZE - shift)) - 1;
        int slot = (int) ((command.hash * SPREAD) >>> shift);
        while (slots[slot] != NONE)
        {
            final Command earlier = batch.get(slots[slot] - 1);
            if (earlier.isSameKey(command))
            {
                slots[slot] = index + 1;
                return earlier;
            }
            slot = slot + 1 & mask;
        }
        slots[slot] = index + 1;
        return null;
    }
}
