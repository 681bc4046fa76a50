package io.peregrine.perf.lock;

import io.peregrine.perf.rig.JsonLines;

import java.util.Locale;

/**
 * What locks take of a node's process, beyond what it had before.
 *
 * @param locks    names that were used.
 * @param idle     after each was acquired and released.
 * @param held     while all were held.
 * @param released after all were held and released.
 */
public record LocksMemory(int locks, Taken idle, Taken held, Taken released)
{
    private static final double KB_PER_MB = 1_024;
    private static final double BYTES_PER_MB = 1_024 * 1_024;

    /**
     * Memory at one moment, or what it is more than at another.
     *
     * @param residentKb of the process.
     * @param usedBytes  of what its maps and locks may use.
     */
    public record Taken(long residentKb, long usedBytes)
    {
        Taken since(final Taken before)
        {
            return new Taken(residentKb - before.residentKb, usedBytes - before.usedBytes);
        }

        private double residentMb()
        {
            return residentKb / KB_PER_MB;
        }

        private double usedMb()
        {
            return usedBytes / BYTES_PER_MB;
        }

        private String json(final String when)
        {
            return ",\"" + when + "_mb\":" + JsonLines.number(residentMb()) +
                ",\"" + when + "_used_mb\":" + JsonLines.number(usedMb());
        }

        private String text()
        {
            return String.format(Locale.ROOT, "%.1f MB (%.1f resident)", usedMb(), residentMb());
        }
    }

    /**
     * As JSON.
     *
     * @return one object.
     */
    public String json()
    {
        return "{\"name\":\"memory of locks\",\"mode\":\"embedded\",\"locks\":" + locks +
            idle.json("idle") + held.json("held") + released.json("released") + ",\"verdict\":\"OK\"}";
    }

    /**
     * For people.
     *
     * @return one line.
     */
    public String text()
    {
        return String.format(
            Locale.ROOT,
            "memory of %,d locks: %s when each was used and nobody holds it, %s while all are held, %s after they " +
            "were released",
            locks, idle.text(), held.text(), released.text());
    }
}
