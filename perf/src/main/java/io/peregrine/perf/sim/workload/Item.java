package io.peregrine.perf.sim.workload;

import io.peregrine.client.codec.Action;
import io.peregrine.client.codec.Condition;
import io.peregrine.perf.linear.Step;

/**
 * One command on one key, as it is asked and as it is judged.
 *
 * @param key       of the entry.
 * @param action    to do.
 * @param condition that has to hold.
 * @param value     to put, or null.
 * @param expected  value that has to be there, or null.
 * @param version   that has to be there, or 0.
 * @param delta     to add.
 * @param ttlNs     that the value lives, or -1 for ever.
 */
record Item(
    String key,
    Action action,
    Condition condition,
    String value,
    String expected,
    long version,
    long delta,
    long ttlNs)
{
    static Item put(final String key, final String value)
    {
        return new Item(key, Action.PUT, Condition.NONE, value, null, 0, 0, -1);
    }

    static Item mortal(final String key, final String value, final long ttlNs)
    {
        return new Item(key, Action.PUT, Condition.NONE, value, null, 0, 0, ttlNs);
    }

    static Item create(final String key, final String value)
    {
        return new Item(key, Action.PUT, Condition.ABSENT, value, null, 0, 0, -1);
    }

    static Item replace(final String key, final String expected, final String value)
    {
        return new Item(key, Action.PUT, Condition.VALUE_EQUALS, value, expected, 0, 0, -1);
    }

    /**
     * @param expected the value that had the version.
     */
    static Item replace(final String key, final String expected, final long version, final String value)
    {
        return new Item(key, Action.PUT, Condition.VERSION_EQUALS, value, expected, version, 0, -1);
    }

    static Item remove(final String key)
    {
        return new Item(key, Action.REMOVE, Condition.NONE, null, null, 0, 0, -1);
    }

    static Item add(final String key, final long delta)
    {
        return new Item(key, Action.ADD, Condition.NONE, null, null, 0, delta, -1);
    }

    static Item check(final String key, final String expected)
    {
        return new Item(key, Action.CHECK, Condition.VALUE_EQUALS, null, expected, 0, 0, -1);
    }

    /**
     * @param sum that an addition was answered with; ignored where it was not.
     * @return how it is judged.
     */
    Step step(final long sum)
    {
        if (action == Action.ADD)
        {
            return Step.add(key, delta, sum);
        }

        final Step.Effect effect = switch (action)
        {
            case PUT -> Step.Effect.SET;
            case REMOVE -> Step.Effect.REMOVE;
            default -> Step.Effect.NOTHING;
        };
        final Step.Condition judged = switch (condition)
        {
            case ABSENT -> Step.Condition.ABSENT;
            case PRESENT -> Step.Condition.PRESENT;
            case VALUE_EQUALS, VERSION_EQUALS -> Step.Condition.EQUALS;
            default -> Step.Condition.NONE;
        };
        return new Step(key, judged, expected, effect, value, Step.Sight.NONE, null);
    }

    @Override
    public String toString()
    {
        return (action == Action.CHECK ? "read " + key : step(0).toString()) +
            (version == 0 ? "" : " in version " + version) +
            (ttlNs < 0 ? "" : " for " + ttlNs / 1_000_000 + " ms");
    }
}
