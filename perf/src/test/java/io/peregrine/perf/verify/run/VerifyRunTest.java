package io.peregrine.perf.verify.run;

import io.peregrine.node.replication.NoLeases;
import io.peregrine.perf.verify.fault.FaultKind;
import io.peregrine.perf.verify.fault.FaultPlan;
import io.peregrine.perf.verify.report.Report;
import io.peregrine.perf.verify.report.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Grids of processes.
 */
@Tag("long")
@EnabledOnOs(OS.LINUX)
@Timeout(600)
class VerifyRunTest
{
    private static final int NODES = 3;
    private static final int SECONDS = 40;
    private static final int TRIES = 8;
    private static final int TRY_SECONDS = 8;

    /**
     * Draws a cut, a pause, a kill and a restart first, none of them long.
     */
    private static final int EACH_KIND = 18_466;

    /**
     * Processes that live for seconds are up sooner without the slower compiler.
     */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    void shouldExplainEveryAnswerOfAGridThatIsBefallenWithAllFaults() throws InterruptedException
    {
        final VerifyRun.Plan plan =
            new VerifyRun.Plan(NODES, 6, SECONDS, EnumSet.allOf(FaultKind.class), EACH_KIND, false);
        final FaultPlan faults = new FaultPlan(plan.seed(), plan.kinds(), NODES, VerifyRun.LEASE_NS);
        final Report report = new VerifyRun(plan, faults, true, List.of(QUICK), lines::add).run();

        assertEquals(Verdict.LINEARIZABLE, report.finding().verdict(), () -> report.text() + lines);
        assertEquals(
            plan.kinds(),
            report.faults().stream().map(begun -> begun.fault().kind()).collect(Collectors.toSet()),
            () -> report.text() + lines);
        assertTrue(
            report.history().failures().keySet().stream().allMatch(failure -> failure.startsWith("CLOSED: ")),
            () -> "clients in nodes that are closed are told so, and nothing else fails: " + report.text() + lines);
        assertTrue(report.acknowledged() > 1_000, () -> report.text() + lines);
        assertEquals(List.of(), report.losses());
    }

    /**
     * Whether somebody reads at a node in the moment after it was replaced is up to chance: several runs may try.
     */
    @Test
    void shouldFindOutNodesThatDoNotCheckTheirLeases() throws InterruptedException
    {
        Verdict verdict = Verdict.LINEARIZABLE;
        for (int seed = 10; seed < 10 + TRIES && verdict != Verdict.VIOLATION; seed++)
        {
            final VerifyRun.Plan plan =
                new VerifyRun.Plan(NODES, 24, TRY_SECONDS, Set.of(FaultKind.CUT), seed, false);
            final FaultPlan faults = FaultPlan.severing(seed, NODES, VerifyRun.LEASE_NS);
            final Report report =
                new VerifyRun(
                    plan, faults, false, List.of(QUICK, "-D" + NoLeases.PROPERTY + "=on"), lines::add).run();
            lines.add(report.text());
            verdict = report.finding().verdict();
        }

        assertEquals(Verdict.VIOLATION, verdict, lines::toString);
    }
}
