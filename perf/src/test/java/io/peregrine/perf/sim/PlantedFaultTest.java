package io.peregrine.perf.sim;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertNotNull;

/**
 * The simulator finds out what is wrong: each of these rules is wrong in one way, and one of so many seeds shows it.
 */
@Tag("long")
@Timeout(600)
class PlantedFaultTest
{
    private static final int SEEDS = 200;
    private static final int THREADS = 2;
    private static final int MACHINES = 0;

    @ParameterizedTest
    @EnumSource(PlantedFault.class)
    void shouldFindWhatIsWrong(final PlantedFault fault) throws InterruptedException
    {
        final AtomicReference<SimulationResult> found = new AtomicReference<>();
        final Simulations simulations = new Simulations(fault.firstSeed(), SEEDS, MACHINES, fault.rules());
        simulations.run(THREADS, (result) ->
        {
            if (fault.isShownBy(result))
            {
                found.compareAndSet(null, result);
                simulations.stop();
            }
        });
        assertNotNull(found.get(), () -> "not found in " + SEEDS + " seeds: " + fault);
    }
}
