package io.peregrine.node.control.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which seats hold copies of which partitions while a plan is made. Seats go by their index here.
 */
final class Board
{
    final int partitions;
    final int seats;
    final int zones;
    final int[] zoneOf;
    final double[] weights;
    final int[] load;
    private final long[] hashes;
    private final List<List<Integer>> holders = new ArrayList<>();
    private final boolean[][] holds;
    private final int[] zoneSize;

    Board(final List<Seat> seats, final int partitions)
    {
        this.partitions = partitions;
        this.seats = seats.size();
        final List<String> names = seats.stream().map(Seat::zone).distinct().sorted().toList();
        zones = names.size();
        zoneOf = seats.stream().mapToInt(seat -> names.indexOf(seat.zone())).toArray();
        zoneSize = new int[zones];
        for (final int zone : zoneOf)
        {
            zoneSize[zone]++;
        }
        weights = seats.stream().mapToDouble(Seat::weight).toArray();
        hashes = seats.stream().mapToLong(seat -> Rendezvous.hash(seat.key())).toArray();
        load = new int[this.seats];
        holds = new boolean[this.seats][partitions];
        for (int i = 0; i < partitions; i++)
        {
            holders.add(new ArrayList<>());
        }
    }

    List<Integer> holders(final int partition)
    {
        return holders.get(partition);
    }

    boolean holds(final int seat, final int partition)
    {
        return holds[seat][partition];
    }

    void add(final int seat, final int partition)
    {
        holders.get(partition).add(seat);
        holds[seat][partition] = true;
        load[seat]++;
    }

    void remove(final int seat, final int partition)
    {
        holders.get(partition).remove((Integer) seat);
        holds[seat][partition] = false;
        load[seat]--;
    }

    /**
     * Move a copy; the new one stands where the old one stood.
     */
    void move(final int partition, final int from, final int to)
    {
        final List<Integer> list = holders.get(partition);
        list.set(list.indexOf(from), to);
        holds[from][partition] = false;
        holds[to][partition] = true;
        load[from]--;
        load[to]++;
    }

    double score(final int partition, final int seat)
    {
        return Rendezvous.score(partition, hashes[seat], (int) weights[seat]);
    }

    int copiesIn(final int zone, final int partition)
    {
        int copies = 0;
        for (final int seat : holders.get(partition))
        {
            copies += zoneOf[seat] == zone ? 1 : 0;
        }

        return copies;
    }

    /**
     * @return the zones that another copy of the partition may go to: those with the fewest of it, of those that have a
     *         seat without one.
     */
    boolean[] freestZones(final int partition)
    {
        final int[] copies = new int[zones];
        for (final int seat : holders.get(partition))
        {
            copies[zoneOf[seat]]++;
        }

        int fewest = Integer.MAX_VALUE;
        for (int zone = 0; zone < zones; zone++)
        {
            fewest = copies[zone] < zoneSize[zone] ? Math.min(fewest, copies[zone]) : fewest;
        }

        final boolean[] freest = new boolean[zones];
        for (int zone = 0; zone < zones; zone++)
        {
            freest[zone] = copies[zone] == fewest && copies[zone] < zoneSize[zone];
        }

        return freest;
    }

    /**
     * @return whether a copy may move without bringing copies of its partition closer together.
     */
    boolean mayMove(final int partition, final int from, final int to)
    {
        return !holds[to][partition] && (zoneOf[from] == zoneOf[to] ||
            copiesIn(zoneOf[to], partition) < copiesIn(zoneOf[from], partition));
    }

    /**
     * What of all copies belongs on each seat: by weight, at most one copy of a partition on a seat, and the copies of
     * a partition in as many zones as there are.
     */
    double[] shares(final int replicas)
    {
        final double copies = (double) partitions * replicas;
        final double[] zoneWeights = new double[zones];
        final double[] zoneLimits = new double[zones];
        final int perZone = (replicas + zones - 1) / zones;
        for (int seat = 0; seat < seats; seat++)
        {
            zoneWeights[zoneOf[seat]] += weights[seat];
        }
        for (int zone = 0; zone < zones; zone++)
        {
            zoneLimits[zone] = (double) partitions * Math.min(perZone, zoneSize[zone]);
        }

        double[] zoneShares = Shares.divide(copies, zoneWeights, zoneLimits);
        if (Arrays.stream(zoneShares).sum() < copies - 0.5)
        {
            // Some zone has too few seats for its part: the others take more than one copy of a partition.
            for (int zone = 0; zone < zones; zone++)
            {
                zoneLimits[zone] = (double) partitions * zoneSize[zone];
            }
            zoneShares = Shares.divide(copies, zoneWeights, zoneLimits);
        }

        final double[] shares = new double[seats];
        for (int zone = 0; zone < zones; zone++)
        {
            divide(zone, zoneShares[zone], shares);
        }

        return shares;
    }

    private void divide(final int zone, final double whole, final double[] shares)
    {
        final double[] parts = new double[seats];
        final double[] limits = new double[seats];
        for (int seat = 0; seat < seats; seat++)
        {
            parts[seat] = zoneOf[seat] == zone ? weights[seat] : 0;
            limits[seat] = zoneOf[seat] == zone ? partitions : 1;
        }

        final double[] divided = Shares.divide(whole, parts, limits);
        for (int seat = 0; seat < seats; seat++)
        {
            shares[seat] += zoneOf[seat] == zone ? divided[seat] : 0;
        }
    }
}
