package io.peregrine.node.partition;

import io.peregrine.client.codec.Reason;
import io.peregrine.node.control.StructureDefinition;

/**
 * What a command must satisfy before anything of it enters a log, and the expiry that it means.
 */
final class Checks
{
    private static final long FOR_EVER = -1;

    private Checks()
    {
    }

    /**
     * @return why the command is refused, or null.
     */
    static Reason refusal(final Command command, final Limits limits)
    {
        if (command.keyLength > limits.maxKeyLength())
        {
            return Reason.KEY_TOO_LONG;
        }
        if (command.keyLength == 0)
        {
            return Reason.KEY_EMPTY;
        }
        if (command.action() != Command.PUT && command.valueLength != 0)
        {
            return Reason.MALFORMED;
        }
        if (command.valueLength > limits.maxValueLength() || command.expectedLength > limits.maxValueLength())
        {
            return Reason.VALUE_TOO_LONG;
        }
        if (!isDuration(command.ttl()) || !isDuration(command.maxIdle()))
        {
            return Reason.EXPIRY_INVALID;
        }

        return null;
    }

    /**
     * Reads leave traces only where they are looked at: in maps that were opened with a longest idle time, and where
     * entries are evicted. Elsewhere an idle time would run from the last write, unnoticed, so it is refused.
     */
    static boolean mayIdle(final Command command, final StructureDefinition map, final Limits limits)
    {
        return command.maxIdle() <= 0 || map.maxIdleNs() > 0 || limits.evict();
    }

    /**
     * @return partition time at which the record ends, 0 for never.
     */
    static long deadline(final Command command, final StructureDefinition map, final long time)
    {
        final long ttl = setsExpiry(command) ? orDefault(command.ttl(), map.ttlNs()) : 0;
        return ttl == 0 ? 0 : time + ttl;
    }

    /**
     * @return nanoseconds that the record lives unused, 0 for any.
     */
    static long maxIdle(final Command command, final StructureDefinition map)
    {
        return setsExpiry(command) ? orDefault(command.maxIdle(), map.maxIdleNs()) : 0;
    }

    private static boolean setsExpiry(final Command command)
    {
        final int action = command.action();
        return action == Command.PUT || action == Command.ADD || action == Command.EXPIRE;
    }

    private static long orDefault(final long duration, final long defaultDuration)
    {
        if (duration == FOR_EVER)
        {
            return 0;
        }

        return duration == 0 ? defaultDuration : duration;
    }

    private static boolean isDuration(final long duration)
    {
        return duration >= FOR_EVER && duration <= Limits.MAX_DURATION_NS;
    }
}
