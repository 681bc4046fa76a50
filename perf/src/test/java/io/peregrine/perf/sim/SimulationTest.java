package io.peregrine.perf.sim;

import io.peregrine.client.remote.ClientRules;
import io.peregrine.perf.sim.grid.GridRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(600)
class SimulationTest
{
    private static final int LONE_SEEDS = 50;
    private static final int SEEDS = 500;
    private static final int REAL_SEEDS = 60;
    private static final int ANY_NUMBER = 0;

    @Test
    void shouldDoTheSameForTheSameSeed()
    {
        final SimulationResult one = new Simulation(7, 1, new GridRules()).run(null);
        final SimulationResult other = new Simulation(7, 1, new GridRules()).run(null);

        assertEquals(one, other);
        assertNotEquals(one.digest(), new Simulation(8, 1, new GridRules()).run(null).digest());
    }

    @Test
    void shouldDoTheSameWhenSomebodyReadsTheTrace()
    {
        final StringWriter text = new StringWriter();

        assertEquals(
            new Simulation(3, 1, new GridRules()).run(null),
            new Simulation(3, 1, new GridRules()).run(new PrintWriter(text)));
        assertTrue(text.toString().contains("crashes"), "a seed with a crash is to be replayed here");
    }

    @Test
    void shouldKeepItsPromisesWithOneNode() throws InterruptedException
    {
        assertEquals(List.of(), violations(1, LONE_SEEDS));
    }

    @Test
    void shouldKeepItsPromisesWithSeveralNodes() throws InterruptedException
    {
        assertEquals(List.of(), violations(ANY_NUMBER, SEEDS));
    }

    @Test
    void shouldKeepItsPromisesToRealClients() throws InterruptedException
    {
        final Supplier<GridRules> rules = () -> Wrong.rules(new ClientRules());
        assertEquals(List.of(), violations(new Simulations(1, REAL_SEEDS, ANY_NUMBER, rules)));
    }

    /**
     * A seed under which partition time jumped, as it went on from a beat of another life of the old primary.
     */
    @Test
    void shouldLetNoValueEndEarlyWhenTheOldPrimaryBeganAnew()
    {
        final SimulationResult result = new Simulation(5007, 5, new GridRules()).run(null);
        assertTrue(result.isGood(), result::toString);
    }

    /**
     * A seed under which two nodes, whose logs were full of entries that waited for each other, waited for ever.
     */
    @Test
    void shouldGetOutOfTwoFullLogsThatWaitForEachOther()
    {
        final SimulationResult result = new Simulation(3002, 3, new GridRules()).run(null);
        assertTrue(result.isGood(), result::toString);
    }

    /**
     * A seed under which a copy showed what its primary held back until it had its leases again.
     */
    @Test
    void shouldShowNothingAtACopyThatItsPrimaryHoldsBack()
    {
        final SimulationResult result = new Simulation(400008, 0, new GridRules()).run(null);
        assertTrue(result.isGood(), result::toString);
    }

    /**
     * A seed under which entries of one partition that could not be committed held up the log of their data agent, and
     * each try of another partition to put the member out kept it from being taken in.
     */
    @Test
    void shouldNotLetOnePartitionHoldUpTheOthersOfItsAgent()
    {
        final SimulationResult result = new Simulation(200286, 0, new GridRules()).run(null);
        assertTrue(result.isGood(), result::toString);
    }

    private static List<SimulationResult> violations(final int machines, final int seeds) throws InterruptedException
    {
        return violations(new Simulations(1, seeds, machines, GridRules::new));
    }

    private static List<SimulationResult> violations(final Simulations simulations) throws InterruptedException
    {
        final List<SimulationResult> bad = new ArrayList<>();
        simulations.run(2, (result) ->
        {
            if (!result.isGood())
            {
                bad.add(result);
            }
        });
        return bad;
    }
}
