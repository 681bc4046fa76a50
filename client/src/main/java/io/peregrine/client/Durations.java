package io.peregrine.client;

import java.time.Duration;

/**
 * Durations between the API and messages.
 */
final class Durations
{
    /**
     * The longest duration in nanoseconds, about 146 years: a point in time and a duration never add up to an overflow.
     */
    static final long MAX = Long.MAX_VALUE / 2;

    private Durations()
    {
    }

    static long toNanos(final String what, final Duration duration)
    {
        if (duration == null)
        {
            throw new NullPointerException(what);
        }
        if (duration.isNegative() || duration.isZero())
        {
            throw Errors.failed(ErrorCode.EXPIRY_INVALID,
                what + " " + duration + " is not positive; use 1 ns or more, or Expiry.NEVER");
        }
        if (duration.compareTo(Duration.ofNanos(MAX)) > 0)
        {
            throw Errors.failed(ErrorCode.EXPIRY_INVALID,
                what + " " + duration + " is longer than 146 years; use Expiry.NEVER");
        }
        return duration.toNanos();
    }

    /**
     * The limit of time for a call.
     */
    static long toTimeout(final Duration timeout)
    {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofNanos(MAX)) > 0)
        {
            throw Errors.failed(
                ErrorCode.ARGUMENT_INVALID, "time for a call " + timeout + " is not 1 ns to 146 years");
        }
        return timeout.toNanos();
    }

    /**
     * For how long a lock is to be held.
     */
    static long toLease(final Duration lease)
    {
        if (lease.isNegative() || lease.isZero() || lease.compareTo(Duration.ofNanos(MAX)) > 0)
        {
            throw Errors.failed(ErrorCode.EXPIRY_INVALID, "lease " + lease + " is not 1 ns to 146 years");
        }
        return lease.toNanos();
    }

    /**
     * How long to wait in line.
     */
    static long toWait(final Duration wait)
    {
        if (wait.isNegative() || wait.compareTo(Duration.ofNanos(MAX)) > 0)
        {
            throw Errors.failed(ErrorCode.EXPIRY_INVALID, "time to wait " + wait + " is not 0 to 146 years");
        }
        return wait.toNanos();
    }

    /**
     * How old a read may be.
     */
    static long toStaleness(final Duration most)
    {
        if (most.isNegative() || most.compareTo(Duration.ofNanos(MAX)) > 0)
        {
            throw Errors.failed(
                ErrorCode.ARGUMENT_INVALID, "how old a read may be, " + most + ", is not 0 to 146 years");
        }
        return most.toNanos();
    }

    static long check(final String what, final long nanos)
    {
        if (nanos < -1 || nanos > MAX)
        {
            throw Errors.failed(ErrorCode.EXPIRY_INVALID,
                what + " " + nanos + " ns is neither 0 (as the map says), -1 (for ever) nor 1 to " + MAX);
        }
        return nanos;
    }

    static String shown(final long nanos)
    {
        return Duration.ofNanos(nanos).toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }
}
