package io.peregrine.node.grid;

import io.peregrine.client.Codecs;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridMap;
import io.peregrine.node.command.AcceptLossCommand;
import io.peregrine.node.command.CommandRun;
import io.peregrine.node.command.GridSource;
import io.peregrine.node.command.LeaveCommand;
import io.peregrine.node.command.StatusCommand;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.Member;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What operators order.
 */
@Tag("long")
@Timeout(180)
class GridOrdersTest
{
    private static final int KEYS = 100;

    @Test
    void shouldHandOverWhatANodeHasThatIsToldToLeaveAndBeginEmptyWhatIsGivenUp()
    {
        try (TestGrid grid = new TestGrid())
        {
            final DrivenNode one = grid.start("one");
            final DrivenNode two = grid.start("two");
            final DrivenNode three = grid.start("three");
            final DrivenNode four = grid.start("four");
            grid.awaitCopies(2);
            final GridClient client = grid.connect(List.of(one));
            final GridMap<String, Long> map = client.grid().map("map", Codecs.STRING, Codecs.LONG);
            write(map);

            assertFalse(four.node().hasLeft());
            run(client, 2, "leave", "five");
            final String left = run(client, 0, "leave", "four", "--wait", "--timeout", "60");
            assertTrue(left.endsWith("four has left: all copies are elsewhere\n"), left);
            assertEquals(0, grid.heldBy(four.memberId()));
            assertTrue(four.node().hasLeft());
            assertEquals(0L, map.get("key-0"));
            assertEquals(KEYS, map.size());
            assertEquals("three", three.node().grid().nodeStatus().name());

            grid.awaitCopies(2);
            assertTrue(both(grid, two, three) > 0);
            final String kept = run(client, 1, "accept-loss", "--partition", "0", "--yes");
            assertEquals("", kept);
            two.freeze();
            three.freeze();
            absent(grid, two);
            absent(grid, three);
            TestGrid.await("the others to be led by one that is there",
                () -> grid.heldBy(two.memberId()) == both(grid, two, three));
            final long lost = both(grid, two, three);
            run(client, 1, "accept-loss", "--all", "--timeout", "5");
            assertEquals(lost, both(grid, two, three));
            assertEquals(lost, run(client, 0, "accept-loss", "--all", "--yes", "--timeout", "5").lines().count());
            write(map);
            assertEquals(KEYS, map.size());
            final String status = run(client, 0, "status", "--timeout", "5");
            assertTrue(status.contains("began anew " + lost + " times"), status);
            assertTrue(status.matches("(?s).*    four +[0-9.:]+, left,.*"), status);
            run(client, 1, "leave", "one");
        }
    }

    private static void write(final GridMap<String, Long> map)
    {
        for (long i = 0; i < KEYS; i++)
        {
            map.put("key-" + i, i);
        }
    }

    private static long both(final TestGrid grid, final DrivenNode one, final DrivenNode other)
    {
        return grid.control.view().assignments().stream().filter((each) ->
            each.replicaOn(one.memberId()) != null && each.replicaOn(other.memberId()) != null).count();
    }

    private static void absent(final TestGrid grid, final DrivenNode node)
    {
        final Member member = node.control.self();
        grid.control.decide(new ControlCommand.Absence(member.id(), member.incarnation(), true));
    }

    private static String run(final GridClient client, final int exitCode, final String... args)
    {
        final GridSource source = (address) -> new GridSource.Connection(client.grid(), () -> { });
        final CommandRun run = CommandRun.with(
            List.of(new StatusCommand(source), new LeaveCommand(source), new AcceptLossCommand(source)), args);
        assertEquals(exitCode, run.exitCode(), run.out() + run.err());
        return run.out();
    }
}
