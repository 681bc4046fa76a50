package io.peregrine.perf.verify.report;

import io.peregrine.node.partition.CopyCheck;
import io.peregrine.perf.linear.Call;
import io.peregrine.perf.verify.fault.Fault;
import io.peregrine.perf.verify.fault.FaultKind;
import io.peregrine.perf.verify.fault.FaultSchedule.Begun;
import io.peregrine.perf.verify.history.Attempt;
import io.peregrine.perf.verify.history.History;
import io.peregrine.perf.verify.history.Operation;
import io.peregrine.perf.verify.history.Outcome;
import io.peregrine.perf.verify.history.Told;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReportTest
{
    private static final long MS = 1_000_000;
    private static final Partitions ONE = new Partitions(1);

    @Test
    void shouldFindCopiesThatDifferEvenWhereEveryAnswerCanBeExplained()
    {
        final Judge.Finding good = new Judge.Finding(Verdict.LINEARIZABLE, "");
        final Judge.Finding bad = new Judge.Finding(Verdict.VIOLATION, "why");
        final CopyCheck unequal = new CopyCheck(CopyCheck.Finding.UNEQUAL, "partition 3");

        assertEquals(new Judge.Finding(Verdict.UNEQUAL, "partition 3"), Judge.judge(good, unequal));
        assertEquals(bad, Judge.judge(bad, unequal));
        assertEquals(good, Judge.judge(good, new CopyCheck(CopyCheck.Finding.EQUAL, "")));
        assertEquals(
            new Judge.Finding(Verdict.UNCOMPARED, "copies lack"),
            Judge.judge(good, new CopyCheck(CopyCheck.Finding.APART, "copies lack")));
        assertFalse(Verdict.UNCOMPARED.isGood());
    }

    private static Attempt read(final long fromMs, final long toMs, final Long value)
    {
        return new Attempt(1, Operation.read("k"), fromMs * MS, toMs * MS, Told.before(Outcome.OK, value));
    }

    private static Attempt write(final long fromMs, final long toMs, final long value, final Outcome outcome)
    {
        return new Attempt(2, Operation.write("k", value), fromMs * MS,
            toMs == Call.NEVER ? Call.NEVER : toMs * MS, Told.of(outcome));
    }

    private static Begun fault(final long atMs)
    {
        return new Begun(new Fault(FaultKind.KILL, 0, -1, false, false, MS), atMs * MS, 0);
    }

    private static Outages outages(final List<Begun> faults, final Attempt... attempts)
    {
        return Outages.find(List.of(attempts), faults, ONE, 100_000 * MS);
    }

    @Test
    void shouldMeasureAnOutageFromTheFirstQuestionToTheFirstAnswerToALaterOne()
    {
        final Outages found = outages(List.of(fault(5), fault(9_000)),
            read(0, 1, null),
            write(10, 60, 1, Outcome.REFUSED),
            write(70, 2_000, 2, Outcome.UNKNOWN),
            read(500, 710, null),
            read(720, 721, null));

        assertEquals(List.of(700 * MS), found.longestNs());
    }

    @Test
    void shouldPutOutagesDownToTheLastFaultBeforeTheirEndAndTakeTheLongestOfEach()
    {
        final Outages found = outages(List.of(fault(5), fault(1_000), fault(5_000)),
            read(10, 210, null),
            read(300, 800, null),
            read(1_100, 1_400, null),
            read(6_000, 6_001, null));

        assertEquals(List.of(300 * MS, 500 * MS), found.longestNs());
        assertEquals(2, found.count());
        assertEquals(300.0, found.p50Ms());
        assertEquals(500.0, found.maxMs());
    }

    @Test
    void shouldEndWithTheRunWhatWasNotAnsweredAnyMore()
    {
        final Outages found = outages(List.of(fault(5)), write(10, Call.NEVER, 1, Outcome.UNKNOWN));

        assertEquals(List.of(99_990 * MS), found.longestNs());
    }

    @Test
    void shouldSeeNoOutageWhereAnotherQuestionWasAnsweredSoon()
    {
        assertEquals(0, outages(List.of(fault(5)), write(10, 1_000, 1, Outcome.REFUSED), read(20, 30, null)).count());
    }

    @Test
    void shouldExplainWhatIsGoneByALossThatWasReportedAndByNothingElse()
    {
        final History history = new History(List.of(write(0, 10, 1, Outcome.OK), read(30, 40, null)));
        final Loss reported = new Loss(0, 15 * MS, 25 * MS);
        final Loss before = new Loss(Loss.ALL, -10 * MS, -5 * MS);
        final Loss elsewhere = new Loss(1, 15 * MS, 25 * MS);

        assertEquals(Verdict.VIOLATION, judge(history, List.of(), true, true));
        assertEquals(Verdict.VIOLATION, judge(history, List.of(before, elsewhere), true, true));
        assertEquals(Verdict.LINEARIZABLE, judge(history, List.of(reported), true, true));
        assertEquals(Verdict.LOST, judge(history, List.of(reported), false, true));
        assertEquals(Verdict.UNANSWERED, judge(history, List.of(reported), true, false));
    }

    @Test
    void shouldNotExplainWhatCameBackAfterALoss()
    {
        final History history = new History(List.of(
            write(0, 10, 1, Outcome.OK), read(30, 40, null), read(50, 60, 1L)));

        assertEquals(Verdict.VIOLATION, judge(history, List.of(new Loss(Loss.ALL, 15 * MS, 25 * MS)), true, true));
    }

    private static Verdict judge(
        final History history, final List<Loss> losses, final boolean mayLose, final boolean answers)
    {
        return Judge.judge(history, losses, mayLose, answers, ONE).verdict();
    }

    @Test
    void shouldSayWhichCallsCannotBeExplained()
    {
        final History history = new History(List.of(write(0, 10, 17, Outcome.OK), read(30, 40, 4711L)));
        final String because = Judge.judge(history, List.of(), false, true, ONE).because();

        assertTrue(because.contains("4711"), because);
    }

    @Test
    void shouldEndWithOneObject()
    {
        final History history = new History(List.of(
            write(0, 10, 1, Outcome.OK), write(20, 30, 2, Outcome.UNKNOWN), write(40, 50, 3, Outcome.REFUSED)));
        final Report report = new Report(new Judge.Finding(Verdict.LINEARIZABLE, ""), List.of("spread", "contended"),
            List.of(fault(5)), 1_500_000, history, List.of(), new Outages(List.of(300 * MS, 500 * MS)), 42);

        assertEquals("{\"verdict\":\"linearizable\",\"workloads\":[\"spread\",\"contended\"],\"faults\":1," +
            "\"acknowledged\":1,\"refused\":1,\"unknown\":1,\"lost\":0,\"outages\":2,\"outage_p50_ms\":300.0," +
            "\"outage_max_ms\":500.0,\"waited_ms\":1.5,\"seed\":42}", report.json());
        assertTrue(report.text().contains("1 acknowledged, 1 refused, 1 unknown"), report::text);
        assertFalse(report.text().contains("failed"), report::text);
        assertTrue(report.text().contains("outages       2, p50 300 ms, longest 500 ms: 300 500\n"), report::text);

        final Attempt failed =
            new Attempt(1, Operation.read("k"), 10 * MS, 20 * MS, Told.failed("INTERNAL: a fault of the grid"));
        final String text = new Report(report.finding(), List.of(), List.of(), 0, new History(List.of(failed, failed)),
            List.of(), report.outages(), 42).text();
        assertTrue(text.contains("  failed        2 times: INTERNAL: a fault of the grid\n"), text);
    }
}
