package io.peregrine.perf.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Narrows down calls of unknown fate, of which each doubles the work of a search. Where each value is written by one
 * call only, a write was carried out before the first return of a call that met its value, and one whose value nobody
 * met need not have been, provided that nobody could have noticed the value without meeting it.
 */
final class Unknowns
{
    private final Map<Object, Integer> writers = new HashMap<>();
    private final Map<Object, Long> firstMet = new HashMap<>();
    private final Set<Object> met = new HashSet<>();
    private final Map<String, Long> lastBlind = new HashMap<>();
    private boolean isAnySumUnknown;

    private Unknowns(final List<Call> calls)
    {
        for (final Call call : calls)
        {
            for (final Step step : call.steps())
            {
                if (step.isBlind(call.fate()))
                {
                    lastBlind.merge(step.key(), call.returned(), Math::max);
                }
                if (step.effect() == Step.Effect.SET)
                {
                    writers.merge(cell(step, step.argument()), 1, Integer::sum);
                }
                if (step.effect() == Step.Effect.ADD)
                {
                    isAnySumUnknown |= call.fate() == Fate.UNKNOWN;
                    writers.merge(cell(step, step.seen()), 1, Integer::sum);
                }
                if (call.fate() != Fate.UNKNOWN && step.sight() != Step.Sight.NONE)
                {
                    meet(cell(step, before(step, call.fate())), call.returned());
                }
                if (step.condition() == Step.Condition.EQUALS)
                {
                    meet(cell(step, step.expected()), call.fate() == Fate.DONE ? call.returned() : Call.NEVER);
                }
            }
        }
    }

    /**
     * @param calls on connected keys.
     * @return calls that have an order if and only if these have one.
     */
    static List<Call> narrow(final List<Call> calls)
    {
        final Unknowns unknowns = new Unknowns(calls);
        final List<Call> narrowed = new ArrayList<>(calls.size());
        for (final Call call : calls)
        {
            final Call left = call.fate() == Fate.UNKNOWN ? unknowns.narrow(call) : call;
            if (left != null)
            {
                narrowed.add(left);
            }
        }

        return narrowed;
    }

    private Call narrow(final Call call)
    {
        final Step step = call.steps().get(0);
        if (step.effect() == Step.Effect.NOTHING && call.steps().size() == 1)
        {
            return null;
        }
        if (isAnySumUnknown || !call.steps().stream().allMatch(this::isItsValueItsOwn))
        {
            return call;
        }

        long first = Call.NEVER;
        boolean isMet = false;
        boolean isToldNothing = true;
        boolean maybeNoticed = false;
        for (final Step each : call.steps())
        {
            final Object cell = cell(each, each.argument());
            isMet |= met.contains(cell);
            first = Math.min(first, firstMet.getOrDefault(cell, Call.NEVER));
            isToldNothing &= each.sight() == Step.Sight.NONE;
            maybeNoticed |= lastBlind.getOrDefault(each.key(), Long.MIN_VALUE) >= call.invoked();
        }
        if (!isMet)
        {
            return maybeNoticed ? call : null;
        }

        return first == Call.NEVER || first < call.invoked() || !isToldNothing ? call : call.returnedBy(first);
    }

    private boolean isItsValueItsOwn(final Step step)
    {
        return step.effect() == Step.Effect.SET && writers.get(cell(step, step.argument())) == 1;
    }

    /**
     * The value that a call met, whichever it was told of.
     */
    private static Object before(final Step step, final Fate fate)
    {
        final boolean isSum = step.sight() == Step.Sight.AFTER && fate == Fate.DONE;
        return isSum ? (Long) step.seen() - (Long) step.argument() : step.seen();
    }

    private void meet(final Object cell, final long returned)
    {
        met.add(cell);
        if (returned != Call.NEVER)
        {
            firstMet.merge(cell, returned, Math::min);
        }
    }

    private static Object cell(final Step step, final Object value)
    {
        return Arrays.asList(step.key(), value);
    }
}
