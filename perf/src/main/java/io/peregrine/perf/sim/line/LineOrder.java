package io.peregrine.perf.sim.line;

import io.peregrine.perf.sim.world.Violation;

import java.util.Map;
import java.util.TreeMap;

/**
 * Whether one line was served in order, by what the grid itself has told: ticket and fence are sequences of its log, of
 * the entry by which one came and of that by which one was served.
 */
final class LineOrder
{
    private final TreeMap<Long, Long> fenceByTicket = new TreeMap<>();

    /**
     * @param ticket of who was served; its fence where it did not have to wait.
     */
    void served(final LinePlace place, final long ticket, final long fence)
    {
        final Map.Entry<Long, Long> before = fenceByTicket.lowerEntry(ticket);
        final Map.Entry<Long, Long> after = fenceByTicket.higherEntry(ticket);
        final boolean isLate = before != null && before.getValue() > fence;
        if (isLate || after != null && after.getValue() < fence)
        {
            throw new Violation(String.format(
                "the line of %s is not served in order: ticket %d got fence %d, and ticket %d got %d",
                place,
                ticket,
                fence,
                isLate ? before.getKey() : after.getKey(),
                isLate ? before.getValue() : after.getValue()));
        }
        fenceByTicket.put(ticket, fence);
    }
}
