package io.peregrine.perf.sim.workload;

import io.peregrine.perf.sim.world.Violation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Versions of keys that were seen: one that is seen later is never lower.
 */
final class Versions
{
    private final Map<String, List<Sight>> sights = new HashMap<>();

    private record Sight(long invokedNs, long returnedNs, long version)
    {
    }

    void saw(final String key, final long invokedNs, final long returnedNs, final long version)
    {
        if (version != 0)
        {
            sights.computeIfAbsent(key, (name) -> new ArrayList<>()).add(new Sight(invokedNs, returnedNs, version));
        }
    }

    void check()
    {
        sights.forEach((key, seen) -> check(key, seen));
    }

    private static void check(final String key, final List<Sight> seen)
    {
        final List<Sight> byReturn = new ArrayList<>(seen);
        byReturn.sort(Comparator.comparingLong(Sight::returnedNs));
        final List<Sight> byCall = new ArrayList<>(seen);
        byCall.sort(Comparator.comparingLong(Sight::invokedNs));
        long highest = 0;
        int next = 0;
        for (final Sight sight : byCall)
        {
            while (next < byReturn.size() && byReturn.get(next).returnedNs() < sight.invokedNs())
            {
                highest = Math.max(highest, byReturn.get(next++).version());
            }
            if (sight.version() < highest)
            {
                throw new Violation("a version of " + key + " went back from " + highest + " to " + sight.version() +
                    " in a call from " + sight.invokedNs() + " to " + sight.returnedNs());
            }
        }
    }
}
