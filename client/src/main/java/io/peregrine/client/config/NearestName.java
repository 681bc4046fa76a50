package io.peregrine.client.config;

import java.util.Collection;

/**
 * The known name that a mistyped one is nearest to, by edit distance.
 */
final class NearestName
{
    private NearestName()
    {
    }

    /**
     * @param mistyped what was written.
     * @param names    that are known.
     * @return the nearest, or null when none is near enough to be meant.
     */
    static String find(final String mistyped, final Collection<String> names)
    {
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (final String name : names)
        {
            final int distance = distance(mistyped, name);
            if (distance < least)
            {
                least = distance;
                nearest = name;
            }
        }
        return least <= Math.max(2, mistyped.length() / 2) ? nearest : null;
    }

    private static int distance(final String a, final String b)
    {
        int[] before = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++)
        {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++)
        {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++)
            {
                final int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(before[j], row[j - 1]));
            }
            final int[] swap = before;
            before = row;
            row = swap;
        }
        return before[b.length()];
    }
}
