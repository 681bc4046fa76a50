package io.peregrine.client.remote;

import static org.junit.jupiter.api.Assertions.assertTrue;

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
        int copyReads = 0;
        for (int seed = 0; seed < SEEDS; seed++)
        {
            try
            {
                final GridModel model = new GridModel(seed);
                model.run(STEPS);
                copyReads += model.copyReads();
            }
            catch (final Throwable fault)
            {
                throw new AssertionError("seed " + seed, fault);
            }
        }
        assertTrue(copyReads > SEEDS, "reads that copies answered: " + copyReads);
    }
}
