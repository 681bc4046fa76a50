package io.peregrine.node.command.map;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Shows on the error output how far something long has come: on a terminal one line that is drawn over and over,
 * elsewhere a line from time to time.
 */
final class Progress implements AutoCloseable
{
    private static final long TERMINAL_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LINES_NS = TimeUnit.SECONDS.toNanos(5);
    private static final int WIDTH = 78;

    private final PrintWriter err;
    private final boolean isTerminal = Boolean.getBoolean("grid.terminal");
    private final String verb;
    private final long startNs = System.nanoTime();
    private final long entriesBefore;
    private final double shareBefore;
    private long shownNs = startNs;
    private boolean isDrawn;

    /**
     * @param err           to write to.
     * @param verb          what is done to entries.
     * @param entriesBefore entries that were done by an earlier run.
     * @param shareBefore   of the whole that was done by an earlier run, 0 to 1.
     */
    Progress(final PrintWriter err, final String verb, final long entriesBefore, final double shareBefore)
    {
        this.err = err;
        this.verb = verb;
        this.entriesBefore = entriesBefore;
        this.shareBefore = shareBefore;
    }

    /**
     * @param entries done so far.
     * @param share   of the whole, 0 to 1; negative where nobody knows.
     */
    void at(final long entries, final double share)
    {
        final long nowNs = System.nanoTime();
        if (nowNs - shownNs < (isTerminal ? TERMINAL_NS : LINES_NS))
        {
            return;
        }
        shownNs = nowNs;
        final double seconds = (nowNs - startNs) / (double) TimeUnit.SECONDS.toNanos(1);
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
            "%,d entries %s, %,.0f a second", entries, verb, (entries - entriesBefore) / seconds));
        if (share >= 0)
        {
            final double gained = share - shareBefore;
            text.append(String.format(Locale.ROOT, ", %.0f %%", 100 * Math.min(1, share)));
            if (gained > 0 && share < 1)
            {
                text.append(String.format(Locale.ROOT, ", about %,.0f s left", seconds * (1 - share) / gained));
            }
        }
        show(text.toString());
    }

    /**
     * Leave the line of a terminal, so that what comes next stands in its place.
     */
    @Override
    public void close()
    {
        if (isDrawn)
        {
            err.print("\r" + " ".repeat(WIDTH) + "\r");
            err.flush();
        }
    }

    private void show(final String text)
    {
        if (isTerminal)
        {
            isDrawn = true;
            err.printf(Locale.ROOT, "\r%-" + WIDTH + "s", text);
            err.flush();
        }
        else
        {
            err.println(text);
        }
    }
}
