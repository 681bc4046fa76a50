package io.peregrine.node.grid;

import io.peregrine.client.Codecs;
import io.peregrine.client.GridMap;
import io.peregrine.client.OutcomeUnknownException;
import io.peregrine.node.Inside;
import io.peregrine.node.partition.CopyState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Several nodes and clients of them, over UDP.
 */
@Timeout(120)
class SeveralNodesTest
{
    private static final int KEYS = 300;

    /**
     * Several times as long as the leases between nodes.
     */
    private static final long OUTAGE_NS = TimeUnit.SECONDS.toNanos(2);

    @Test
    void shouldServeEachKeyFromWhoeverLeadsItAndKeepACopyOnTheOther()
    {
        try (TestGrid grid = new TestGrid())
        {
            final DrivenNode one = grid.start("one");
            final DrivenNode two = grid.start("two");
            grid.awaitCopies(2);
            grid.awaitAllLead();
            final GridMap<String, Long> map = TestGrid.filled(grid.connect().grid(), KEYS);
            for (long i = 0; i < KEYS; i++)
            {
                assertEquals(i, map.get("key-" + i));
            }
            assertEquals(KEYS, map.size());
            TestGrid.await("copies", () -> records(one) == KEYS && records(two) == KEYS);
            TestGrid.awaitEqualCopies(2, grid.nodes);
            assertEquals(List.of(), grid.errors);
        }
    }

    @Test
    void shouldLoseNothingThatWasAcknowledgedWhenANodeIsGone()
    {
        try (TestGrid grid = new TestGrid())
        {
            grid.startThree();
            final DrivenNode one = grid.nodes.get(0);
            final DrivenNode two = grid.nodes.get(1);
            grid.awaitAllLead();
            final GridMap<String, Long> map = grid.connect().grid().map("map", Codecs.STRING, Codecs.LONG);
            final Map<String, Long> acknowledged = new HashMap<>();
            final Map<String, Long> perhaps = new HashMap<>();
            for (long i = 0; i < 4 * KEYS; i++)
            {
                if (i == KEYS)
                {
                    two.freeze();
                }
                write(map, "key-" + i % KEYS, i, acknowledged, perhaps);
            }
            checkAll(map, acknowledged, perhaps);
            TestGrid.await("nobody to count on the one that is gone", () -> grid.heldBy(two.memberId()) == 0);
            assertEquals(KEYS, acknowledged.size());
            two.control.close();
            two.thaw();
            assertNotNull(one.node());
        }
    }

    @Test
    void shouldMovePartitionsToANodeThatJoins()
    {
        try (TestGrid grid = new TestGrid())
        {
            grid.start("one");
            final GridMap<String, Long> map = TestGrid.filled(grid.connect().grid(), KEYS);
            grid.start("two");
            grid.awaitCopies(2);
            final DrivenNode three = grid.start("three");
            TestGrid.await("the third to lead", () -> grid.ledBy(three.memberId()) > 1);
            TestGrid.await("the third to hold its share", () -> grid.heldBy(three.memberId()) >= 8);
            grid.awaitCopies(2);
            for (long i = 0; i < KEYS; i++)
            {
                assertEquals(i, map.get("key-" + i));
                map.put("key-" + i, i + 1);
            }
            TestGrid.await("two copies of each entry and no more",
                () -> grid.nodes.stream().mapToLong(SeveralNodesTest::records).sum() == 2 * KEYS);
            TestGrid.awaitEqualCopies(2, grid.nodes);
        }
    }

    @Test
    void shouldServeCallersInTheProcessesOfItsNodes()
    {
        try (TestGrid grid = new TestGrid())
        {
            grid.startThree();
            final DrivenNode one = grid.nodes.get(0);
            final DrivenNode two = grid.nodes.get(1);
            final DrivenNode three = grid.nodes.get(2);
            final GridMap<String, Long> here = one.node().grid().map("map", Codecs.STRING, Codecs.LONG);
            final GridMap<String, Long> there = two.node().grid().map("map", Codecs.STRING, Codecs.LONG);
            for (long i = 0; i < KEYS; i++)
            {
                (i % 2 == 0 ? here : there).put("key-" + i, i);
                assertEquals(i, (i % 2 == 0 ? there : here).get("key-" + i));
            }
            TestGrid.await("all to lead", () -> grid.ledBy(three.memberId()) > 0);
            for (long i = 0; i < KEYS; i++)
            {
                assertEquals(i, here.get("key-" + i));
            }
        }
    }

