package io.peregrine.perf.linear;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Looks for an order of the calls on connected keys that explains them: takes, in the order of invocation, any call
 * that may come next, goes back where none can, and never enters the same configuration twice.
 * <p>
 * Events (a call's invocation and its return) are in a doubly linked list in the order of time. Everything before the
 * first return that is in the list may come next; taking a call takes both its events out.
 */
final class Search
{
    private static final int HEAD = 0;

    private final Call[] calls;
    private final Step[][] steps;
    private final int[][] keys;
    /**
     * For a call of unknown fate, one more than the number of the call just like it that was invoked before: taking the
     * later one first would lead nowhere else. 0 for none.
     */
    private final int[] twins;
    private final int[] eventCall;
    private final boolean[] isReturn;
    private final int[] returnEvent;
    private final int[] next;
    private final int[] previous;
    private final long[] marks;
    private final Set<Configuration> seen = new HashSet<>();
    private final boolean[] taken;
    private final int keyCount;
    private int deepest = -1;
    private boolean[] deepestTaken = new boolean[0];
    private long work;

    Search(final List<Call> history)
    {
        calls = history.toArray(new Call[0]);
        Arrays.sort(calls, Comparator.comparingLong(Call::invoked));
        final int count = calls.length;
        steps = new Step[count][];
        keys = new int[count][];
        twins = new int[count];
        taken = new boolean[count];
        marks = new SplittableRandom(count).longs(2L * count).toArray();
        keyCount = number();

        eventCall = new int[2 * count + 2];
        isReturn = new boolean[2 * count + 2];
        returnEvent = new int[count];
        next = new int[2 * count + 2];
        previous = new int[2 * count + 2];
        link();
    }

    /**
     * @param limit on how many configurations to enter.
     * @return whether there is an order; null when the limit came first.
     */
    Boolean run(final long limit)
    {
        final int[] stackEvent = new int[calls.length];
        final Cells[] stackCells = new Cells[calls.length];
        int depth = 0;
        int missing = 0;
        for (final Call call : calls)
        {
            missing += call.returned() == Call.NEVER ? 0 : 1;
        }

        Cells cells = new Cells(keyCount);
        long markLow = 0;
        long markHigh = 0;
        int event = next[HEAD];
        while (missing > 0)
        {
            final int call = event == HEAD ? -1 : eventCall[event];
            if (call >= 0 && !isReturn[event])
            {
                final Cells after = mayTake(call) ? cells.apply(steps[call], keys[call], calls[call].fate()) : null;
                work++;
                if (after != null &&
                    seen.add(new Configuration(markLow ^ marks[2 * call], markHigh ^ marks[2 * call + 1], after)))
                {
                    if (seen.size() > limit)
                    {
                        return null;
                    }
                    stackEvent[depth] = event;
                    stackCells[depth++] = cells;
                    cells = after;
                    markLow ^= marks[2 * call];
                    markHigh ^= marks[2 * call + 1];
                    missing -= returnEvent[call] == 0 ? 0 : 1;
                    take(call, event);
                    event = next[HEAD];
                }
                else
                {
                    event = next[event];
                }
                continue;
            }

            remember(depth);
            if (depth == 0)
            {
                return false;
            }
            event = stackEvent[--depth];
            cells = stackCells[depth];
            final int undone = eventCall[event];
            markLow ^= marks[2 * undone];
            markHigh ^= marks[2 * undone + 1];
            missing += returnEvent[undone] == 0 ? 0 : 1;
            putBack(undone, event);
            event = next[event];
        }

        return true;
    }

    /**
     * @return the calls that no order explains together with all that came before them: those which could have come
     *         next where the search got furthest.
     */
    List<Call> stuck()
    {
        long firstReturn = Call.NEVER;
        for (int i = 0; i < calls.length; i++)
        {
            if (!deepestTaken[i])
            {
                firstReturn = Math.min(firstReturn, calls[i].returned());
            }
        }

        final long end = firstReturn;
        return IntStream.range(0, calls.length)
            .filter(i -> !deepestTaken[i] && calls[i].invoked() <= end)
            .mapToObj(i -> calls[i])
            .toList();
    }

    /**
     * @return how many calls were tried.
     */
    long work()
    {
        return work;
    }

    private boolean mayTake(final int call)
    {
        return twins[call] == 0 || taken[twins[call] - 1];
    }

    private void remember(final int depth)
    {
        if (depth > deepest)
        {
            deepest = depth;
            deepestTaken = taken.clone();
        }
    }

    private void take(final int call, final int event)
    {
        taken[call] = true;
        unlink(event);
        if (returnEvent[call] != 0)
        {
            unlink(returnEvent[call]);
        }
    }

    private void putBack(final int call, final int event)
    {
        taken[call] = false;
        if (returnEvent[call] != 0)
        {
            relink(returnEvent[call]);
        }
        relink(event);
    }

    private void unlink(final int event)
    {
        next[previous[event]] = next[event];
        previous[next[event]] = previous[event];
    }

    private void relink(final int event)
    {
        next[previous[event]] = event;
        previous[next[event]] = event;
    }

    /**
     * Number the keys and find the twins.
     *
     * @return how many keys there are.
     */
    private int number()
    {
        final Map<String, Integer> numbers = new HashMap<>();
        final Map<List<Step>, Integer> lastUnknown = new HashMap<>();
        for (int i = 0; i < calls.length; i++)
        {
            steps[i] = calls[i].steps().toArray(new Step[0]);
            keys[i] = new int[steps[i].length];
            for (int j = 0; j < keys[i].length; j++)
            {
                final int number = numbers.size();
                final Integer known = numbers.putIfAbsent(steps[i][j].key(), number);
                keys[i][j] = known == null ? number : known;
            }
            if (calls[i].fate() == Fate.UNKNOWN)
            {
                final Integer before = lastUnknown.put(calls[i].steps(), i);
                twins[i] = before == null ? 0 : before + 1;
            }
        }

        return numbers.size();
    }

    /**
     * Put the events in the order of time; where times are equal, invocations come first, so that the calls overlap.
     */
    private void link()
    {
        final Integer[] byReturn = new Integer[calls.length];
        Arrays.setAll(byReturn, i -> i);
        Arrays.sort(byReturn, Comparator.comparingLong(i -> calls[i].returned()));
        int last = HEAD;
        int event = 1;
        int returns = 0;
        for (int i = 0; i <= calls.length; i++)
        {
            final long time = i == calls.length ? Call.NEVER : calls[i].invoked();
            while (returns < calls.length && calls[byReturn[returns]].returned() < time)
            {
                final int call = byReturn[returns++];
                returnEvent[call] = event;
                isReturn[event] = true;
                last = append(last, event++, call);
            }
            if (i < calls.length)
            {
                last = append(last, event++, i);
            }
        }

        next[last] = HEAD;
        previous[HEAD] = last;
    }

    private int append(final int last, final int event, final int call)
    {
        eventCall[event] = call;
        next[last] = event;
        previous[event] = last;
        return event;
    }

    /**
     * Which calls have taken effect, by 128 random bits that stand for the set, and what the keys then hold.
     */
    private record Configuration(long low, long high, Cells cells)
    {
    }
}
