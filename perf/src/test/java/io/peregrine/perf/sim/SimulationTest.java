package io.peregrine.perf.sim;

import io.peregrine.perf.sim.grid.GridRules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Tag("long")
@Timeout(600)
class SimulationTest
{
    private static final int LONE_SEEDS = 50;
    private static final int SEEDS = 500;
    private static final int LEAST_SHARE = 50;
    private static final int MOST_UNDECIDED = 50;
    private static final int MANY_PAUSES = 50;
    private static final int ANY_NUMBER = 0;

    @Test
    void shouldDoTheSameForTheSameSeed()
    {
        final SimulationResult one = new Simulation(7, ANY_NUMBER, new GridRules()).run(null);
        final SimulationResult other = new Simulation(7, ANY_NUMBER, new GridRules()).run(null);

        assertEquals(one, other);
        assertNotEquals(one.digest(), new Simulation(8, ANY_NUMBER, new GridRules()).run(null).digest());
    }

    @Test
    void shouldDoTheSameWhenSomebodyReadsTheTrace()
    {
        final StringWriter text = new StringWriter();

        assertEquals(
            new Simulation(3, ANY_NUMBER, new GridRules()).run(null),
            new Simulation(3, ANY_NUMBER, new GridRules()).run(new PrintWriter(text)));
        for (final String sign : List.of("crashes", "n1       joined", "c1       asks"))
        {
            assertTrue(text.toString().contains(sign), () -> "a seed with this is to be replayed here: " + sign);
        }
    }

    @Test
    void shouldKeepItsPromisesWithOneNode() throws InterruptedException
    {
        final List<SimulationResult> bad = new ArrayList<>();
        new Simulations(1, LONE_SEEDS, 1, GridRules::new).run(2, (result) ->
        {
            if (!result.isGood())
            {
                bad.add(result);
            }
        });
        assertEquals(List.of(), bad);
    }

    /**
     * What few runs come to, a share of them does: otherwise nothing would be known of it.
     */
    @Test
    void shouldKeepItsPromisesWithSeveralNodes() throws InterruptedException
    {
        final List<SimulationResult> results = new ArrayList<>();
        new Simulations(1, SEEDS, ANY_NUMBER, GridRules::new).run(2, results::add);

        assertEquals(List.of(), results.stream().filter((result) -> !result.isGood()).toList());
        assertTrue(results.stream().filter((result) -> !result.decided()).count() * MOST_UNDECIDED <= SEEDS,
            "histories were not judged to the end");
        requireShare(results, "a node's memory was full", Reached::isMemoryFull);
        requireShare(results, "a loss was accepted", Reached::isLossAccepted);
        requireShare(results, "one fault stayed", Reached::isFaultKept);
        requireShare(results, "copying paused often", (reached) -> reached.pauses() > MANY_PAUSES);
    }

    /**
     * A seed under which a learner that had no memory for more held the log of its primary, which then refused what
     * would have made room.
     */
    @Test
    void shouldNotLetALearnerWithoutMemoryHoldTheLogForGood()
    {
        final SimulationResult result = new Simulation(20759, 0, new GridRules()).run(null);
        assertTrue(result.isGood(), result::toString);
    }

    /**
     * A seed under which the entries that waited at a learner for chunks took the memory that the chunks needed: it
     * began again for ever.
     */
    @Test
    void shouldNotLetEntriesThatWaitForChunksTakeTheRoomOfThose()
    {
        final SimulationResult result = new Simulation(7202687, 0, new GridRules()).run(null);
        assertTrue(result.isGood(), result::toString);
    }

    /**
     * A seed under which one who had led, and stood still, wrote down that a record was over before it heard that it
     * led no longer. That was cut off, but what time it had said it was stayed: when it led again, time to live was
     * over too early.
     */
    @Test
    void shouldNotGoByTheTimeOfEntriesThatWereCutOff()
    {
        final SimulationResult result = new Simulation(5006263, 0, new GridRules()).run(null);
        assertTrue(result.isGood(), result::toString);
    }

    /**
     * One who led on in vain moved the wheel of ends on by its clock. When it led again, by the time that was known,
     * what was put then was taken for over at once.
     */
    @Test
    void shouldNotGoByTheTimeOfAFormerTerm()
    {
        final SimulationResult result = new Simulation(7201464, 0, new GridRules()).run(null);
        assertTrue(result.isGood(), result::toString);
    }

    /**
     * Two puts of a key were under way together; by the first one the value was over when a scan left it out, and the
     * second one then told that it had found it.
     */
    @Test
    void shouldNotLeaveOutOfAScanWhatAWriteUnderWayWillFind()
    {
        final SimulationResult result = new Simulation(8114228, 0, new GridRules()).run(null);
        assertTrue(result.isGood(), result::toString);
    }

    private static void requireShare(
        final List<SimulationResult> results, final String what, final Predicate<Reached> predicate)
    {
        final long count = results.stream().filter((result) -> predicate.test(result.reached())).count();
        assertTrue(count > SEEDS / LEAST_SHARE, () -> what + " in no more than " + count + " of " + SEEDS + " runs");
    }
}
