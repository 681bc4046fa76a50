package io.peregrine.node.grid;

import io.peregrine.client.Codecs;
import io.peregrine.client.GridMap;
import io.peregrine.client.OutcomeUnknownException;
import io.peregrine.client.RefusedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/**
 * Clients that go on while nodes are stopped and started.
 */
@Tag("long")
@Timeout(180)
class RestartsTest
{
    private static final int NODES = 3;
    private static final int KEYS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Test
    void shouldServeCallersWhileOneNodeAfterTheOtherIsRestarted() throws InterruptedException
    {
        try (TestGrid grid = new TestGrid())
        {
            start(grid);
            try (Callers callers = new Callers(List.of(open(grid), open(grid))))
            {
                callers.awaitRound();
                for (int i = 0; i < NODES; i++)
                {
                    final DrivenNode node = grid.nodes.get(0);
                    if (i == 1)
                    {
                        node.crash();
                    }
                    else
                    {
                        node.close();
                    }
                    grid.startAgain(node);
                    grid.awaitCopies(2);
                    callers.awaitRound();
                }
                callers.stop();
            }
            TestGrid.awaitEqualCopies(2, grid.nodes);
            assertEquals(0, losses(grid));
        }
    }

    @Test
    void shouldGoOnWithEmptyMapsAndRecordTheLossWhenAllNodesWereRestarted() throws InterruptedException
    {
        try (TestGrid grid = new TestGrid())
        {
            start(grid);
            final GridMap<String, Long> map = open(grid);
            for (long i = 0; i < KEYS; i++)
            {
                map.put("key-" + i, i);
            }
            List.copyOf(grid.nodes).forEach(DrivenNode::crash);
            List.copyOf(grid.nodes).forEach(grid::startAgain);
            TestGrid.await("an answer for each key", () -> areAbsent(map));
            grid.awaitCopies(2);
            assertEquals(TestGrid.PARTITIONS, losses(grid));
            try (Callers callers = new Callers(List.of(map, open(grid))))
            {
                callers.awaitRound();
                callers.stop();
            }
            TestGrid.awaitEqualCopies(2, grid.nodes);
        }
    }

    private static void start(final TestGrid grid)
    {
        for (int i = 0; i < NODES; i++)
        {
            grid.start("node-" + i);
        }
        grid.awaitCopies(2);
        TestGrid.await("all to lead", () -> grid.nodes.stream().allMatch((node) -> grid.ledBy(node.memberId()) > 0));
    }

    private static GridMap<String, Long> open(final TestGrid grid)
    {
        return grid.connect().grid().map("map", Codecs.STRING, Codecs.LONG).within(PATIENCE);
    }

    private static boolean areAbsent(final GridMap<String, Long> map)
    {
        try
        {
            for (int i = 0; i < KEYS; i++)
            {
                assertNull(map.get("key-" + i));
            }
            return true;
        }
        catch (final RefusedException | OutcomeUnknownException notYet)
        {
            return false;
        }
    }

    private static long losses(final TestGrid grid)
    {
        return grid.control.view().assignments().stream().mapToLong((assignment) -> assignment.losses()).sum();
    }
}
