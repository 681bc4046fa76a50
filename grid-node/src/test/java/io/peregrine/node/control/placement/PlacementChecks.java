package io.peregrine.node.control.placement;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What has to be true of every plan.
 */
final class PlacementChecks
{
    private PlacementChecks()
    {
    }

    static int load(final List<List<Integer>> plan, final int member)
    {
        return (int) plan.stream().filter(members -> members.contains(member)).count();
    }

    static int moved(final List<List<Integer>> before, final List<List<Integer>> after)
    {
        int moved = 0;
        for (int partition = 0; partition < before.size(); partition++)
        {
            for (final int member : after.get(partition))
            {
                moved += before.get(partition).contains(member) ? 0 : 1;
            }
        }

        return moved;
    }

    /**
     * No zone has two copies more of a partition than another that has room for one.
     */
    static void zonesApart(final List<Seat> seats, final List<List<Integer>> plan, final String what)
    {
        final Map<String, Long> sizes =
            seats.stream().collect(Collectors.groupingBy(Seat::zone, Collectors.counting()));
        final Map<Integer, String> zones = seats.stream().collect(Collectors.toMap(Seat::member, Seat::zone));
        for (final List<Integer> members : plan)
        {
            final Map<String, Long> copies = new HashMap<>();
            sizes.keySet().forEach(zone -> copies.put(zone, 0L));
            members.forEach(member -> copies.merge(zones.get(member), 1L, Long::sum));
            final long most = copies.values().stream().mapToLong(Long::longValue).max().orElse(0);
            for (final Map.Entry<String, Long> zone : copies.entrySet())
            {
                final boolean isFull = zone.getValue().equals(sizes.get(zone.getKey()));
                assertTrue(isFull || most - zone.getValue() <= 1, what + ": " + copies);
            }
        }
    }

    static void loadBounded(
        final List<Seat> seats, final List<List<Integer>> plan, final int replicas, final String what)
    {
        final double[] shares = new Board(seats, plan.size()).shares(Math.min(replicas, seats.size()));
        for (int i = 0; i < shares.length; i++)
        {
            final int load = load(plan, seats.get(i).member());
            assertTrue(load <= bound(shares[i]), what + ": " + load + " copies, share " + shares[i]);
        }
    }

    static void leadsBounded(final List<Seat> seats, final List<List<Integer>> plan, final String what)
    {
        final double[] weights = seats.stream().mapToDouble(Seat::weight).toArray();
        final double[] limits = seats.stream().mapToDouble(seat -> load(plan, seat.member())).toArray();
        final double[] shares = Shares.divide(plan.size(), weights, limits);
        for (int i = 0; i < shares.length; i++)
        {
            final int member = seats.get(i).member();
            final long leads = plan.stream().filter(members -> members.get(0) == member).count();
            assertTrue(leads <= bound(shares[i]),
                what + ": leads " + leads + ", share " + shares[i] + " of " + Arrays.toString(shares));
        }
    }

    private static double bound(final double share)
    {
        return Math.max(Math.ceil(share - 1e-6), 1.1 * share + 1e-6);
    }
}
