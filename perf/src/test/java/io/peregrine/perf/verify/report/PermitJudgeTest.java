package io.peregrine.perf.verify.report;

import io.peregrine.perf.verify.history.Attempt;
import io.peregrine.perf.verify.history.Edn;
import io.peregrine.perf.verify.history.History;
import io.peregrine.perf.verify.history.Operation;
import io.peregrine.perf.verify.history.Outcome;
import io.peregrine.perf.verify.history.Told;
import io.peregrine.perf.verify.load.Locks;
import io.peregrine.perf.verify.load.Permits;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PermitJudgeTest
{
    private static final String SEMAPHORE = Permits.name(1);
    private static final long MS = 1_000_000;
    private static final long LEASE_MS = Locks.LEASE.toMillis();

    private final List<Attempt> attempts = new ArrayList<>();

    /**
     * One holder, who does something after it has let go.
     */
    private void held(final int process, final int permits, final long fence, final long fromMs, final long toMs)
    {
        heldToItsEnd(process, permits, fence, fromMs, toMs);
        add(process, Operation.read("k"), toMs + 1, toMs + 2, Told.before(Outcome.OK, null));
    }

    private void heldToItsEnd(
        final int process, final int permits, final long fence, final long fromMs, final long toMs)
    {
        final Operation acquire = Operation.acquirePermits(SEMAPHORE, permits);
        add(process, acquire, fromMs - 1, fromMs, Told.before(Outcome.OK, fence));
        add(process, acquire.release(fence), toMs, toMs + 1, Told.of(Outcome.OK));
    }

    private void add(
        final int process, final Operation operation, final long fromMs, final long toMs, final Told told)
    {
        attempts.add(new Attempt(process, operation, fromMs * MS, toMs * MS, told));
    }

    private List<String> wrong(final boolean isWhole)
    {
        return PermitJudge.judge(new History(attempts), isWhole);
    }

    private void assertWrong(final String why)
    {
        assertTrue(wrong(true).stream().anyMatch((text) -> text.startsWith(why)), () -> why + ": " + wrong(true));
        final Judge.Finding finding =
            Judge.judge(new History(attempts), List.of(), false, true, new Partitions(1));
        assertEquals(Verdict.VIOLATION, finding.verdict());
    }

    @Test
    void shouldExplainAsManyHoldersAsThereArePermits()
    {
        for (int i = 0; i < Permits.TOTAL; i++)
        {
            held(i, 1, 5 + i, 10 + i, 40 + i);
        }
        held(7, Permits.TOTAL, 20, 40 + Permits.TOTAL, 50 + Permits.TOTAL);

        assertEquals(List.of(), wrong(true));
    }

    @Test
    void shouldFindMorePermitsThanThereAre()
    {
        held(1, Permits.TOTAL, 5, 10, 40);
        held(2, 1, 6, 39, 60);

        assertWrong(Permits.TOTAL + 1 + " of " + Permits.TOTAL + " permits are held");
        assertEquals(List.of(), wrong(false), "what was lost counts as free");
    }

    @Test
    void shouldExplainOneThatIsLateAndOneThatWasStoppedInOrder()
    {
        held(1, Permits.TOTAL, 5, 10, LEASE_MS * 3);
        held(2, Permits.TOTAL, 6, 10 + LEASE_MS, 15 + LEASE_MS);
        heldToItsEnd(3, Permits.TOTAL, 7, 20 + LEASE_MS, 90 + LEASE_MS);
        held(4, Permits.TOTAL, 8, 30 + LEASE_MS, 40 + LEASE_MS);

        assertEquals(List.of(), wrong(true));
    }

    @Test
    void shouldFindFencesThatDoNotRiseAndLetThoseOfOneEntryBeEqual()
    {
        held(1, 1, 5, 10, 30);
        held(2, 1, 5, 10, 30);
        assertEquals(List.of(), wrong(true));

        held(3, 1, 5, 50, 60);
        assertWrong("fences of permits do not rise");
        assertFalse(wrong(false).isEmpty(), "a loss is no excuse");
    }

    @Test
    void shouldKeepSemaphoresApart()
    {
        held(1, Permits.TOTAL, 5, 10, 40);
        final Operation other = Operation.acquirePermits(Permits.name(0), 1);
        add(2, other, 20, 21, Told.before(Outcome.OK, 3L));
        add(2, other.release(3), 30, 31, Told.of(Outcome.OK));
        add(2, Operation.read("k"), 32, 33, Told.before(Outcome.OK, null));

        assertEquals(List.of(), wrong(true));
    }

    @Test
    void shouldWriteEachInTheFormOfJepsen()
    {
        held(1, 2, 5, 10, 40);
        add(2, Operation.acquirePermits(SEMAPHORE, 1), 20, 30, Told.of(Outcome.NOT_DONE));
        final StringBuilder text = new StringBuilder();
        Edn.write(new History(attempts), text);

        final List<String> lines = text.toString().lines().toList();
        final String of = "-permits, :key \"permits-1\", :value ";
        assertTrue(lines.contains("{:process 1, :type :invoke, :f :acquire" + of + "[2 nil]}"), text::toString);
        assertTrue(lines.contains("{:process 1, :type :ok, :f :acquire" + of + "[2 5]}"), text::toString);
        assertTrue(lines.contains("{:process 1, :type :ok, :f :release" + of + "[2 5]}"), text::toString);
        assertTrue(lines.contains("{:process 2, :type :fail, :f :acquire" + of + "[1 nil]}"), text::toString);
    }
}
