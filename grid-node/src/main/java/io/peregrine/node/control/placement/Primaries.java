package io.peregrine.node.control.placement;

import java.util.Arrays;
import java.util.List;

/**
 * Chooses which of a partition's copies leads it: the one that does so already, unless its seat leads too many or
 * another far too few.
 */
final class Primaries
{
    private static final int NONE = -1;

    private final Board board;
    private final int[] leads;
    private final double[] shares;
    private final int[] caps;

    /**
     * @param board with all copies placed; the first of a partition's copies leads it.
     */
    Primaries(final Board board)
    {
        this.board = board;
        this.leads = new int[board.seats];
        for (int partition = 0; partition < board.partitions; partition++)
        {
            leads[board.holders(partition).get(0)]++;
        }
        this.shares = Shares.divide(
            board.partitions, board.weights, Arrays.stream(board.load).asDoubleStream().toArray());
        this.caps = Shares.caps(shares);
    }

    void choose()
    {
        for (int seat = 0; seat < board.seats; seat++)
        {
            boolean isMoving = true;
            while (isMoving && leads[seat] > caps[seat])
            {
                isMoving = passOn(seat);
            }
        }
        for (int seat = 0; seat < board.seats; seat++)
        {
            if (leads[seat] < Shares.hungry(shares[seat]) || leads[seat] == 0)
            {
                boolean isMoving = true;
                while (isMoving && leads[seat] < Shares.sated(shares[seat]))
                {
                    isMoving = take(seat);
                }
            }
        }
    }

    /**
     * Hand the lead of one partition on, along as few seats as possible, to a seat that has room.
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
            for (int partition = 0; partition < board.partitions; partition++)
            {
                final List<Integer> holders = board.holders(partition);
                for (int i = 1; i < holders.size() && holders.get(0) == queue[head]; i++)
                {
                    final int to = holders.get(i);
                    if (cameFrom[to] == NONE)
                    {
                        cameFrom[to] = queue[head];
                        moved[to] = partition;
                        queue[queued++] = to;
                        if (leads[to] < caps[to])
                        {
                            handOver(source, to, cameFrom, moved);
                            return true;
                        }
                    }
                }
            }
        }

        return false;
    }

    private void handOver(final int source, final int goal, final int[] cameFrom, final int[] moved)
    {
        for (int to = goal; to != source; to = cameFrom[to])
        {
            lead(moved[to], to);
        }
    }

    private boolean take(final int to)
    {
        int taken = NONE;
        double fullest = 1;
        for (int partition = 0; partition < board.partitions; partition++)
        {
            final int leader = board.holders(partition).get(0);
            final double fullness = leads[leader] / shares[leader];
            if (leader != to && board.holds(to, partition) && fullness > fullest)
            {
                taken = partition;
                fullest = fullness;
            }
        }
        if (taken != NONE)
        {
            lead(taken, to);
        }

        return taken != NONE;
    }

    private void lead(final int partition, final int seat)
    {
        final List<Integer> holders = board.holders(partition);
        leads[holders.get(0)]--;
        leads[seat]++;
        final int place = holders.indexOf(seat);
        holders.set(place, holders.get(0));
        holders.set(0, seat);
    }
}
