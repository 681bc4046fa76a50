package io.peregrine.perf.rig;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a row may be believed, and why not.
 *
 * @param reasons empty when it may.
 */
public record Verdict(List<String> reasons)
{
    private static final double RATE_TOLERANCE = 0.01;
    private static final double RESOLUTION = 0.05;
    private static final double MOST_SPREAD = 0.1;
    private static final double LEAST_LEFT = 0.001;

    /**
     * Judge a row. Time that was taken away made what was left look longer by its share of what was left.
     *
     * @param subject medians of the subject.
     * @param floor   medians of the floor, or null.
     * @param spread  of the rounds.
     * @return the verdict.
     */
    public static Verdict of(final Measurement subject, final Measurement floor, final double spread)
    {
        final List<String> reasons = new ArrayList<>();
        answers("subject", subject, reasons);
        double effect = RESOLUTION;
        double hiccups = subject.hiccups();
        if (floor != null)
        {
            answers("floor", floor, reasons);
            effect = Math.max(effect, Math.abs(subject.nsPerOp() / floor.nsPerOp() - 1));
            hiccups = Math.max(hiccups, floor.hiccups());
        }

        if (hiccups / Math.max(LEAST_LEFT, 1 - hiccups) > effect)
        {
            reasons.add(String.format(Locale.ROOT,
                "the machine took %.0f %% of the time away, and the effect is %.0f %%", hiccups * 100, effect * 100));
        }

        if (spread > Math.max(effect, MOST_SPREAD))
        {
            reasons.add(String.format(Locale.ROOT,
                "the rounds differ by %.0f %%, and the effect is %.0f %%", spread * 100, effect * 100));
        }

        return new Verdict(List.copyOf(reasons));
    }

    private static void answers(final String side, final Measurement measured, final List<String> reasons)
    {
        if (measured.wrong() > 0)
        {
            reasons.add(String.format(Locale.ROOT, "%s: %,d wrong or missing answers", side, measured.wrong()));
        }

        if (measured.operations() == 0)
        {
            reasons.add(side + ": nothing was done");
        }

        final long due = measured.operations() + measured.unsent();
        if (measured.unsent() > due * RATE_TOLERANCE)
        {
            reasons.add(String.format(Locale.ROOT,
                "%s: the rate was not reached, %,d of %,d operations were sent", side, measured.operations(), due));
        }
    }

    /**
     * May it be believed?
     *
     * @return true when there is no reason against.
     */
    public boolean ok()
    {
        return reasons.isEmpty();
    }

    /**
     * The word in the report.
     *
     * @return OK or INVALID.
     */
    public String word()
    {
        return ok() ? "OK" : "INVALID";
    }
}
