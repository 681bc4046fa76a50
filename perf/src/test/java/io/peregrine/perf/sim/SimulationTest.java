package io.peregrine.perf.sim;

import io.peregrine.node.replication.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(600)
class SimulationTest
{
    private static final int SEEDS = 100;

    @Test
    void shouldDoTheSameForTheSameSeed()
    {
        final SimulationResult one = new Simulation(7, 1, new Rules()).run(null);
        final SimulationResult other = new Simulation(7, 1, new Rules()).run(null);

        assertEquals(one, other);
        assertNotEquals(one.digest(), new Simulation(8, 1, new Rules()).run(null).digest());
    }

    @Test
    void shouldDoTheSameWhenSomebodyReadsTheTrace()
    {
        final StringWriter text = new StringWriter();

        assertEquals(
            new Simulation(3, 1, new Rules()).run(null), new Simulation(3, 1, new Rules()).run(new PrintWriter(text)));
        assertTrue(text.toString().contains("crashes"), "a seed with a crash is to be replayed here");
    }

    @Test
    void shouldKeepItsPromisesWithOneNode() throws InterruptedException
    {
        assertEquals(List.of(), violations(1, SEEDS));
    }

    private static List<SimulationResult> violations(final int machines, final int seeds) throws InterruptedException
    {
        final List<SimulationResult> bad = new ArrayList<>();
        new Simulations(1, seeds, machines, Rules::new).run(2, (result) ->
        {
            if (!result.isGood())
            {
                bad.add(result);
            }
        });
        return bad;
    }
}
