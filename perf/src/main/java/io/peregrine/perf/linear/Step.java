package io.peregrine.perf.linear;

/**
 * What a call does with one key. Values are compared by {@code equals}; null is an absent entry.
 *
 * @param key       of the entry.
 * @param condition that has to hold before the call.
 * @param expected  for {@link Condition#EQUALS}.
 * @param effect    on the entry.
 * @param argument  of the effect: the value to set, or the {@code Long} to add.
 * @param sight     what the caller was told.
 * @param seen      the value it was told of.
 */
public record Step(
    String key, Condition condition, Object expected, Effect effect, Object argument, Sight sight, Object seen)
{
    private static final int LONGEST = 20;

    /**
     * What has to hold.
     */
    public enum Condition
    {
        /** Nothing. */
        NONE,
        /** There is no entry. */
        ABSENT,
        /** There is an entry. */
        PRESENT,
        /** There is an entry with the expected value. */
        EQUALS
    }

    /**
     * What becomes of the entry.
     */
    public enum Effect
    {
        /** It stays. */
        NOTHING,
        /** It has the argument as its value; an absent one is made. */
        SET,
        /** It is gone. */
        REMOVE,
        /** The argument is added to it; an absent one counts as 0. */
        ADD
    }

    /**
     * What the caller was told.
     */
    public enum Sight
    {
        /** Nothing of the value. */
        NONE,
        /** The value before the call. */
        BEFORE,
        /** The value after the call. */
        AFTER
    }

    /**
     * A read.
     *
     * @param key  of the entry.
     * @param seen its value; null if it was absent or the answer did not come.
     * @return the step.
     */
    public static Step read(final String key, final Object seen)
    {
        return new Step(key, Condition.NONE, null, Effect.NOTHING, null, Sight.BEFORE, seen);
    }

    /**
     * A write that tells nothing.
     *
     * @param key   of the entry.
     * @param value to set.
     * @return the step.
     */
    public static Step put(final String key, final Object value)
    {
        return new Step(key, Condition.NONE, null, Effect.SET, value, Sight.NONE, null);
    }

    /**
     * A removal that tells nothing.
     *
     * @param key of the entry.
     * @return the step.
     */
    public static Step remove(final String key)
    {
        return new Step(key, Condition.NONE, null, Effect.REMOVE, null, Sight.NONE, null);
    }

    /**
     * A compare-and-set.
     *
     * @param key      of the entry.
     * @param expected that it must have; null for absent.
     * @param value    to set.
     * @return the step.
     */
    public static Step compareAndSet(final String key, final Object expected, final Object value)
    {
        final Condition condition = expected == null ? Condition.ABSENT : Condition.EQUALS;
        return new Step(key, condition, expected, Effect.SET, value, Sight.NONE, null);
    }

    /**
     * An addition.
     *
     * @param key   of the entry.
     * @param delta to add.
     * @param sum   that the caller was told; ignored if the answer did not come.
     * @return the step.
     */
    public static Step add(final String key, final long delta, final long sum)
    {
        return new Step(key, Condition.NONE, null, Effect.ADD, delta, Sight.AFTER, sum);
    }

    /**
     * The same step, and the caller was told what was there before.
     *
     * @param before the value; null for absent.
     * @return another step.
     */
    public Step sawBefore(final Object before)
    {
        return new Step(key, condition, expected, effect, argument, Sight.BEFORE, before);
    }

    /**
     * The same step, and the caller was told what is there after the call.
     *
     * @param after the value; null for absent.
     * @return another step.
     */
    public Step sawAfter(final Object after)
    {
        return new Step(key, condition, expected, effect, argument, Sight.AFTER, after);
    }

    @Override
    public String toString()
    {
        final String what = switch (effect)
        {
            case NOTHING -> sight == Sight.NONE ? "check " : "read ";
            case SET -> "put ";
            case REMOVE -> "remove ";
            case ADD -> "add ";
        };
        final String provided = switch (condition)
        {
            case NONE -> "";
            case ABSENT -> " if absent";
            case PRESENT -> " if present";
            case EQUALS -> " if it is " + brief(expected);
        };
        return what + key + (argument == null ? "" : " " + brief(argument)) + provided + switch (sight)
        {
            case NONE -> "";
            case BEFORE -> effect == Effect.NOTHING ? " = " + brief(seen) : ", before it " + brief(seen);
            case AFTER -> " -> " + brief(seen);
        };
    }

    private static String brief(final Object value)
    {
        final String text = String.valueOf(value);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + ".. (" + text.length() + ")";
    }

    boolean holds(final Object value)
    {
        return switch (condition)
        {
            case NONE -> true;
            case ABSENT -> value == null;
            case PRESENT -> value != null;
            case EQUALS -> expected.equals(value);
        };
    }

    Object after(final Object value)
    {
        return switch (effect)
        {
            case NOTHING -> value;
            case SET -> argument;
            case REMOVE -> null;
            case ADD -> (value == null ? 0L : (Long) value) + (Long) argument;
        };
    }

    /**
     * Can a value be met by this step without its being told: would the call have gone otherwise, or left something
     * else, had the value before not been there?
     */
    boolean isBlind(final Fate fate)
    {
        final boolean told = sight != Sight.NONE && fate != Fate.UNKNOWN;
        return !told && (effect == Effect.ADD || switch (condition)
        {
            case NONE -> false;
            case PRESENT -> fate != Fate.NOT_DONE;
            case ABSENT, EQUALS -> fate == Fate.NOT_DONE;
        });
    }
}
