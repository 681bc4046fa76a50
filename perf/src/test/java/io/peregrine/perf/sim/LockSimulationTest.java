package io.peregrine.perf.sim;

import io.peregrine.perf.sim.grid.GridRules;
import io.peregrine.storage.lock.LockRules;
import io.peregrine.storage.log.Sequences;
import io.peregrine.storage.partition.StoreRules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The simulator finds out what is wrong with locks and fences.
 */
@Tag("long")
@Timeout(600)
class LockSimulationTest
{
    private static final int SEEDS = 60;
    private static final int CLIENTS = 3;
    private static final int THREADS = 2;
    private static final int ANY_NUMBER = 0;

    /**
     * What can be wrong with locks, and how that shows.
     */
    enum Plant
    {
        FENCES_BEGIN_ANEW_UNDER_ANOTHER_PRIMARY("is given to", new LockRules()
        {
            @Override
            public long fence(final long sequence)
            {
                return sequence - Sequences.of(Sequences.epoch(sequence), 0);
            }
        }),

        THE_STORE_IGNORES_FENCES("a write of", new LockRules()
        {
            @Override
            public boolean isStale(final long seen, final long fence)
            {
                return false;
            }
        }),

        AN_EARLIER_END_ENDS_A_RENEWED_LEASE("", new LockRules()
        {
            @Override
            public boolean isExpired(final long end, final long named)
            {
                return true;
            }
        });

        private final String sign;
        private final LockRules rules;

        Plant(final String sign, final LockRules rules)
        {
            this.sign = sign;
            this.rules = rules;
        }
    }

    private static GridRules rules(final LockRules locks)
    {
        return new GridRules()
        {
            @Override
            public int lockClients(final long seed)
            {
                return CLIENTS;
            }

            @Override
            public StoreRules store()
            {
                return new StoreRules(locks);
            }
        };
    }

    @Test
    void shouldHaveLocksTakenAndWritesRefusedForTheirFence()
    {
        final Simulation simulation = new Simulation(2, 3, rules(new LockRules()));
        final SimulationResult result = simulation.run(null);
        assertTrue(result.isGood(), result::toString);
        assertTrue(simulation.locks().given() > 20, () -> "given " + simulation.locks().given());
        assertTrue(simulation.locks().writes() > 20, () -> "writes " + simulation.locks().writes());
        assertTrue(simulation.locks().stale() > 0, () -> "stale " + simulation.locks().stale());
    }

    @ParameterizedTest
    @EnumSource(Plant.class)
    void shouldFindWhatIsWrongWithLocks(final Plant plant) throws InterruptedException
    {
        final AtomicReference<SimulationResult> found = new AtomicReference<>();
        final Simulations simulations = new Simulations(1, SEEDS, ANY_NUMBER, () -> rules(plant.rules));
        simulations.run(THREADS, (result) ->
        {
            if (!result.isGood() && result.violation().contains(plant.sign))
            {
                found.compareAndSet(null, result);
                simulations.stop();
            }
        });
        assertNotNull(found.get(), () -> "not found in " + SEEDS + " seeds: " + plant);
    }
}