    @Test
    void shouldHandOverWhatItHasBeforeANodeStops()
    {
        try (TestGrid grid = new TestGrid())
        {
            grid.startThree();
            final DrivenNode one = grid.nodes.get(0);
            final GridMap<String, Long> map = TestGrid.filled(grid.connect().grid(), KEYS);
            final int leaver = one.memberId();
            one.close();
            assertEquals(0, grid.heldBy(leaver));
            grid.awaitCopies(2);
            final CompletableFuture<List<CopyState>> copies = one.node().copies();
            assertThrows(ExecutionException.class, () -> copies.get(60, TimeUnit.SECONDS));
            TestGrid.awaitEqualCopies(2, grid.nodes.subList(1, grid.nodes.size()));
            for (long i = 0; i < KEYS; i++)
            {
                assertEquals(i, map.get("key-" + i));
            }
        }
    }

    @Test
    void shouldServeWithoutTheControlPlaneAndDecideThroughAPeerThatReachesIt()
    {
        try (TestGrid grid = new TestGrid())
        {
            grid.startThree();
            final DrivenNode one = grid.nodes.get(0);
            final DrivenNode two = grid.nodes.get(1);
            final DrivenNode three = grid.nodes.get(2);
            grid.awaitAllLead();
            final GridMap<String, Long> map = grid.connect(List.of(one, three)).grid()
                .map("map", Codecs.STRING, Codecs.LONG);
            map.put("key-0", 0L);
            grid.nodes.forEach((node) -> node.control.cut(true));
            final long decided = grid.control.view().version();
            final long cutNs = System.nanoTime();
            long last = 0;
            while (last < 2 * KEYS || System.nanoTime() - cutNs < OUTAGE_NS)
            {
                last++;
                map.put("key-" + last % KEYS, last);
                assertEquals(last, map.get("key-" + last % KEYS));
            }
            assertEquals(decided, grid.control.view().version());

            two.freeze();
            three.control.cut(false);
            final Map<String, Long> acknowledged = new HashMap<>();
            final Map<String, Long> perhaps = new HashMap<>();
            for (int i = 0; i < KEYS; i++)
            {
                write(map, "key-" + i, ++last, acknowledged, perhaps);
            }
            TestGrid.await("nobody to count on the one that is gone", () -> grid.heldBy(two.memberId()) == 0);
            TestGrid.await("the one that is cut off to hear of it",
                () -> one.control.view().version() > decided && grid.ledBy(one.memberId()) > 0);
            checkAll(map, acknowledged, perhaps);
            one.control.cut(false);
            two.control.cut(false);
            two.thaw();
            grid.awaitCopies(2);
            checkAll(map, acknowledged, perhaps);
            TestGrid.awaitEqualCopies(2, grid.nodes);
        }
    }

    private static void checkAll(
        final GridMap<String, Long> map, final Map<String, Long> acknowledged, final Map<String, Long> perhaps)
    {
        acknowledged.forEach((key, value) ->
        {
            final Long found = map.get(key);
            assertTrue(value.equals(found) || found != null && found.equals(perhaps.get(key)),
                key + " was " + value + ", is " + found);
        });
    }

    private static void write(
        final GridMap<String, Long> map,
        final String key,
        final long value,
        final Map<String, Long> acknowledged,
        final Map<String, Long> perhaps)
    {
        try
        {
            map.put(key, value);
            acknowledged.put(key, value);
            perhaps.remove(key);
        }
        catch (final OutcomeUnknownException ex)
        {
            perhaps.put(key, value);
        }
    }

    private static long records(final DrivenNode node)
    {
        return Inside.partitionsOf(node.node()).get(0).records();
    }
}
