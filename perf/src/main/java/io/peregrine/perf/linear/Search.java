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
 * What can only look and may come next is taken at once, and nothing else is tried in its place: wherever it came
 * later, it can come now. A call of unknown fate is tried when all others were, and where it changes something.
 * <p>
 * Events (a call's invocation and its return) are in a doubly linked list in the order of time. Everything before the
 * first return that is in the list may come next; taking a call takes both its events out.
 */
final class Search
{
    private static final int HEAD = 0;
    private static final byte LOOKS = 0;
    private static final byte RETURNED = 1;
    private static final byte NEVER_RETURNED = 2;

    private final Call[] calls;
    private final Step[][] steps;
    private final int[][] keys;
    /**
     * For a call of unknown fate, one more than the number of the call just like it that was invoked before: taking the
     * later one first would lead nowhere else. 0 for none.
     */
    private final int[] twins;
    private final byte[] turns;
    private final int[] eventCall;
    private final boolean[] isReturn;
    private final int[] returnEvent;
    private final int[] next;
    private final int[] previous;
    private final long[] marks;
    private final Set<Configuration> seen = new HashSet<>();
    private final boolean[] taken;
    private final int[] stackEvent;
    private final Cells[] stackCells;
    private int depth;
    private Cells cells;
    private byte turn;
    private int event;
    private int missing;
    private long markLow;
    private long markHigh;
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
        turns = new byte[count];
        taken = new boolean[count];
        marks = new SplittableRandom(count).longs(2L * count).toArray();
        stackEvent = new int[count];
        stackCells = new Cells[count];
        cells = new Cells(number());

        eventCall = new int[2 * count + 2];
        isReturn = new boolean[2 * count + 2];
        returnEvent = new int[count];
        next = new int[2 * count + 2];
        previous = new int[2 * count + 2];
        link();
        event = next[HEAD];
        missing = (int) Arrays.stream(calls).filter(call -> call.returned() != Call.NEVER).count();
    }

    /**
     * @param limit on how many configurations to enter.
     * @return whether there is an order; null when the limit came first.
     */
    Boolean run(final long limit)
    {
        while (missing > 0)
        {
            if (event == HEAD || isReturn[event])
            {
                if (turn < NEVER_RETURNED)
                {
                    turn++;
                    event = next[HEAD];
                }
                else if (!goBack())
                {
                    return false;
                }
                continue;
            }

            final int call = eventCall[event];
            final Cells after = turns[call] == turn ? tryOne(call) : null;
            if (after != null && seen.add(new Configuration(
                markLow ^ marks[2 * call], markHigh ^ marks[2 * call + 1], after)))
            {
                if (seen.size() > limit)
                {
                    return null;
                }
                take(call, after);
            }
            else if (after != null && turn == LOOKS)
            {
                turn = NEVER_RETURNED;
                event = HEAD;
            }
            else
            {
                event = next[event];
            }
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

    /**
     * @return what the keys hold after a call, or null where it cannot come next, or need not.
     */
    private Cells tryOne(final int call)
    {
        if (twins[call] != 0 && !taken[twins[call] - 1])
        {
            return null;
        }

        work++;
        final Cells after = cells.apply(steps[call], keys[call], calls[call].fate());
        return after == cells && turns[call] == NEVER_RETURNED ? null : after;
    }

    /**
     * Put the last call back that something else may be tried in place of.
     *
     * @return false where there is none.
     */
    private boolean goBack()
    {
        remember();
        do
        {
            if (depth == 0)
            {
                return false;
            }
            event = stackEvent[--depth];
            cells = stackCells[depth];
            final int call = eventCall[event];
            turn = turns[call];
            putBack(call);
        }
        while (turn == LOOKS);
        event = next[event];
        return true;
    }

    private static byte turn(final Call call)
    {
        if (call.returned() == Call.NEVER)
        {
            return NEVER_RETURNED;
        }

        final boolean looks = call.fate() == Fate.NOT_DONE ||
            call.steps().stream().allMatch((step) -> step.effect() == Step.Effect.NOTHING);
        return looks ? LOOKS : RETURNED;
    }

    private void remember()
    {
        if (depth > deepest)
        {
            deepest = depth;
            deepestTaken = taken.clone();
        }
    }

    private void take(final int call, final Cells after)
    {
        stackEvent[depth] = event;
        stackCells[depth++] = cells;
        cells = after;
        taken[call] = true;
        mark(call);
        unlink(event);
        if (returnEvent[call] != 0)
        {
            missing--;
            unlink(returnEvent[call]);
        }
        turn = LOOKS;
        event = next[HEAD];
    }

    private void putBack(final int call)
    {
        taken[call] = false;
        mark(call);
        if (returnEvent[call] != 0)
        {
            missing++;
            relink(returnEvent[call]);
        }
        relink(event);
    }

    private void mark(final int call)
    {
        markLow ^= marks[2 * call];
        markHigh ^= marks[2 * call + 1];
    }

    private void unlink(final int out)
    {
        next[previous[out]] = next[out];
        previous[next[out]] = previous[out];
    }

    private void relink(final int back)
    {
        next[previous[back]] = back;
        previous[next[back]] = back;
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
            turns[i] = turn(calls[i]);
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
        int place = 1;
        int returns = 0;
        for (int i = 0; i <= calls.length; i++)
        {
            final long time = i == calls.length ? Call.NEVER : calls[i].invoked();
            while (returns < calls.length && calls[byReturn[returns]].returned() < time)
            {
                final int call = byReturn[returns++];
                returnEvent[call] = place;
                isReturn[place] = true;
                last = append(last, place++, call);
            }
            if (i < calls.length)
            {
                last = append(last, place++, i);
            }
        }

        next[last] = HEAD;
        previous[HEAD] = last;
    }

    private int append(final int last, final int place, final int call)
    {
        eventCall[place] = call;
        next[last] = place;
        previous[place] = last;
        return place;
    }

    /**
     * Which calls have taken effect, by 128 random bits that stand for the set, and what the keys then hold.
     */
    private record Configuration(long low, long high, Cells cells)
    {
    }
}
