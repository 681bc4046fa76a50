package io.peregrine.node.control.placement;

import java.util.Arrays;

/**
 * Divides a whole by weights where none may get more than its limit; what one cannot take goes to the others.
 */
final class Shares
{
    /**
     * How far above its share a load may be, where whole numbers allow it.
     */
    static final double BOUND = 1.1;
    /**
     * How far below its share a load may be before the node takes from others.
     */
    static final double HUNGER = 0.9;

    private static final double EPSILON = 1e-9;

    private Shares()
    {
    }

    /**
     * @param whole   to divide.
     * @param weights of the parties.
     * @param limits  of the parties.
     * @return what each gets; together the whole, or all limits where these are less.
     */
    static double[] divide(final double whole, final double[] weights, final double[] limits)
    {
        final double[] shares = new double[weights.length];
        final boolean[] isFull = new boolean[weights.length];
        double left = whole;
        boolean again = true;
        while (again)
        {
            again = false;
            double weight = 0;
            for (int i = 0; i < weights.length; i++)
            {
                weight += isFull[i] ? 0 : weights[i];
            }

            final double each = weight == 0 ? 0 : left / weight;
            for (int i = 0; i < weights.length; i++)
            {
                if (!isFull[i] && weights[i] * each > limits[i] - EPSILON)
                {
                    shares[i] = limits[i];
                    isFull[i] = true;
                    left -= limits[i];
                    again = true;
                }
                else if (!isFull[i])
                {
                    shares[i] = weights[i] * each;
                }
            }
            left = Math.max(0, left);
        }

        return shares;
    }

    static int cap(final double share)
    {
        return Math.max((int) StrictMath.ceil(share - EPSILON), (int) StrictMath.floor(BOUND * share + EPSILON));
    }

    static int[] caps(final double[] shares)
    {
        return Arrays.stream(shares).mapToInt(Shares::cap).toArray();
    }

    /**
     * @return the load below which a node with this share takes from others.
     */
    static int hungry(final double share)
    {
        return (int) StrictMath.floor(HUNGER * share + EPSILON);
    }

    /**
     * @return the load up to which it then takes.
     */
    static int sated(final double share)
    {
        return (int) StrictMath.floor(share + EPSILON);
    }
}
