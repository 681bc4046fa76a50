package io.peregrine.perf.sim.workload;

import io.peregrine.perf.linear.Call;
import io.peregrine.perf.linear.Fate;
import io.peregrine.perf.linear.Step;

import java.util.ArrayList;
import java.util.List;

/**
 * When what a partition held was lost, as decided. Calls before and after it are judged apart; of a call that the loss
 * fell into nobody knows whether it happened, and where.
 */
final class Losses
{
    private final Keys keys;
    private final List<List<Long>> times = new ArrayList<>();

    Losses(final Keys keys)
    {
        this.keys = keys;
        for (int partition = 0; partition < keys.partitions(); partition++)
        {
            times.add(new ArrayList<>());
        }
    }

    void add(final int partition, final long timeNs)
    {
        times.get(partition).add(timeNs);
    }

    /**
     * @param calls of a history.
     * @return parts to be judged each by itself.
     */
    List<List<Call>> split(final List<Call> calls)
    {
        final int most = times.stream().mapToInt(List::size).max().orElse(0);
        final List<List<Call>> parts = new ArrayList<>();
        for (int i = 0; i <= most; i++)
        {
            parts.add(new ArrayList<>());
        }
        for (final Call call : calls)
        {
            final List<Long> lost = times.get(keys.partition(call.steps().get(0).key()));
            final int first = before(lost, call.invoked());
            final int last = before(lost, call.returned());
            if (first == last)
            {
                parts.get(first).add(call);
            }
            else if (call.steps().stream().anyMatch((step) -> step.effect() != Step.Effect.NOTHING))
            {
                for (int part = first; part <= last; part++)
                {
                    final long from = part == first ? call.invoked() : lost.get(part - 1);
                    parts.get(part).add(new Call(
                        call.process(), from, Call.NEVER, Fate.UNKNOWN, call.steps()));
                }
            }
        }
        return parts;
    }

    private static int before(final List<Long> lost, final long timeNs)
    {
        int count = 0;
        while (count < lost.size() && lost.get(count) <= timeNs)
        {
            count++;
        }
        return count;
    }
}
