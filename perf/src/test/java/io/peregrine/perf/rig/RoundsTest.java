package io.peregrine.perf.rig;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RoundsTest
{
    private static final String[] ROWS = {"get"};
    private static final double[] ALL = {1.0};
    private static final Plan PLAN = new Plan(
        "fake", ROWS, ALL, 1, 0, 3, TimeUnit.MILLISECONDS.toNanos(5), 10_000_000, Long.MAX_VALUE);

    @Test
    void shouldGiveEachSideATurnInEveryRound() throws InterruptedException
    {
        final AtomicInteger subjectTurns = new AtomicInteger();
        final AtomicInteger floorTurns = new AtomicInteger();

        final List<Result> results = new Rounds(
            PLAN, counting(subjectTurns), counting(floorTurns), Progress.NONE, new Compiler(() -> 0),
            clock(subjectTurns)).run();

        assertEquals(4, subjectTurns.get(), "a warm-up and three rounds");
        assertEquals(4, floorTurns.get());
        assertEquals(1, results.size());
        assertTrue(results.get(0).subject().operations() > 0);
        assertEquals(0, results.get(0).subject().wrong());
    }

    @Test
    void shouldWarmUpUntilTheCompilerRests() throws InterruptedException
    {
        final AtomicInteger turns = new AtomicInteger();
        final LongSupplier untilThirdTurn = () -> 60_000L * Math.min(3, turns.get());

        new Rounds(
            PLAN, counting(turns), null, Progress.NONE, new Compiler(untilThirdTurn), clock(turns)).run();

        assertEquals(7, turns.get(), "three that it works in, one in which it rests, three rounds");
    }

    @Test
    void shouldMeasureInTheEndWhenTheCompilerNeverRests() throws InterruptedException
    {
        final AtomicInteger turns = new AtomicInteger();

        final List<Result> results = new Rounds(
            PLAN, counting(turns), null, Progress.NONE, new Compiler(() -> 60_000L * turns.get()), clock(turns)).run();

        assertEquals(27, turns.get(), "four times as long as the rounds, and three rounds");
        assertTrue(results.get(0).subject().operations() > 0);
    }

    @Test
    void shouldBeInvalidWhenAnswersAreWrong() throws InterruptedException
    {
        final Scenario wrong = scenario((first, count) -> first == 0 ? 1 : 0);

        final Result result = new Rounds(PLAN, wrong, null, Progress.NONE).run().get(0);

        assertEquals(3, result.subject().wrong(), "one in each round; those of the warm-up are not counted");
        assertFalse(result.verdict().ok());
    }

    @Test
    void shouldBeInvalidWhenAnOpenLoopDoesNotReachItsRate() throws InterruptedException
    {
        final BackoffIdleStrategy idle = new BackoffIdleStrategy(0, 0, 1_000_000, 1_000_000);
        final Scenario slow = scenario((first, count) ->
        {
            idle.idle();
            return 0;
        });

        final Result result = new Rounds(PLAN.atRate(1_000_000), slow, null, Progress.NONE).run().get(0);

        assertEquals("INVALID", result.verdict().word());
        assertTrue(result.verdict().reasons().get(0).contains("rate was not reached"));
        assertEquals(1_000_000, result.rate());
    }

    @Test
    void shouldCountTheOperationsOfEveryThread() throws InterruptedException
    {
        final Plan counted = new Plan("fake", ROWS, ALL, 3, 0, 1, 1, 1, 500).counted(500);

        final Result result = new Rounds(counted, scenario((first, count) -> 0), null, Progress.NONE).run().get(0);

        assertEquals(1_500, result.subject().operations());
        assertEquals(3, result.threads());
    }

    @Test
    void shouldDriveASideByItsOwnNumberOfThreads() throws InterruptedException
    {
        final Plan counted = new Plan("fake", ROWS, ALL, 3, 0, 1, 1, 1, 500).counted(500);
        final Scenario one = new Scenario()
        {
            @Override
            public String name(final int row)
            {
                return "one";
            }

            @Override
            public int threads(final int planned)
            {
                return planned - 2;
            }

            @Override
            public Subject[] open(final int thread)
            {
                return new Subject[]{(first, count) -> thread};
            }
        };

        final Result result = new Rounds(counted, scenario((first, count) -> 0), one, Progress.NONE).run().get(0);

        assertEquals(1_500, result.subject().operations());
        assertEquals(500, result.floor().operations());
        assertEquals(0, result.floor().wrong(), "driven by the first thread only");
    }

    @Test
    void shouldLeaveOutRowsWithoutAShare() throws InterruptedException
    {
        final Plan gets = new Plan(
            "fake", new String[]{"get", "put"}, new double[]{1, 0}, 1, 0, 1, 1, 1_000_000, Long.MAX_VALUE);
        final Scenario both = new Fake(new AtomicInteger(), (first, count) -> 0, (first, count) -> 1);

        final List<Result> results = new Rounds(gets, both, null, Progress.NONE).run();

        assertEquals(1, results.size());
        assertEquals("get", results.get(0).name());
    }

    @Test
    void shouldFailWhenASubjectFails()
    {
        final Scenario broken = scenario((first, count) ->
        {
            throw new IllegalArgumentException("broken");
        });

        final IllegalStateException failure = assertThrows(
            IllegalStateException.class, () -> new Rounds(PLAN, broken, null, Progress.NONE).run());
        assertTrue(failure.getMessage().contains("broken"));
    }

    /**
     * Each turn takes as long as it is to: how long those of the machine take is up to chance.
     */
    private static NanoClock clock(final AtomicInteger turns)
    {
        return () -> turns.get() * PLAN.warmupNs();
    }

    private static Scenario counting(final AtomicInteger turns)
    {
        return new Fake(turns, (first, count) -> 0);
    }

    private static Scenario scenario(final Subject subject)
    {
        return new Fake(new AtomicInteger(), subject);
    }

    /**
     * A side that counts its turns.
     */
    private record Fake(AtomicInteger turns, Subject... subjects) implements Scenario
    {
        @Override
        public String name(final int row)
        {
            return "fake";
        }

        @Override
        public void start()
        {
            turns.incrementAndGet();
        }

        @Override
        public Subject[] open(final int thread)
        {
            return subjects;
        }
    }
}
