package io.peregrine.client.remote;

import org.junit.jupiter.api.Test;

/**
 * Thousands of seeds against the rules of a lane. A failure names its seed.
 */
class LaneModelTest
{
    private static final int SEEDS = Integer.getInteger("peregrine.test.seeds", 3_000);
    private static final int STEPS = 400;

    @Test
    void shouldCarryOutEachWriteAtMostOnceWhateverIsLost()
    {
        for (int seed = 0; seed < SEEDS; seed++)
        {
            try
            {
                new LaneModel(seed).run(STEPS);
            }
            catch (final Throwable fault)
            {
                throw new AssertionError("seed " + seed, fault);
            }
        }
    }
}
