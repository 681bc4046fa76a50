package io.peregrine.perf.terminal;

import io.peregrine.perf.rig.Progress;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * A bar that is drawn over and over on one line of a terminal; elsewhere a line when something begins that was not
 * named before, and no control characters.
 */
public final class ProgressBar implements Progress, AutoCloseable
{
    private static final int WIDTH = 30;
    private static final int LABEL = 24;

    private final PrintWriter out;
    private final boolean interactive;
    private final String title;
    private String last = "";
    private int lastPercent = -1;

    /**
     * @param out         to print to.
     * @param interactive whether that is a terminal.
     * @param title       of the whole.
     */
    public ProgressBar(final PrintWriter out, final boolean interactive, final String title)
    {
        this.out = out;
        this.interactive = interactive;
        this.title = title;
    }

    @Override
    public void at(final String what, final double share)
    {
        final int percent = (int) (Math.min(1, Math.max(0, share)) * 100);
        if (interactive && (percent != lastPercent || !what.equals(last)))
        {
            draw(what, percent);
        }
        else if (!interactive && !what.equals(last))
        {
            out.println(title + ": " + what);
        }

        last = what;
        lastPercent = percent;
    }

    private void draw(final String what, final int percent)
    {
        final int filled = percent * WIDTH / 100;
        out.printf(
            Locale.ROOT,
            "\r%-" + LABEL + "s [%s%s] %3d %%  %-" + LABEL + "s",
            title,
            "#".repeat(filled),
            ".".repeat(WIDTH - filled),
            percent,
            what);
        out.flush();
    }

    /**
     * Leave the line: wiped on a terminal, so that what comes next stands in its place.
     */
    @Override
    public void close()
    {
        wipe();
    }

    /**
     * Make room for a line of something else; the bar is drawn again with what begins next.
     */
    public void wipe()
    {
        if (interactive && lastPercent >= 0)
        {
            out.print("\r" + " ".repeat(2 * LABEL + WIDTH + 12) + "\r");
            out.flush();
        }
    }
}
