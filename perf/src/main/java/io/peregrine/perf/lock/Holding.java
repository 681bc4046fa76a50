package io.peregrine.perf.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One holding of the lock that two processes hand to each other. Times are those of the machine's monotonic clock.
 *
 * @param fence      of it.
 * @param acquiredNs when its holder had it.
 * @param releasedNs when its holder began to let go.
 * @param isAwaited  whether another was in line then.
 */
record Holding(long fence, long acquiredNs, long releasedNs, boolean isAwaited)
{
    private static final String BETWEEN = ";";

    /**
     * @return one line.
     */
    static String write(final List<Holding> all)
    {
        return all.stream()
            .map((one) -> one.fence + " " + one.acquiredNs + " " + one.releasedNs + " " + one.isAwaited)
            .collect(Collectors.joining(BETWEEN));
    }

    static List<Holding> read(final String line)
    {
        return line.isEmpty() ? List.of() : Stream.of(line.split(BETWEEN)).map(Holding::of).toList();
    }

    private static Holding of(final String text)
    {
        final String[] words = text.split(" ");
        return new Holding(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]),
            Boolean.parseBoolean(words[3]));
    }

    /**
     * How long the lock took from one to the other, each time that one who was in line got it.
     *
     * @param here  in the order of fences.
     * @param there in the order of fences.
     * @return nanoseconds, in the order of fences.
     */
    static List<Long> handOvers(final List<Holding> here, final List<Holding> there)
    {
        final List<Long> took = new ArrayList<>();
        int i = 0;
        int j = 0;
        Holding before = null;
        boolean wasHere = false;
        while (i < here.size() || j < there.size())
        {
            final boolean isHere =
                j == there.size() || i < here.size() && here.get(i).fence < there.get(j).fence;
            final Holding next = isHere ? here.get(i++) : there.get(j++);
            if (before != null && isHere != wasHere && before.isAwaited)
            {
                took.add(next.acquiredNs - before.releasedNs);
            }
            before = next;
            wasHere = isHere;
        }

        return took;
    }
}
