package io.peregrine.node.partition.learning;

import org.junit.jupiter.api.Test;

import java.util.concurrent.ThreadLocalRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A learner and its primary over a bad network.
 */
class LearningTest
{
    private static final long PLENTY = 64L << 20;
    private static final int LIMIT = 20_000;
    private static final long[] FORMER_COPY = {-3722612132592865164L};

    private final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());

    @Test
    void shouldGetEqualCopyWhenPrimaryIsWrittenToMeanwhile()
    {
        for (int round = 0; round < 60; round++)
        {
            try (LearningGrid grid = new LearningGrid(seed + round, PLENTY))
            {
                grid.network.lossPercent = round % 30;
                grid.write(grid.random.nextInt(500));
                awaitInSync(grid);
                awaitEqual(grid);
                assertEquals(0, grid.slots.taken());
            }
        }
    }

    @Test
    void shouldNeverDropCopyThatMayBeInSyncWhenEverythingChanges()
    {
        int joins = 0;
        for (int round = 0; round < 150; round++)
        {
            joins += change(seed + round);
        }
        assertTrue(joins > 30, "joins: " + joins);
    }

    @Test
    void shouldCountWhatPresentCopyAcknowledgedWhenAnAttemptPutsAnotherInItsPlace()
    {
        for (final long known : FORMER_COPY)
        {
            change(known);
        }
    }

    private static int change(final long seed)
    {
        try (LearningGrid grid = new LearningGrid(seed, PLENTY))
        {
            grid.network.lossPercent = grid.random.nextInt(20);
            grid.network.delaySteps = 1 + grid.random.nextInt(20);
            grid.network.oneLateIn = 5 + grid.random.nextInt(50);
            grid.write(grid.random.nextInt(100));
            for (int step = 0; step < 800; step++)
            {
                disturb(grid);
                grid.step(grid.random.nextInt(4) != 0);
            }
            final int joins = grid.joins;
            grid.network.lossPercent = 0;
            grid.network.delaySteps = 3;
            awaitInSync(grid);
            awaitEqual(grid);
            return joins;
        }
        catch (final AssertionError ex)
        {
            throw new AssertionError("with -Dseed=" + seed, ex);
        }
    }

    @Test
    void shouldTakeLogAloneWhenPrimaryStillHasWhatIsMissing()
    {
        try (LearningGrid grid = new LearningGrid(seed, PLENTY))
        {
            grid.write(300);
            awaitInSync(grid);
            awaitEqual(grid);
            assertEquals(1, grid.snapshots);
            grid.isKeeping = true;
            grid.putOut();
            awaitInSync(grid);
            assertEquals(2, grid.joins);
            assertEquals(1, grid.snapshots);
            awaitEqual(grid);
        }
    }

    @Test
    void shouldGiveMemoryBackAndTryLaterWhenThereIsTooLittle()
    {
        try (LearningGrid grid = new LearningGrid(seed, 8L << 20))
        {
            do
            {
                grid.write(300);
                grid.settle();
            }
            while (grid.from.store.maps().size() == 0);
            int reserved = 0;
            while (grid.to.pool.reserve(1))
            {
                reserved++;
            }
            grid.see(true);
            for (int i = 0; i < 1_000; i++)
            {
                grid.step(true);
            }
            assertEquals(2, grid.learner.attempt(), "asked again too soon, or never");
            assertEquals(LearnerState.STARVED, grid.learner.state());
            assertEquals(0, grid.to.pool.usedPages());

            grid.to.pool.unreserve(reserved);
            awaitInSync(grid);
            awaitEqual(grid);
        }
    }

    private static void disturb(final LearningGrid grid)
    {
        switch (grid.random.nextInt(40))
        {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> grid.write(grid.random.nextInt(5));
            case 8, 9, 10, 11, 12, 13 -> grid.propose();
            case 14, 15 -> grid.decide(grid.random.nextInt(3) != 0);
            case 16, 17, 18 -> grid.see(true);
            case 19, 23 -> grid.see(grid.random.nextInt(3) != 0);
            case 20 -> grid.putOut();
            case 21 ->
            {
                if (grid.random.nextInt(5) == 0)
                {
                    grid.loseLead();
                }
            }
            case 22 ->
            {
                if (grid.random.nextInt(4) == 0)
                {
                    grid.dropFollower();
                }
            }
            default ->
            {
            }
        }
    }

    private static void awaitInSync(final LearningGrid grid)
    {
        int steps = 0;
        while (!grid.isInSync())
        {
            assertTrue(steps++ < LIMIT, () -> "does not get in sync: " + grid.learner.state());
            grid.write(grid.random.nextInt(3) == 0 ? 1 : 0);
            grid.see(true);
            grid.step(true);
            grid.propose();
            grid.decide(true);
        }
    }

    private static void awaitEqual(final LearningGrid grid)
    {
        int steps = 0;
        do
        {
            assertTrue(steps++ < LIMIT, "does not get equal");
            grid.see(true);
            grid.step(true);
        }
        while (grid.from.log.applied() < grid.from.log.last() || grid.to.log.applied() < grid.from.log.last());
        assertEquals(grid.from.store.digest(), grid.to.store.digest());
    }
}
