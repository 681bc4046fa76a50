package io.peregrine.perf.linear;

import java.util.Arrays;

/**
 * What a few keys hold at one moment. Immutable.
 */
final class Cells
{
    private final Object[] values;
    private final int hash;

    Cells(final int keys)
    {
        this(new Object[keys]);
    }

    private Cells(final Object[] values)
    {
        this.values = values;
        this.hash = Arrays.hashCode(values);
    }

    /**
     * Carry a call out.
     *
     * @param steps of it.
     * @param keys  numbers of their keys.
     * @param fate  that the caller was told of.
     * @return what the keys hold then, or null when the call cannot have gone like this.
     */
    Cells apply(final Step[] steps, final int[] keys, final Fate fate)
    {
        boolean holds = true;
        for (int i = 0; i < steps.length && holds; i++)
        {
            holds = steps[i].holds(values[keys[i]]);
        }
        final boolean isTold = fate != Fate.UNKNOWN;
        if (isTold && (holds != (fate == Fate.DONE) || !sawRightly(steps, keys, holds)))
        {
            return null;
        }

        return holds ? changed(steps, keys) : this;
    }

    @Override
    public boolean equals(final Object other)
    {
        return other instanceof Cells cells && hash == cells.hash && Arrays.equals(values, cells.values);
    }

    @Override
    public int hashCode()
    {
        return hash;
    }

    private boolean sawRightly(final Step[] steps, final int[] keys, final boolean holds)
    {
        for (int i = 0; i < steps.length; i++)
        {
            final Step step = steps[i];
            final Object value = values[keys[i]];
            if (step.sight() == Step.Sight.BEFORE && !same(step.seen(), value) ||
                step.sight() == Step.Sight.AFTER && !same(step.seen(), holds ? step.after(value) : value))
            {
                return false;
            }
        }

        return true;
    }

    private Cells changed(final Step[] steps, final int[] keys)
    {
        Object[] next = values;
        for (int i = 0; i < steps.length; i++)
        {
            final Object value = next[keys[i]];
            final Object after = steps[i].after(value);
            if (!same(value, after))
            {
                next = next == values ? values.clone() : next;
                next[keys[i]] = after;
            }
        }

        return next == values ? this : new Cells(next);
    }

    private static boolean same(final Object one, final Object other)
    {
        return one == null ? other == null : one.equals(other);
    }
}
