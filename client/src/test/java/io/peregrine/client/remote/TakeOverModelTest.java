package io.peregrine.client.remote;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients of a partition that loses its primary, with seeds; each failure names its seed.
 */
class TakeOverModelTest
{
    private static final int SEEDS = 200;
    private static final int LATEST_MS = 100;
    private static final int QUESTIONS_A_SECOND = 70;

    @ParameterizedTest
    @EnumSource
    void shouldSendToTheNextPrimarySoonAfterItServes(final TakeOverModel.Asked asked)
    {
        run(asked, 3);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeConnectedToTheNextPrimaryBeforeItServes(final TakeOverModel.Asked asked)
    {
        run(asked, 1);
    }

    private static void run(final TakeOverModel.Asked asked, final int connected)
    {
        long sumNs = 0;
        for (int seed = 0; seed < SEEDS; seed++)
        {
            final Random random = new Random(seed);
            final int outageMs = 600 + random.nextInt(1_900);
            final TakeOverModel model = new TakeOverModel(seed, connected);
            model.run(asked, outageMs, random.nextInt(200));
            final String what = "seed " + seed + ", " + outageMs + " ms: late by " + model.lateNs() + " ns, " +
                model.questions() + " questions, " + model.tries() + " tries";
            assertTrue(model.lateNs() <= LATEST_MS * TakeOverModel.MILLI, what);
            assertTrue(model.questions() <= QUESTIONS_A_SECOND * (outageMs + LATEST_MS) / 1_000, what);
            sumNs += model.lateNs();
        }
        assertTrue(sumNs / SEEDS <= LATEST_MS * TakeOverModel.MILLI / 5, "late by " + sumNs / SEEDS + " ns on average");
    }

    @Test
    void shouldAskTheMoreRarelyTheLongerNobodyServes()
    {
        for (int seed = 0; seed < SEEDS / 10; seed++)
        {
            final TakeOverModel model = new TakeOverModel(seed, 3);
            model.run(TakeOverModel.Asked.WRITE_BEFORE, 120_000, 60_000);
            final String what = "seed " + seed + ": late by " + model.lateNs() + " ns, " +
                model.questions() + " questions, " + model.tries() + " tries";
            assertTrue(model.questions() <= 800, what);
            assertTrue(model.tries() <= 2_000, what);
            assertTrue(model.lateNs() <= 65 * TakeOverModel.MILLI, what);
        }
    }
}
