package io.peregrine.client.remote;

import org.junit.jupiter.api.Test;

/**
 * Thousands of seeds against the rules of a lane in a grid of several nodes. A failure names its seed.
 */
class GridModelTest
{
    private static final int SEEDS = Integer.getInteger("peregrine.test.seeds", 1_500);
    private static final int STEPS = 600;

    @Test
    void shouldCarryOutEachWriteAtMostOnceWhoeverLeads()
    {
        for (int seed = 0; seed < SEEDS; seed++)
        {
            try
            {
                new GridModel(seed).run(STEPS);
            }
            catch (final Throwable fault)
            {
                throw new AssertionError("seed " + seed, fault);
            }
        }
    }
}
