package io.peregrine.node.control.placement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PlacementTest
{
    private static final int PARTITIONS = 256;

    @Test
    void shouldPlaceNothingWhereThereIsNobody()
    {
        final List<List<Integer>> plan = Placement.plan(List.of(), unplaced(), 2);
        assertEquals(PARTITIONS, plan.size());
        assertTrue(plan.stream().allMatch(List::isEmpty));
    }

    @Test
    void shouldGiveALoneNodeOneCopyOfEverything()
    {
        final List<List<Integer>> plan = Placement.plan(equal(1), unplaced(), 3);
        assertTrue(plan.stream().allMatch(List.of(0)::equals));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 10, 16, 33, 64, 100, 255, 256, 300, 1_000})
    void shouldBoundLoadAndLeadsForAnyNumberOfNodes(final int nodes)
    {
        for (int replicas = 1; replicas <= 3; replicas++)
        {
            check(equal(nodes), Placement.plan(equal(nodes), unplaced(), replicas), replicas);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 9, 20, 50, 200, 999})
    void shouldMoveCopiesToANewNodeOnly(final int nodes)
    {
        final List<List<Integer>> before = Placement.plan(equal(nodes), unplaced(), 2);
        final List<Seat> seats = equal(nodes + 1);
        final List<List<Integer>> after = Placement.plan(seats, before, 2);
        check(seats, after, 2);
        if (nodes > 1)
        {
            final int taken = PlacementChecks.load(after, nodes);
            assertEquals(taken, PlacementChecks.moved(before, after), "copies that moved");
            assertTrue(taken <= Math.ceil(1.1 * 2 * PARTITIONS / (nodes + 1)), "taken: " + taken);
            assertTrue(taken >= Math.floor(0.9 * 2 * PARTITIONS / (nodes + 1)), "taken: " + taken);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 9, 20, 50, 200, 1_000})
    void shouldMoveOnlyTheCopiesOfANodeThatLeaves(final int nodes)
    {
        final List<List<Integer>> before = Placement.plan(equal(nodes), unplaced(), 2);
        final List<Seat> seats = new ArrayList<>(equal(nodes));
        seats.remove(nodes / 2);
        final List<List<Integer>> after = Placement.plan(seats, before, 2);
        check(seats, after, 2);
        final int expected = nodes == 2 ? 0 : PlacementChecks.load(before, nodes / 2);
        assertEquals(expected, PlacementChecks.moved(before, after), "copies that moved");
    }

    @Test
    void shouldComeToNothingNewWhenNothingChanged()
    {
        final List<Seat> seats = random(new SplittableRandom(3), 12, 3);
        final List<List<Integer>> plan = Placement.plan(seats, unplaced(), 3);
        assertEquals(plan, Placement.plan(seats, plan, 3));
    }

    @Test
    void shouldNotDependOnTheOrderOfTheSeats()
    {
        final List<Seat> seats = random(new SplittableRandom(4), 30, 4);
        final List<Seat> shuffled = new ArrayList<>(seats);
        Collections.shuffle(shuffled, new Random(1));
        assertEquals(Placement.plan(seats, unplaced(), 2), Placement.plan(shuffled, unplaced(), 2));
    }

    @Test
    void shouldGiveEachNodeItsShareByWeight()
    {
        final List<Seat> seats = List.of(
            new Seat(0, "a", 1, ""), new Seat(1, "b", 2, ""), new Seat(2, "c", 3, ""), new Seat(3, "d", 2, ""));
        final List<List<Integer>> plan = Placement.plan(seats, unplaced(), 2);
        check(seats, plan, 2);
        assertTrue(PlacementChecks.load(plan, 0) <= 71, "lightest: " + PlacementChecks.load(plan, 0));
        assertTrue(PlacementChecks.load(plan, 2) >= 160, "heaviest: " + PlacementChecks.load(plan, 2));
    }

    @Test
    void shouldKeepCopiesOutOfOneZoneEvenIfThatLoadsTheOnlyNodeOfTheOther()
    {
        final List<Seat> seats = List.of(
            new Seat(0, "a", 1, "x"), new Seat(1, "b", 1, "x"), new Seat(2, "c", 1, "x"), new Seat(3, "d", 1, "y"));
        final List<List<Integer>> plan = Placement.plan(seats, unplaced(), 2);
        check(seats, plan, 2);
        assertEquals(PARTITIONS, PlacementChecks.load(plan, 3));
    }

    @Test
    void shouldSpreadOverAZoneThatComesLater()
    {
        final List<Seat> seats = new ArrayList<>(equal(4));
        final List<List<Integer>> before = Placement.plan(seats, unplaced(), 2);
        seats.add(new Seat(4, "late", 1, "other"));
        final List<List<Integer>> after = Placement.plan(seats, before, 2);
        check(seats, after, 2);
        for (int partition = 0; partition < PARTITIONS; partition++)
        {
            final List<Integer> kept = new ArrayList<>(after.get(partition));
            kept.retainAll(before.get(partition));
            assertEquals(1, kept.size(), "one copy stays");
        }
    }

    @Test
    void shouldDropCopiesWhenFewerAreWanted()
    {
        final List<List<Integer>> before = Placement.plan(equal(6), unplaced(), 3);
        final List<List<Integer>> after = Placement.plan(equal(6), before, 2);
        check(equal(6), after, 2);
        assertTrue(PlacementChecks.moved(before, after) < PARTITIONS / 8, "few move");
    }

    /**
     * Nodes of different weights in several zones come and go.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldHoldItsRulesWhileNodesComeAndGo(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final int zones = 1 + random.nextInt(4);
        final int replicas = 1 + random.nextInt(3);
        List<Seat> seats = random(random, 1 + random.nextInt(12), zones);
        List<List<Integer>> plan = Placement.plan(seats, unplaced(), replicas);
        for (int i = 0; i < 60; i++)
        {
            final List<Seat> next = new ArrayList<>(seats);
            if (next.size() > 1 && random.nextInt(2) == 0)
            {
                next.remove(random.nextInt(next.size()));
            }
            else
            {
                next.add(seat(random, 100 + i, zones));
            }
            seats = next;
            plan = Placement.plan(seats, plan, replicas);
            check(seats, plan, replicas);
        }
    }

    private static void check(final List<Seat> seats, final List<List<Integer>> plan, final int replicas)
    {
        final String what = seats.size() + " seats, " + replicas + " replicas";
        for (final List<Integer> members : plan)
        {
            assertEquals(Math.min(replicas, seats.size()), new HashSet<>(members).size(), what);
        }
        PlacementChecks.zonesApart(seats, plan, what);
        PlacementChecks.loadBounded(seats, plan, replicas, what);
        PlacementChecks.leadsBounded(seats, plan, what);
    }

    private static List<Seat> equal(final int nodes)
    {
        return IntStream.range(0, nodes).mapToObj(i -> new Seat(i, "node-" + i, 1, "")).toList();
    }

    private static List<Seat> random(final SplittableRandom random, final int nodes, final int zones)
    {
        return IntStream.range(0, nodes).mapToObj(i -> seat(random, i, zones)).toList();
    }

    private static Seat seat(final SplittableRandom random, final int member, final int zones)
    {
        return new Seat(member, "node-" + member, 1 + random.nextInt(4), "zone-" + random.nextInt(zones));
    }

    private static List<List<Integer>> unplaced()
    {
        return Collections.nCopies(PARTITIONS, List.of());
    }
}
