package io.peregrine.perf.verify.report;

import io.peregrine.perf.verify.history.Attempt;
import io.peregrine.perf.verify.history.Function;
import io.peregrine.perf.verify.history.History;
import io.peregrine.perf.verify.history.Outcome;
import io.peregrine.perf.verify.load.Locks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Judges what was asked of locks, one lock at a time. The order in which the grid gave a lock is that of its fences. So
 * what one had is over when another was given a higher fence: nothing that asks later may be let in with the lower one,
 * and nobody gets it while the one before has it still. Pure.
 */
final class LockJudge
{
    private static final int MOST_WRONG = 5;

    private final List<String> wrong = new ArrayList<>();
    private final List<Attempt> acquired;
    private final List<Attempt> attempts;
    private final Map<Integer, Long> lastDoneNs;

    private LockJudge(final List<Attempt> attempts, final Map<Integer, Long> lastDoneNs)
    {
        this.attempts = attempts;
        this.lastDoneNs = lastDoneNs;
        acquired = done(Function.ACQUIRE);
    }

    /**
     * @param history of all clients.
     * @param isWhole whether the grid reported no loss: of what was lost the fences rise all the same.
     * @return what cannot be explained, for people; empty for a good history.
     */
    static List<String> judge(final History history, final boolean isWhole)
    {
        final Map<Integer, Long> lastDoneNs = history.lastDoneNs();
        final Map<String, List<Attempt>> byLock = history.ofLocks().stream().collect(Collectors.groupingBy(
            (attempt) -> attempt.operation().key(), TreeMap::new, Collectors.toList()));
        final List<String> wrong = new ArrayList<>();
        for (final List<Attempt> ofOne : byLock.values())
        {
            final LockJudge judge = new LockJudge(ofOne, lastDoneNs);
            judge.checkFences();
            if (isWhole)
            {
                judge.checkFormerHolders(judge.acquired, Function.RELEASE);
                judge.checkFormerHolders(judge.done(Function.FENCED), Function.FENCED);
                judge.checkHolders();
            }
            wrong.addAll(judge.wrong);
        }

        return wrong.stream().limit(MOST_WRONG).toList();
    }

    private List<Attempt> done(final Function function)
    {
        return attempts.stream().filter((attempt) ->
            attempt.operation().function() == function && attempt.outcome() == Outcome.OK).toList();
    }

    /**
     * Whoever asked when another had been given the lock got a higher fence.
     */
    private void checkFences()
    {
        Fences.check(acquired, acquired, true, "fences do not rise", wrong);
        final Map<Long, Attempt> once = new HashMap<>();
        for (final Attempt attempt : acquired)
        {
            final Attempt twin = once.put(Fences.of(attempt), attempt);
            if (twin != null)
            {
                wrong.add("one fence was given twice: " + attempt + " and " + twin);
            }
        }
    }

    /**
     * What was asked when a higher fence had been seen was not let in with a lower one.
     */
    private void checkFormerHolders(final List<Attempt> seen, final Function function)
    {
        Fences.check(seen, done(function), false, "a former holder was let in", wrong);
    }

    /**
     * Nobody had the lock before the lease of the one before could be over, unless that one had begun to let go. A
     * process that is stopped in order lets go of what it holds, and does nothing any more.
     */
    private void checkHolders()
    {
        final Map<Long, Attempt> releases = new HashMap<>();
        attempts.stream().filter((attempt) -> attempt.operation().function() == Function.RELEASE)
            .forEach((release) -> releases.put(Fences.of(release), release));
        final List<Attempt> inOrder = acquired.stream().sorted(Comparator.comparingLong(Fences::of)).toList();
        for (int i = 1; i < inOrder.size(); i++)
        {
            final Attempt former = inOrder.get(i - 1);
            final Attempt next = inOrder.get(i);
            final Attempt release = releases.get(Fences.of(former));
            if (release != null && next.returnedNs() < release.invokedNs() &&
                lastDoneNs.getOrDefault(former.process(), 0L) > release.returnedNs() &&
                next.returnedNs() - former.invokedNs() < Locks.SURELY_HELD_NS)
            {
                wrong.add("two hold a lock: " + next + " while " + former);
            }
        }
    }
}
