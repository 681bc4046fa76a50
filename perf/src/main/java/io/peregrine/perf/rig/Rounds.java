package io.peregrine.perf.rig;

import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A whole measurement: warm-up of both sides until the compiler rests, then rounds in which each side has one turn, in
 * changing order, so that what drifts (clock rate, heat, neighbours) meets both alike.
 */
public final class Rounds
{
    /**
     * Operations shorter than this are timed in batches.
     */
    private static final double BATCHED_BELOW_NS = 2_000;

    /**
     * While the compiler does not come to rest, sides are warmed up so many times as long as they are measured.
     */
    private static final int WARM_UP_SHARE = 4;
    private static final long LONGEST_TURN_NS = TimeUnit.SECONDS.toNanos(10);

    private final Plan plan;
    private final Scenario subject;
    private final Scenario floor;
    private final Progress progress;
    private final Compiler compiler;
    private final NanoClock clock;

    /**
     * @param plan     of the measurement.
     * @param subject  to measure.
     * @param floor    to measure it against, or null.
     * @param progress to tell.
     */
    public Rounds(final Plan plan, final Scenario subject, final Scenario floor, final Progress progress)
    {
        this(plan, subject, floor, progress, Compiler.ofProcess(), SystemNanoClock.INSTANCE);
    }

    Rounds(
        final Plan plan,
        final Scenario subject,
        final Scenario floor,
        final Progress progress,
        final Compiler compiler,
        final NanoClock clock)
    {
        this.compiler = compiler;
        this.clock = clock;
        this.plan = plan;
        this.subject = subject;
        this.floor = floor;
        this.progress = progress;
    }

    /**
     * Measure.
     *
     * @return a result for each row of the plan that has a share in the load.
     * @throws InterruptedException when the calling thread is interrupted.
     */
    public List<Result> run() throws InterruptedException
    {
        final boolean[] batched = warmUp();
        final Measurement[][] subjectTurns = new Measurement[plan.rounds()][];
        final Measurement[][] floorTurns = new Measurement[plan.rounds()][];
        for (int round = 0; round < plan.rounds(); round++)
        {
            final String what = "round " + (round + 1) + " of " + plan.rounds();
            progress.at(what, round / (double) plan.rounds());
            if (floor != null && round % 2 == 1)
            {
                floorTurns[round] = floor.turn(plan, batched, plan.turnNs());
            }

            subjectTurns[round] = subject.turn(plan, batched, plan.turnNs());
            if (floor != null && round % 2 == 0)
            {
                floorTurns[round] = floor.turn(plan, batched, plan.turnNs());
            }
        }

        progress.at("done", 1);
        return results(subjectTurns, floorTurns);
    }

    private boolean[] warmUp() throws InterruptedException
    {
        final boolean[] batched = new boolean[plan.rows().length];
        Arrays.fill(batched, true);
        final long measuredNs = plan.rounds() * Math.min(LONGEST_TURN_NS, plan.turnNs());
        final long startNs = clock.nanoTime();
        long turnsNs = startNs;
        Measurement[] first;
        Measurement[] second;
        boolean hasRested;
        do
        {
            progress.at("warm-up", 0);
            first = subject.turn(plan, batched, plan.warmupNs());
            second = floor == null ? first : floor.turn(plan, batched, plan.warmupNs());
            final long nowNs = clock.nanoTime();
            hasRested = compiler.hasRested(nowNs - turnsNs);
            turnsNs = nowNs;
        }
        while (!hasRested && (turnsNs - startNs) / WARM_UP_SHARE < measuredNs);

        for (int i = 0; i < batched.length; i++)
        {
            batched[i] = Math.min(first[i].nsPerOp(), second[i].nsPerOp()) < BATCHED_BELOW_NS;
        }

        return batched;
    }

    private List<Result> results(final Measurement[][] subjectTurns, final Measurement[][] floorTurns)
    {
        final List<Result> results = new ArrayList<>();
        for (int row = 0; row < plan.rows().length; row++)
        {
            if (plan.shares()[row] > 0)
            {
                results.add(
                    result(row, column(subjectTurns, row), floor == null ? null : column(floorTurns, row)));
            }
        }

        return results;
    }

    private Result result(final int row, final Measurement[] subjectTurns, final Measurement[] floorTurns)
    {
        final double[] effects = new double[subjectTurns.length];
        for (int i = 0; i < effects.length; i++)
        {
            effects[i] = subjectTurns[i].nsPerOp() / (floorTurns == null ? 1 : floorTurns[i].nsPerOp());
        }

        final Measurement measured = Measurement.median(subjectTurns);
        final Measurement against = floorTurns == null ? null : Measurement.median(floorTurns);
        final double spread = Medians.spread(effects);
        return new Result(
            plan.rows()[row],
            plan.mode(),
            plan.threads(),
            plan.rate(),
            measured,
            floor == null ? null : floor.name(row),
            against,
            spread,
            Verdict.of(measured, against, spread));
    }

    private static Measurement[] column(final Measurement[][] turns, final int row)
    {
        final Measurement[] column = new Measurement[turns.length];
        for (int i = 0; i < column.length; i++)
        {
            column[i] = turns[i][row];
        }

        return column;
    }
}
