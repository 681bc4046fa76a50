package io.peregrine.perf.sim.world;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * What happened, for people where somebody reads it, and as one number by which two runs are compared.
 */
public final class Trace
{
    private static final double SECOND = 1e9;
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final Timeline timeline;
    private final PrintWriter out;
    private long digest;
    private long marks;

    /**
     * @param timeline of the run.
     * @param out      where lines go; null for nowhere.
     */
    public Trace(final Timeline timeline, final PrintWriter out)
    {
        this.timeline = timeline;
        this.out = out;
    }

    /**
     * @return whether lines go anywhere, so that nobody makes them for nothing.
     */
    public boolean isRead()
    {
        return out != null;
    }

    /**
     * @param who    it is about.
     * @param format of the line.
     * @param parts  of the line.
     */
    public void line(final String who, final String format, final Object... parts)
    {
        if (out != null)
        {
            out.printf(Locale.ROOT, "%12.6f %-8s ", timeline.nowNs() / SECOND, who);
            out.printf(Locale.ROOT, format, parts);
            out.println();
        }
    }

    /**
     * Something happened that two runs of one seed have in common.
     *
     * @param what number that says what.
     */
    public void mark(final long what)
    {
        marks++;
        digest = mix(mix(digest, timeline.nowNs()), what);
    }

    /**
     * @return equal for runs in which the same things happened at the same times.
     */
    public long digest()
    {
        return digest;
    }

    /**
     * @return how many things happened.
     */
    public long marks()
    {
        return marks;
    }

    private static long mix(final long digest, final long value)
    {
        final long mixed = (digest ^ value) * PRIME;
        return mixed ^ mixed >>> 29;
    }
}
