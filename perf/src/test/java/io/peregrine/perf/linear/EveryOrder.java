package io.peregrine.perf.linear;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Judges short histories by trying every order, without any of the judge's short cuts.
 */
final class EveryOrder
{
    private final List<Call> calls;
    private final boolean[] taken;

    private EveryOrder(final List<Call> calls)
    {
        this.calls = calls;
        this.taken = new boolean[calls.size()];
    }

    static boolean explains(final List<Call> calls)
    {
        return new EveryOrder(calls).goOn(new HashMap<>());
    }

    private boolean goOn(final Map<String, Object> map)
    {
        long firstReturn = Call.NEVER;
        for (int i = 0; i < taken.length; i++)
        {
            firstReturn = taken[i] ? firstReturn : Math.min(firstReturn, calls.get(i).returned());
        }
        if (firstReturn == Call.NEVER)
        {
            return true;
        }
        for (int i = 0; i < taken.length; i++)
        {
            if (!taken[i] && calls.get(i).invoked() <= firstReturn)
            {
                final Map<String, Object> after = apply(calls.get(i), map);
                taken[i] = true;
                if (after != null && goOn(after))
                {
                    return true;
                }
                taken[i] = false;
            }
        }

        return false;
    }

    private static Map<String, Object> apply(final Call call, final Map<String, Object> map)
    {
        final boolean holds = call.steps().stream().allMatch(step -> step.holds(map.get(step.key())));
        if (call.fate() == Fate.DONE && !holds || call.fate() == Fate.NOT_DONE && holds)
        {
            return null;
        }

        final Map<String, Object> after = new HashMap<>(map);
        for (final Step step : call.steps())
        {
            final Object before = map.get(step.key());
            if (holds)
            {
                after.put(step.key(), step.after(before));
            }
            final Object told = step.sight() == Step.Sight.BEFORE ? before : after.get(step.key());
            if (call.fate() != Fate.UNKNOWN && step.sight() != Step.Sight.NONE && !Objects.equals(told, step.seen()))
            {
                return null;
            }
        }

        return after;
    }
}
