package io.peregrine.perf.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes histories by carrying calls of several processes out on a plain map, each at a moment between its invocation
 * and its return: they are linearizable.
 */
final class Histories
{
    private final SplittableRandom random;
    private final int keys;
    private final int unknownPercent;
    private final Map<String, Object> map = new HashMap<>();
    private long value;

    Histories(final long seed, final int keys, final int unknownPercent)
    {
        this.random = new SplittableRandom(seed);
        this.keys = keys;
        this.unknownPercent = unknownPercent;
    }

    List<Call> make(final int processes, final int calls)
    {
        final List<Call> history = new ArrayList<>(calls);
        final long[] free = new long[processes];
        for (int i = 0; i < calls; i++)
        {
            final long moment = 10L * i + 1_000;
            final int process = random.nextInt(processes);
            final long invoked = Math.max(free[process], moment - random.nextInt(10 * processes));
            if (invoked > moment)
            {
                continue;
            }
            final long returned = moment + random.nextInt(10 * processes);
            free[process] = returned + 1;
            history.add(call(process, invoked, returned));
        }

        return history;
    }

    private Call call(final int process, final long invoked, final long returned)
    {
        final Step[] steps = new Step[random.nextInt(100) < 5 && keys > 1 ? 2 : 1];
        final int first = random.nextInt(keys);
        for (int i = 0; i < steps.length; i++)
        {
            steps[i] = step("k" + (i == 0 ? first : first ^ 1));
        }

        final boolean isLost = random.nextInt(100) < unknownPercent;
        final boolean isCarriedOut = !isLost || random.nextBoolean();
        final boolean holds =
            Arrays.stream(steps).allMatch(step -> step.holds(map.get(step.key())));
        for (int i = 0; i < steps.length; i++)
        {
            steps[i] = carryOut(steps[i], isCarriedOut && holds);
        }

        final Fate fate = isLost ? Fate.UNKNOWN : holds ? Fate.DONE : Fate.NOT_DONE;
        return new Call(process, invoked, isLost ? Call.NEVER : returned, fate, List.of(steps));
    }

    private Step carryOut(final Step step, final boolean takesEffect)
    {
        final Object before = map.get(step.key());
        if (takesEffect)
        {
            map.put(step.key(), step.after(before));
        }

        return switch (step.sight())
        {
            case NONE -> step;
            case BEFORE -> step.sawBefore(before);
            case AFTER -> step.sawAfter(takesEffect ? step.after(before) : before);
        };
    }

    private Step step(final String key)
    {
        final Object present = map.get(key);
        return switch (random.nextInt(8))
        {
            case 0, 1, 2 -> Step.read(key, null);
            case 3 -> Step.put(key, ++value);
            case 4 -> Step.put(key, ++value).sawBefore(null);
            case 5 -> Step.compareAndSet(key, random.nextInt(4) == 0 ? (Long) 7L : present, ++value);
            case 6 -> Step.add(key, 1 + random.nextInt(2), 0);
            default -> Step.remove(key);
        };
    }
}
