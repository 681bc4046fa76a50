package io.peregrine.node.grid;

import io.peregrine.client.GridClient;
import io.peregrine.client.GridOperations;
import io.peregrine.client.NodeStatus;
import io.peregrine.client.PartitionsStatus;
import io.peregrine.node.command.CommandRun;
import io.peregrine.node.command.GridSource;
import io.peregrine.node.command.StatusCommand;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What operators are told of a grid of several nodes.
 */
@Tag("long")
@Timeout(120)
class GridStatusTest
{
    private static final int KEYS = 300;

    @Test
    void shouldTellOfAllNodesAndNameTheOneThatIsSilent()
    {
        try (TestGrid grid = new TestGrid())
        {
            grid.startThree();
            grid.awaitAllLead();
            final DrivenNode one = grid.nodes.get(0);
            final DrivenNode two = grid.nodes.get(1);
            final GridClient client = grid.connect(List.of(one));
            TestGrid.filled(client.grid(), KEYS);
            for (final DrivenNode node : grid.nodes)
            {
                awaitAnswerOf(client.grid().operations(), node);
                awaitAnswerOf(one.node().grid().operations(), node);
            }
            assertEquals("one", one.node().grid().nodeStatus().name());
            assertEquals("two", two.node().grid().nodeStatus().name());

            final String text = awaitWhole(client);
            assertTrue(text.contains("balance"), text);
            final NodeStatus status = one.node().grid().nodeStatus();
            assertTrue(status.counter("peers.received") > KEYS / 3 && status.counter("peers.sent") > KEYS / 3, text);
            assertEquals(0, status.counter("peers.bad") + status.counter("peers.rejected"), text);
            assertTrue(text.contains("  peers "), text);
            TestGrid.await("two to be safe to stop",
                () -> run(client, "status", "--safe", "two", "--timeout", "30").exitCode() == 0);
            run(client, 2, "status", "--safe", "four", "--timeout", "30");

            two.freeze();
            final String silent = run(client, 0, "status", "--timeout", "5");
            assertTrue(silent.matches("(?s).*    two +[0-9.:]+, live, silent,.*"), silent);
            two.thaw();
        }
    }

    /**
     * Partitions may still be on their way, and go over from one to another between two questions.
     */
    private static void awaitAnswerOf(final GridOperations grid, final DrivenNode node)
    {
        TestGrid.await("an answer of " + node.name, () -> isAnsweredBy(node, grid));
    }

    private static boolean isAnsweredBy(final DrivenNode node, final GridOperations grid)
    {
        final int member = node.memberId();
        final NodeStatus status = grid.node(member);
        final PartitionsStatus partitions = grid.partitions(member, status.agents());
        assertEquals(node.address, status.address());
        assertEquals(TestGrid.PARTITIONS, partitions.partitions().size());
        return partitions.partitions().stream().allMatch((partition) -> isRight(partition, member)) &&
            status.maps().get(0).size() == partitions.partitions().stream()
                .filter((each) -> each.primary() == member)
                .mapToLong(PartitionsStatus.PartitionStatus::records).sum();
    }

    private static boolean isRight(final PartitionsStatus.PartitionStatus partition, final int member)
    {
        final boolean leads = partition.primary() == member;
        final boolean follows = partition.copies().stream()
            .anyMatch((copy) -> copy.member() == member && copy.isInSync());
        final PartitionsStatus.State right = leads ? PartitionsStatus.State.SERVING :
            follows ? PartitionsStatus.State.FOLLOWING : PartitionsStatus.State.NONE;
        return partition.here() == right &&
            partition.copies().stream().allMatch((copy) -> leads == copy.behind() >= 0);
    }

    private static String awaitWhole(final GridClient client)
    {
        final AtomicReference<String> text = new AtomicReference<>();
        TestGrid.await("all entries and copies", () ->
        {
            text.set(run(client, 0, "status", "--partitions", "--timeout", "30"));
            return text.get().contains("300 entries\n") &&
                text.get().contains("16 served of 16, 0 with fewer copies than planned");
        });
        return text.get();
    }

    private static String run(final GridClient client, final int exitCode, final String... args)
    {
        final CommandRun run = run(client, args);
        assertEquals(exitCode, run.exitCode(), run.out() + run.err());
        return run.out();
    }

    private static CommandRun run(final GridClient client, final String... args)
    {
        final GridSource source = (address) -> new GridSource.Connection(client.grid(), () -> { });
        return CommandRun.with(List.of(new StatusCommand(source)), args);
    }
}
