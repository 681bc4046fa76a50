package io.peregrine.node.control.placement;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes the plan.
 */
public final class Placement
{
    private Placement()
    {
    }

    /**
     * Plan where copies belong, with as few changes to what was planned before as the rules allow: copies on seats
     * that are gone are made elsewhere; copies move off a seat that has more than 1.1 times its share, and to a seat
     * that has far less than its share, as a new one has.
     *
     * @param seats    there are now; their order does not matter.
     * @param before   members that hold each partition by the last plan, the primary first; empty where there was none.
     * @param replicas copies of each partition, if there are as many seats.
     * @return members that are to hold each partition, the primary first; empty lists when there is no seat.
     */
    public static List<List<Integer>> plan(
        final List<Seat> seats, final List<List<Integer>> before, final int replicas)
    {
        if (seats.isEmpty())
        {
            return before.stream().map(members -> List.<Integer>of()).toList();
        }

        final List<Seat> sorted = seats.stream()
            .sorted((one, other) -> Integer.compare(one.member(), other.member())).toList();
        final Board board = new Board(sorted, before.size());
        final List<Integer> members = sorted.stream().map(Seat::member).toList();
        for (int partition = 0; partition < before.size(); partition++)
        {
            for (final int member : before.get(partition))
            {
                final int seat = members.indexOf(member);
                if (seat >= 0 && !board.holds(seat, partition))
                {
                    board.add(seat, partition);
                }
            }
        }

        new Copies(board, Math.min(replicas, seats.size())).place();
        new Primaries(board).choose();
        return IntStream.range(0, before.size())
            .mapToObj(partition -> board.holders(partition).stream().map(members::get).toList()).toList();
    }
}
