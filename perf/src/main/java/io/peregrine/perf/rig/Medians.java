package io.peregrine.perf.rig;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * The middle of several numbers and how far they lie apart.
 */
public final class Medians
{
    private Medians()
    {
    }

    /**
     * The middle; of an even number the mean of the middle two.
     *
     * @param values at least one, left as they are.
     * @return their median.
     */
    public static double of(final double[] values)
    {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    static double of(final Measurement[] turns, final ToDoubleFunction<Measurement> field)
    {
        return of(Arrays.stream(turns).mapToDouble(field).toArray());
    }

    /**
     * How far the middle half of the values lies apart, in parts of the median: one outlier does not count. Of three
     * values and fewer, how far all lie apart.
     *
     * @param values at least one.
     * @return 0 where all are equal.
     */
    public static double spread(final double[] values)
    {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int cut = sorted.length / 4;
        final double median = of(values);
        return median == 0 ? 0 : (sorted[sorted.length - 1 - cut] - sorted[cut]) / median;
    }
}
