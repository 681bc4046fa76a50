package io.peregrine.perf.verify.report;

import io.peregrine.perf.verify.history.Attempt;
import io.peregrine.perf.verify.history.Edn;
import io.peregrine.perf.verify.history.History;
import io.peregrine.perf.verify.history.Operation;
import io.peregrine.perf.verify.history.Outcome;
import io.peregrine.perf.verify.history.Told;
import io.peregrine.perf.verify.load.Locks;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LockJudgeTest
{
    private static final String LOCK = Locks.name(1);
    private static final long MS = 1_000_000;
    private static final long LEASE_MS = Locks.LEASE.toMillis();

    private final List<Attempt> attempts = new ArrayList<>();
    private boolean isGone;

    private LockJudgeTest acquired(final long fromMs, final long toMs, final long fence)
    {
        return add(Operation.acquire(LOCK), fromMs, toMs, Told.before(Outcome.OK, fence));
    }

    private LockJudgeTest fenced(final long fromMs, final long toMs, final long fence, final Outcome outcome)
    {
        return add(Operation.fenced(LOCK, fence), fromMs, toMs, Told.of(outcome));
    }

    private LockJudgeTest released(final long fromMs, final long toMs, final long fence, final Outcome outcome)
    {
        add(Operation.release(LOCK, fence), fromMs, toMs, Told.of(outcome));
        return isGone ? this : add(fence, Operation.read("k"), toMs + 1, toMs + 2, Told.before(Outcome.OK, null));
    }

    private LockJudgeTest add(final Operation operation, final long fromMs, final long toMs, final Told told)
    {
        return add(operation.value() == null ? told.before() : operation.value(), operation, fromMs, toMs, told);
    }

    /**
     * Each holder is a client of its own.
     */
    private LockJudgeTest add(
        final long process, final Operation operation, final long fromMs, final long toMs, final Told told)
    {
        attempts.add(new Attempt((int) process, operation, fromMs * MS, toMs * MS, told));
        return this;
    }

    private List<String> wrong(final boolean isWhole)
    {
        return LockJudge.judge(new History(attempts), isWhole);
    }

    private void assertWrong(final String why)
    {
        assertTrue(wrong(true).stream().anyMatch((text) -> text.startsWith(why)), () -> why + ": " + wrong(true));
        final Judge.Finding finding =
            Judge.judge(new History(attempts), List.of(), false, true, new Partitions(1));
        assertEquals(Verdict.VIOLATION, finding.verdict());
    }

    @Test
    void shouldExplainHoldersInTurnAndOneThatWasTooLate()
    {
        acquired(0, 10, 5).fenced(11, 12, 5, Outcome.OK).released(20, 40, 5, Outcome.OK);
        acquired(15, 30, 7).fenced(5_000, 5_001, 7, Outcome.NOT_DONE).released(5_002, 5_003, 7, Outcome.NOT_DONE);
        acquired(LEASE_MS, LEASE_MS + 50, 9).fenced(LEASE_MS + 60, LEASE_MS + 61, 9, Outcome.OK);
        released(LEASE_MS + 70, LEASE_MS + 90, 9, Outcome.UNKNOWN).acquired(LEASE_MS + 75, LEASE_MS + 80, 12);

        assertEquals(List.of(), wrong(true));
    }

    @Test
    void shouldFindFencesThatDoNotRiseOrComeTwice()
    {
        acquired(0, 10, 5).released(11, 12, 5, Outcome.OK).acquired(20, 30, 4);

        assertWrong("fences do not rise");
        assertFalse(wrong(false).isEmpty(), "a loss is no excuse");
        attempts.clear();
        acquired(0, 10, 5).acquired(5, 30, 5);
        assertWrong("one fence was given twice");
    }

    @Test
    void shouldFindTwoThatHoldOneLock()
    {
        acquired(0, 10, 5).acquired(20, 30, 7).released(40, 50, 5, Outcome.NOT_DONE);

        assertWrong("two hold a lock");
        assertEquals(List.of(), wrong(false));
        attempts.clear();
        acquired(0, 10, 5).acquired(20, LEASE_MS + 1, 7).released(LEASE_MS + 40, LEASE_MS + 50, 5, Outcome.NOT_DONE);
        assertEquals(List.of(), wrong(true));
    }

    @Test
    void shouldExplainALockThatIsFreeBecauseItsHolderWasStoppedInOrder()
    {
        isGone = true;
        acquired(0, 10, 5).acquired(20, 30, 7).released(40, 50, 5, Outcome.NOT_DONE);

        assertEquals(List.of(), wrong(true));
    }

    @Test
    void shouldFindAFormerHolderThatIsLetIn()
    {
        acquired(0, 10, 5).acquired(2_000, 2_010, 7).released(2_020, 2_030, 5, Outcome.OK);
        assertWrong("a former holder was let in");
        attempts.clear();
        acquired(0, 10, 5).acquired(2_000, 2_010, 7).fenced(2_011, 2_015, 7, Outcome.OK);
        fenced(2_014, 2_030, 5, Outcome.OK);
        assertEquals(List.of(), wrong(true), "it may have been before the other");
        fenced(2_016, 2_030, 5, Outcome.OK);
        assertWrong("a former holder was let in");
    }

    @Test
    void shouldKeepLocksApart()
    {
        acquired(0, 10, 5);
        add(Operation.acquire(Locks.name(2)), 20, 30, Told.before(Outcome.OK, 3L));

        assertEquals(List.of(), wrong(true));
    }

    @Test
    void shouldWriteEachInTheFormOfJepsen()
    {
        acquired(0, 10, 5).fenced(11, 12, 5, Outcome.OK).released(20, 40, 5, Outcome.NOT_DONE);
        final StringBuilder text = new StringBuilder();
        Edn.write(new History(attempts), text);

        assertTrue(
            text.toString().contains(":type :invoke, :f :acquire, :key \"lock-1\", :value nil}"), text::toString);
        assertTrue(text.toString().contains(":type :ok, :f :acquire, :key \"lock-1\", :value 5}"), text::toString);
        assertTrue(text.toString().contains(":type :ok, :f :fenced, :key \"lock-1\", :value 5}"), text::toString);
        assertTrue(text.toString().contains(":type :fail, :f :release, :key \"lock-1\", :value 5}"), text::toString);
    }

    /**
     * What goes wrong in a lock.
     */
    private enum Plant
    {
        NOTHING, FENCES_BEGIN_ANEW, GIVEN_TWICE, FORMER_HOLDER_RELEASES, STORE_IGNORES_FENCES
    }

    /**
     * A lock whose holders are late now and then, each operation at a moment of its own.
     */
    private void run(final long seed, final Plant plant)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        long atMs = 0;
        long fence = 100;
        for (int i = 0; i < 40; i++)
        {
            final boolean isPlanted = i == 20;
            final long mine = isPlanted && plant == Plant.FENCES_BEGIN_ANEW ? 1 : ++fence;
            final boolean isLate = isPlanted || random.nextInt(4) == 0;
            acquired(atMs, atMs + 2, mine);
            if (!isLate)
            {
                fenced(atMs + 3, atMs + 4, mine, Outcome.OK).released(atMs + 5, atMs + 7, mine, Outcome.OK);
                atMs += 6 + random.nextInt(10);
                continue;
            }

            final long overMs = isPlanted && plant == Plant.GIVEN_TWICE ? atMs + 20 : atMs + LEASE_MS;
            acquired(atMs + 3, overMs + 5, ++fence).fenced(overMs + 6, overMs + 7, fence, Outcome.OK);
            fenced(overMs + 8, overMs + 9, mine,
                isPlanted && plant == Plant.STORE_IGNORES_FENCES ? Outcome.OK : Outcome.NOT_DONE);
            released(overMs + 10, overMs + 11, mine,
                isPlanted && plant == Plant.FORMER_HOLDER_RELEASES ? Outcome.OK : Outcome.NOT_DONE);
            released(overMs + 12, overMs + 13, fence, Outcome.OK);
            atMs = overMs + 14;
        }
    }

    @Test
    void shouldFindEachPlantedFaultAndNothingElse()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            for (final Plant plant : Plant.values())
            {
                attempts.clear();
                run(seed, plant);
                assertEquals(plant != Plant.NOTHING, !wrong(true).isEmpty(), plant + ": " + wrong(true));
            }
        }
    }
}
