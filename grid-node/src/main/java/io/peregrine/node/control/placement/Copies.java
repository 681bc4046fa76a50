package io.peregrine.node.control.placement;

import java.util.Arrays;

/**
 * Places copies: what is missing, what stands too close to another, what is too much for a seat, and what a new seat is
 * to take. Nothing else moves.
 */
final class Copies
{
    private static final int NONE = -1;

    private final Board board;
    private final int replicas;
    private final double[] shares;
    private final int[] caps;
    private final int[] hungers;
    private final int[] unlimited;

    Copies(final Board board, final int replicas)
    {
        this.board = board;
        this.replicas = replicas;
        this.shares = board.shares(replicas);
        this.caps = Shares.caps(shares);
        this.hungers = Arrays.stream(shares).mapToInt(Shares::hungry).toArray();
        this.unlimited = new int[board.seats];
        Arrays.fill(unlimited, Integer.MAX_VALUE);
    }

    void place()
    {
        dropSurplus();
        spreadOverZones();
        fill();
        relieve();
        feed();
    }

    /**
     * The last of the list go first: the first is the primary.
     */
    private void dropSurplus()
    {
        for (int partition = 0; partition < board.partitions; partition++)
        {
            while (board.holders(partition).size() > replicas)
            {
                board.remove(board.holders(partition).get(board.holders(partition).size() - 1), partition);
            }
        }
    }

    /**
     * Give up copies that share a zone while another has none, the last of the list first.
     */
    private void spreadOverZones()
    {
        for (int partition = 0; partition < board.partitions; partition++)
        {
            for (int i = board.holders(partition).size() - 1; i > 0; i--)
            {
                final int seat = board.holders(partition).get(i);
                final int here = board.copiesIn(board.zoneOf[seat], partition);
                if (here > 1 && fewest(partition) < here - 1)
                {
                    board.remove(seat, partition);
                }
            }
        }
    }

    private int fewest(final int partition)
    {
        final boolean[] freest = board.freestZones(partition);
        for (int zone = 0; zone < board.zones; zone++)
        {
            if (freest[zone])
            {
                return board.copiesIn(zone, partition);
            }
        }

        return Integer.MAX_VALUE;
    }

    private void fill()
    {
        for (int partition = 0; partition < board.partitions; partition++)
        {
            while (board.holders(partition).size() < replicas)
            {
                final boolean[] zones = board.freestZones(partition);
                int seat = best(partition, zones, hungers);
                seat = seat == NONE ? best(partition, zones, caps) : seat;
                if (seat == NONE)
                {
                    seat = makeRoom(partition, zones);
                }
                board.add(seat, partition);
            }
        }
    }

    /**
     * @return of the seats below the limits, the one that the partition prefers most.
     */
    private int best(final int partition, final boolean[] zones, final int[] limits)
    {
        int best = NONE;
        double highest = 0;
        for (int seat = 0; seat < board.seats; seat++)
        {
            if (zones[board.zoneOf[seat]] && !board.holds(seat, partition) &&
                board.load[seat] < limits[seat] && board.score(partition, seat) > highest)
            {
                best = seat;
                highest = board.score(partition, seat);
            }
        }

        return best;
    }

    /**
     * All seats that may take the partition are full: one of them passes a copy on. Where none can, the best takes more
     * than its bound.
     */
    private int makeRoom(final int partition, final boolean[] zones)
    {
        for (int seat = 0; seat < board.seats; seat++)
        {
            if (zones[board.zoneOf[seat]] && !board.holds(seat, partition) && passOn(seat))
            {
                return seat;
            }
        }

        return best(partition, zones, unlimited);
    }

    /**
     * Seats above their bound pass copies on.
     */
    private void relieve()
    {
        for (int seat = 0; seat < board.seats; seat++)
        {
            boolean isMoving = true;
            while (isMoving && board.load[seat] > caps[seat])
            {
                isMoving = passOn(seat);
            }
        }
    }

    /**
     * Seats far below their share, as a new one is, take from those that are the furthest above theirs.
     */
    private void feed()
    {
        for (int seat = 0; seat < board.seats; seat++)
        {
            if (board.load[seat] < Shares.hungry(shares[seat]) || board.load[seat] == 0)
            {
                boolean isMoving = true;
                while (isMoving && board.load[seat] < Shares.sated(shares[seat]))
                {
                    isMoving = take(seat);
                }
            }
        }
    }

    private boolean take(final int to)
    {
        int donor = NONE;
        int moved = NONE;
        double fullest = 1;
        for (int from = 0; from < board.seats; from++)
        {
            final double fullness = shares[from] == 0 ? 0 : board.load[from] / shares[from];
            if (from != to && fullness > fullest)
            {
                final int partition = preferred(from, to);
                if (partition != NONE)
                {
                    donor = from;
                    moved = partition;
                    fullest = fullness;
                }
            }
        }
        if (donor != NONE)
        {
            board.move(moved, donor, to);
        }

        return donor != NONE;
    }

    /**
     * @return of the partitions that may move, the one that prefers its new seat most.
     */
    private int preferred(final int from, final int to)
    {
        int preferred = NONE;
        double highest = 0;
        for (int partition = 0; partition < board.partitions; partition++)
        {
            if (board.holds(from, partition) && board.mayMove(partition, from, to) &&
                board.score(partition, to) > highest)
            {
                preferred = partition;
                highest = board.score(partition, to);
            }
        }

        return preferred;
    }

    /**
     * Move one copy off a seat, along as few seats as possible, to one that has room.
     *
     * @return whether there was such a way.
     */
    private boolean passOn(final int source)
    {
        final int[] cameFrom = new int[board.seats];
        final int[] moved = new int[board.seats];
        final int[] queue = new int[board.seats];
        Arrays.fill(cameFrom, NONE);
        cameFrom[source] = source;
        queue[0] = source;
        int queued = 1;
        for (int head = 0; head < queued; head++)
        {
            int goal = NONE;
            for (int to = 0; to < board.seats; to++)
            {
                final int partition = cameFrom[to] == NONE ? preferred(queue[head], to) : NONE;
                if (partition != NONE)
                {
                    cameFrom[to] = queue[head];
                    moved[to] = partition;
                    queue[queued++] = to;
                    if (board.load[to] < caps[to] && (goal == NONE || emptiness(to) > emptiness(goal)))
                    {
                        goal = to;
                    }
                }
            }
            if (goal != NONE)
            {
                for (int to = goal; to != source; to = cameFrom[to])
                {
                    board.move(moved[to], cameFrom[to], to);
                }
                return true;
            }
        }

        return false;
    }

    private double emptiness(final int seat)
    {
        return shares[seat] - board.load[seat];
    }
}
