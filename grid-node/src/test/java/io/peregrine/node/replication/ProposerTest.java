package io.peregrine.node.replication;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ProposerTest
{
    private static final int PARTITIONS = 6;

    @Test
    void shouldBringEveryCopyWhereItBelongs()
    {
        final Grid grid = grid(3, 2, 1);
        settle(grid, 20_000);
        assertQuiet(grid, 10_000);
    }

    @Test
    void shouldPutWhatIsProposedAtOneMomentIntoOneCommand()
    {
        final Grid grid = grid(2, 2, 2);
        settle(grid, 20_000);
        final int before = grid.commands;
        final int primary = grid.state.view().assignments().get(0).primary();
        grid.isPaused[1 - primary] = true;
        grid.run(3_000);
        for (final Assignment assignment : grid.state.view().assignments())
        {
            assertEquals(primary, assignment.primary());
            assertEquals(1, assignment.inSync().size());
        }
        assertTrue(grid.commands - before <= 6, "commands: " + (grid.commands - before));
    }

    @Test
    void shouldReplaceAPrimaryThatIsGone()
    {
        final Grid grid = grid(3, 2, 3);
        settle(grid, 20_000);
        grid.isPaused[0] = true;
        grid.run(1_500);
        for (int i = 0; i < PARTITIONS; i++)
        {
            assertNotEquals(0, grid.state.view().assignments().get(i).primary());
            assertEquals(1, grid.serving(i).size(), "partition " + i);
        }
        grid.heal();
        settle(grid, 20_000);
    }

    @Test
    void shouldTakeBackAMemberThatBeganAnotherLife()
    {
        final Grid grid = grid(3, 2, 4);
        settle(grid, 20_000);
        grid.start(1);
        settle(grid, 20_000);
        assertQuiet(grid, 10_000);
        for (final Assignment assignment : grid.state.view().assignments())
        {
            assertEquals(0, assignment.losses());
        }
    }

    @Test
    void shouldServeAloneWithTheLeaseOfTheControlPlaneOnly()
    {
        final Grid grid = grid(2, 2, 5);
        settle(grid, 20_000);
        grid.isPaused[1] = true;
        grid.run(3_000);
        assertEquals(List.of(0), grid.serving(0));
        grid.run(20_000);
        assertEquals(List.of(0), grid.serving(0));
        grid.isControlCut[0] = true;
        grid.run(2_100);
        assertEquals(List.of(), grid.serving(0));
        grid.isControlCut[0] = false;
        grid.run(500);
        assertEquals(List.of(0), grid.serving(0));
    }

    @Test
    void shouldProposeThroughAPeerWhenCutOffFromTheControlPlane()
    {
        final Grid grid = grid(3, 3, 6);
        settle(grid, 20_000);
        final int partition = 0;
        final int primary = grid.state.view().assignments().get(partition).primary();
        final int gone = (primary + 1) % 3;
        grid.isControlCut[primary] = true;
        grid.isPaused[gone] = true;
        grid.run(3_000);
        final Assignment assignment = grid.state.view().assignments().get(partition);
        assertEquals(primary, assignment.primary());
        assertEquals(2, assignment.inSync().size());
        assertEquals(List.of(primary), grid.serving(partition));
    }

    @Test
    void shouldPutOutALaggardLessAndLessOften()
    {
        final Grid grid = grid(2, 2, 7);
        settle(grid, 20_000);
        final int primary = grid.state.view().assignments().get(0).primary();
        grid.isSlow[1 - primary] = true;
        grid.run(120_000);
        final long before = grid.state.view().assignments().get(0).epoch();
        grid.run(120_000);
        final long changes = grid.state.view().assignments().get(0).epoch() - before;
        assertTrue(changes <= 8, "changes: " + changes);
        grid.heal();
        settle(grid, 70_000);
    }

    @Test
    void shouldTakeBackSoonWhomNothingCanBeWrittenWithout()
    {
        final Grid grid = grid(2, 2, 9);
        settle(grid, 20_000);
        grid.state.apply(new ControlCommand.SetCopies(2, 2), grid.nowNs);
        grid.run(1_000);
        final int primary = grid.state.view().assignments().get(0).primary();
        grid.isSlow[1 - primary] = true;
        grid.run(40_000);
        while (grid.state.view().assignments().get(0).inSync().size() == 2)
        {
            grid.run(1);
        }
        grid.heal();
        grid.run(5_000);
        for (final Assignment assignment : grid.state.view().assignments())
        {
            assertEquals(2, assignment.inSync().size());
        }
    }

    @Test
    void shouldFreezeWhenNobodyIsLeftInSync()
    {
        final Grid grid = grid(2, 2, 8);
        settle(grid, 20_000);
        final Assignment before = grid.state.view().assignments().get(0);
        grid.isPaused[0] = true;
        grid.start(1);
        grid.run(5_000);
        final Assignment frozen = grid.state.view().assignments().get(0);
        assertTrue(before.primary() == 0 || frozen.equals(before));
        assertEquals(0, frozen.losses());
        grid.heal();
        settle(grid, 20_000);
        assertEquals(0, grid.state.view().assignments().get(0).losses());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldComeToRestAfterAnyTrouble(final long seed)
    {
        final Random random = new Random(seed);
        final int members = 2 + random.nextInt(2);
        final Grid grid = grid(members, 2 + random.nextInt(2), seed);
        for (int i = 0; i < 40; i++)
        {
            trouble(grid, random, members);
            for (int j = 0; j < 60; j++)
            {
                grid.run(1 + random.nextInt(40));
                assertOneServes(grid);
            }
        }
        grid.heal();
        settle(grid, 150_000);
        assertQuiet(grid, 30_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldComeToRestWithOneDirectionCutForEver(final long seed)
    {
        final int from = (int) (seed % 3);
        final Grid grid = grid(3, 3, seed);
        settle(grid, 20_000);
        grid.cut[from][(from + 1 + (int) (seed / 3) % 2) % 3] = true;
        grid.run(200_000);
        assertQuiet(grid, 50_000);
        for (int i = 0; i < PARTITIONS; i++)
        {
            assertEquals(1, grid.serving(i).size(), "partition " + i);
            assertTrue(grid.state.view().assignments().get(i).inSync().size() >= 2, "partition " + i);
        }
    }

    private static void trouble(final Grid grid, final Random random, final int members)
    {
        final int member = random.nextInt(members);
        switch (random.nextInt(8))
        {
            case 0:
                grid.cut[member][random.nextInt(members)] = true;
                break;
            case 1:
                grid.isControlCut[member] ^= true;
                break;
            case 2:
                grid.isPaused[member] ^= true;
                break;
            case 3:
                grid.isSlow[member] ^= true;
                break;
            case 4:
                restart(grid, member);
                break;
            default:
                grid.heal();
                break;
        }
    }

    private static void restart(final Grid grid, final int member)
    {
        grid.start(member);
        grid.isPaused[member] = false;
    }

    private static void assertOneServes(final Grid grid)
    {
        for (int i = 0; i < PARTITIONS; i++)
        {
            assertTrue(grid.serving(i).size() <= 1, "serve " + i + ": " + grid.serving(i));
        }
    }

    private static Grid grid(final int members, final int replicas, final long seed)
    {
        return new Grid(members, PARTITIONS, replicas, seed);
    }

    private static void settle(final Grid grid, final int limitMs)
    {
        for (int i = 0; i < limitMs && !grid.isAsPlanned(); i += 10)
        {
            grid.run(10);
        }
        assertTrue(grid.isAsPlanned(), () -> "never came to rest: " + grid.state.view().assignments() +
            " where the plan is " + grid.state.view().plan());
        grid.run(1_000);
    }

    private static void assertQuiet(final Grid grid, final int ms)
    {
        final int before = grid.commands;
        grid.run(ms);
        assertEquals(before, grid.commands, "goes on proposing");
    }
}
