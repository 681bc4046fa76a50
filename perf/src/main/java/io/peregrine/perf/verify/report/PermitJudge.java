package io.peregrine.perf.verify.report;

import io.peregrine.perf.verify.history.Attempt;
import io.peregrine.perf.verify.history.Function;
import io.peregrine.perf.verify.history.History;
import io.peregrine.perf.verify.history.Outcome;
import io.peregrine.perf.verify.load.Locks;
import io.peregrine.perf.verify.load.Permits;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Judges what was asked of semaphores, one at a time: fences rise with the time of giving, and no more permits are
 * surely held at a time than there are. Pure.
 */
final class PermitJudge
{
    private static final int MOST_WRONG = 5;

    private PermitJudge()
    {
    }

    /**
     * @param history of all clients.
     * @param isWhole whether the grid reported no loss: permits that are lost count as free.
     * @return what cannot be explained, for people; empty for a good history.
     */
    static List<String> judge(final History history, final boolean isWhole)
    {
        final Map<Integer, Long> lastDoneNs = history.lastDoneNs();
        final Map<String, List<Attempt>> bySemaphore = history.ofPermits().stream().collect(Collectors.groupingBy(
            (attempt) -> attempt.operation().key(), TreeMap::new, Collectors.toList()));
        final List<String> wrong = new ArrayList<>();
        for (final List<Attempt> ofOne : bySemaphore.values())
        {
            final List<Attempt> acquired = ofOne.stream().filter((attempt) ->
                attempt.operation().isAcquiring() && attempt.outcome() == Outcome.OK).toList();
            Fences.check(acquired, acquired, true, "fences of permits do not rise", wrong);
            if (isWhole)
            {
                checkHeld(holdings(acquired, ofOne, lastDoneNs), wrong);
            }
        }

        return wrong.stream().limit(MOST_WRONG).toList();
    }

    /**
     * Whoever acquired and let go later, and did something after that, was not stopped meanwhile, and had the permits
     * for as long as its lease surely lasted or until it let go.
     *
     * @return what was surely held, in the order of its beginning.
     */
    private static List<Holding> holdings(
        final List<Attempt> acquired, final List<Attempt> all, final Map<Integer, Long> lastDoneNs)
    {
        final Map<Holder, Attempt> releases = new HashMap<>();
        all.stream().filter((attempt) -> attempt.operation().function() == Function.RELEASE_PERMITS)
            .forEach((release) -> releases.put(Holder.of(release), release));
        final List<Holding> holdings = new ArrayList<>();
        for (final Attempt attempt : acquired)
        {
            final Attempt release = releases.get(Holder.of(attempt));
            if (release != null && lastDoneNs.getOrDefault(attempt.process(), 0L) > release.returnedNs())
            {
                holdings.add(new Holding(
                    attempt,
                    Math.min(release.invokedNs(), attempt.invokedNs() + Locks.SURELY_HELD_NS)));
            }
        }

        holdings.sort((one, other) -> Long.compare(one.fromNs(), other.fromNs()));
        return holdings;
    }

    private static void checkHeld(final List<Holding> holdings, final List<String> wrong)
    {
        final PriorityQueue<Holding> held = new PriorityQueue<>((one, other) -> Long.compare(one.toNs, other.toNs));
        long permits = 0;
        for (final Holding next : holdings)
        {
            while (!held.isEmpty() && held.peek().toNs() <= next.fromNs())
            {
                permits -= held.poll().permits();
            }
            if (next.toNs() > next.fromNs())
            {
                held.add(next);
                permits += next.permits();
                if (permits > Permits.TOTAL)
                {
                    wrong.add(permits + " of " + Permits.TOTAL + " permits are held: " + held);
                }
            }
        }
    }

    /**
     * Those who were given permits by one entry have one fence.
     */
    private record Holder(int process, long fence)
    {
        private static Holder of(final Attempt attempt)
        {
            return new Holder(attempt.process(), Fences.of(attempt));
        }
    }

    /**
     * @param attempt to acquire, with success.
     * @param toNs    when its holder may have had them no longer.
     */
    private record Holding(Attempt attempt, long toNs)
    {
        private long fromNs()
        {
            return attempt.returnedNs();
        }

        private long permits()
        {
            return attempt.operation().expected();
        }
    }
}
