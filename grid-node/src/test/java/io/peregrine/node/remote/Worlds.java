package io.peregrine.node.remote;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What one key may hold, as far as its only writer can know: more than one thing only while it is unclear whether an
 * entry has expired yet, or whether a call was carried out. The thread of the writer.
 */
final class Worlds
{
    /**
     * How far the time of the node may be from that of the caller: it is one that the node has read before it looked
     * for requests, and may be kept from running in between.
     */
    private static final long OFF_NS = TimeUnit.SECONDS.toNanos(3);
    private static final Life ABSENT = new Life(null, Long.MAX_VALUE, Long.MAX_VALUE);

    private Set<Life> lives = Set.of(ABSENT);

    /**
     * An entry, or none where the value is null, that expires in this time.
     */
    record Life(Object value, long earliestNs, long latestNs)
    {
        static Life of(final Object value)
        {
            return value == null ? ABSENT : new Life(value, Long.MAX_VALUE, Long.MAX_VALUE);
        }
    }

    /**
     * What a call answers, and what is there afterwards, for so long; 0 where the call does not say how long.
     */
    record Effect(Object answer, Life after, long ttlNs)
    {
        Effect(final Object answer, final Life after)
        {
            this(answer, after, 0);
        }

        private Life after(final long fromNs, final long toNs)
        {
            return ttlNs == 0 ? after : new Life(
                after.value,
                fromNs + ttlNs - OFF_NS,
                toNs == Long.MAX_VALUE ? Long.MAX_VALUE - 1 : toNs + ttlNs + OFF_NS);
        }
    }

    /**
     * What a call does with what is there.
     */
    interface Rule
    {
        Effect on(Life before);
    }

    /**
     * A call came back.
     *
     * @param what   to say in a failure.
     * @param answer of it.
     * @param fromNs when it began.
     * @param toNs   when it ended.
     * @param rule   of it.
     */
    void answered(final String what, final Object answer, final long fromNs, final long toNs, final Rule rule)
    {
        final Set<Life> before = livesAt(fromNs, toNs);
        final Set<Life> after = new LinkedHashSet<>();
        for (final Life life : before)
        {
            final Effect effect = rule.on(life);
            if (Objects.equals(effect.answer, answer))
            {
                after.add(effect.after(fromNs, toNs));
            }
        }
        if (after.isEmpty())
        {
            throw new AssertionError(what + " answered " + shown(answer) + " where there was " + shown(before));
        }
        lives = after;
    }

    /**
     * A call may have been carried out, or not.
     */
    void unknown(final long fromNs, final Rule rule)
    {
        final Set<Life> after = new LinkedHashSet<>(livesAt(fromNs, Long.MAX_VALUE));
        for (final Life life : Set.copyOf(after))
        {
            after.add(rule.on(life).after(fromNs, Long.MAX_VALUE));
        }
        lives = after;
    }

    /**
     * May there be an entry, or none?
     */
    boolean mayHave(final boolean present, final long fromNs, final long toNs)
    {
        return livesAt(fromNs, toNs).stream().anyMatch((life) -> (life.value != null) == present);
    }

    /**
     * May there be just this?
     */
    boolean maybe(final Object value, final long fromNs, final long toNs)
    {
        return livesAt(fromNs, toNs).stream().anyMatch((life) -> Objects.equals(life.value, value));
    }

    private Set<Life> livesAt(final long fromNs, final long toNs)
    {
        final Set<Life> now = new LinkedHashSet<>();
        for (final Life life : lives)
        {
            if (life.latestNs > fromNs)
            {
                now.add(life);
            }
            if (life.earliestNs <= toNs && life.earliestNs != Long.MAX_VALUE)
            {
                now.add(ABSENT);
            }
        }
        return now;
    }

    private static String shown(final Object what)
    {
        final String text = String.valueOf(what);
        return text.length() > 200 ? text.substring(0, 200) + "..." : text;
    }
}
