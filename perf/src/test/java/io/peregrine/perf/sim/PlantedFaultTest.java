package io.peregrine.perf.sim;

import io.peregrine.node.replication.Rules;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import static org.junit.jupiter.api.Assertions.assertNotNull;

/**
 * The simulator finds out what is wrong: each of these rules is wrong in one way, and one of so many seeds shows it.
 */
@Timeout(600)
class PlantedFaultTest
{
    private static final int SEEDS = 400;
    private static final int THREADS = 2;
    private static final int MACHINES = 0;

    @ParameterizedTest
    @EnumSource(Fault.class)
    void shouldFindWhatIsWrong(final Fault fault) throws InterruptedException
    {
        final AtomicReference<SimulationResult> found = new AtomicReference<>();
        final Simulations simulations = new Simulations(1, SEEDS, MACHINES, fault.rules);
        simulations.run(THREADS, (result) ->
        {
            if (!result.isGood())
            {
                found.compareAndSet(null, result);
                simulations.stop();
            }
        });
        assertNotNull(found.get(), () -> "not found in " + SEEDS + " seeds: " + fault);
    }

    /**
     * What is planted.
     */
    enum Fault
    {
        ACKNOWLEDGED_BEFORE_ALL_HAVE_IT(() -> new Rules()
        {
            @Override
            public boolean countsForCommit(final Standing standing)
            {
                return false;
            }
        }),

        COMMITTED_WITHOUT_WHO_IS_PROPOSED(() -> new Rules()
        {
            @Override
            public boolean countsForCommit(final Standing standing)
            {
                return standing == Standing.IN_SYNC || standing == Standing.REMOVAL_PROPOSED;
            }
        }),

        SHRUNK_WITHOUT_A_DECISION(() -> new Rules()
        {
            @Override
            public boolean countsForCommit(final Standing standing)
            {
                return standing == Standing.IN_SYNC || standing == Standing.ADDITION_PROPOSED;
            }
        }),

        SERVED_BEFORE_ITS_LOG_WAS_COMMITTED(() -> new Rules()
        {
            @Override
            public boolean mayServe(final boolean isReconciled, final boolean areOthersSilent)
            {
                return areOthersSilent;
            }
        }),

        DID_NOT_WAIT_OUT_A_GRANT(() -> new Rules()
        {
            @Override
            public boolean mayServe(final boolean isReconciled, final boolean areOthersSilent)
            {
                return isReconciled;
            }
        }),

        REPLACED_BEFORE_THE_LEASE_WAS_OVER(() -> new Rules()
        {
            @Override
            public boolean isLeaseOver(final long lastGrantNs, final long nowNs, final long graceNs)
            {
                return nowNs - lastGrantNs >= graceNs / 4;
            }
        }),

        LEASE_COUNTED_FROM_RECEIPT(() -> new Rules()
        {
            @Override
            public long leaseEnd(final long sentAtNs, final long heardAtNs, final long leaseNs)
            {
                return heardAtNs + leaseNs;
            }
        }),

        SHOWED_WHAT_WAS_NOT_COMMITTED(() -> new Rules()
        {
            @Override
            public boolean isApplicable(final long sequence, final long committed)
            {
                return true;
            }
        }),

        COUNTED_A_LEARNER_TOO_EARLY(() -> new Rules()
        {
            @Override
            public boolean isCaughtUp(final boolean hasSnapshot, final long behind, final int allowed)
            {
                return true;
            }
        });

        private final Supplier<Rules> rules;

        Fault(final Supplier<Rules> rules)
        {
            this.rules = rules;
        }
    }
}
