package io.peregrine.perf.sim;

import io.peregrine.client.codec.LockKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The simulator keeps the promises of locks, semaphores and latches, and finds out what is wrong with them.
 */
@Tag("long")
@Timeout(600)
class LineSimulationTest
{
    private static final int SEEDS = 200;
    private static final int GOOD_SEEDS = 30;
    private static final int THREADS = 2;
    private static final int ANY_NUMBER = 0;

    private static Simulation run(final LockKind kind)
    {
        final Simulation simulation = new Simulation(3, 3, new LineRules(kind));
        final SimulationResult result = simulation.run(null);
        assertTrue(result.isGood(), result::toString);
        return simulation;
    }

    @Test
    void shouldHaveLocksTakenAndWritesRefusedForTheirFence()
    {
        final Simulation simulation = run(LockKind.LOCK);
        assertTrue(simulation.holds().given() > 20, () -> "given " + simulation.holds().given());
        assertTrue(simulation.holds().writes() > 20, () -> "writes " + simulation.holds().writes());
        assertTrue(simulation.holds().stale() > 0, () -> "stale " + simulation.holds().stale());
    }

    @Test
    void shouldHavePermitsTakenAndWaitedFor()
    {
        final Simulation simulation = run(LockKind.SEMAPHORE);
        assertTrue(simulation.holds().given() > 20, () -> "given " + simulation.holds().given());
        assertTrue(simulation.holds().waited() > 5, () -> "waited " + simulation.holds().waited());
    }

    @Test
    void shouldHaveLatchesOpenedAndWaitedFor()
    {
        final Simulation simulation = run(LockKind.LATCH);
        assertTrue(simulation.latches().opened() > 3, () -> "opened " + simulation.latches().opened());
        assertTrue(simulation.latches().woken() > 0, () -> "woken " + simulation.latches().woken());
    }

    @ParameterizedTest
    @EnumSource(value = LockKind.class, names = {"LOCK", "SEMAPHORE", "LATCH"})
    void shouldKeepWhatIsPromised(final LockKind kind) throws InterruptedException
    {
        final List<SimulationResult> bad = new ArrayList<>();
        new Simulations(1, GOOD_SEEDS, ANY_NUMBER, () -> new LineRules(kind)).run(THREADS, (result) ->
        {
            if (!result.isGood())
            {
                bad.add(result);
            }
        });
        assertEquals(List.of(), bad);
    }

    @ParameterizedTest
    @EnumSource(LineFault.class)
    void shouldFindWhatIsWrong(final LineFault fault) throws InterruptedException
    {
        final AtomicReference<SimulationResult> found = new AtomicReference<>();
        final Simulations simulations = new Simulations(1, SEEDS, ANY_NUMBER, fault.rules());
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
