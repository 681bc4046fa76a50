package io.peregrine.perf.verify.fault;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FaultScheduleTest
{
    private static final long LEASE = 1_000;
    private static final long SETTLE = 5 * LEASE;
    private static final long STEP = LEASE / 10;
    private static final long SEEDS = 200;

    private static FaultSchedule schedule(final long seed, final int nodes, final boolean isBeyond)
    {
        return new FaultSchedule(
            new FaultPlan(seed, EnumSet.allOf(FaultKind.class), nodes, LEASE), isBeyond, SETTLE, 0);
    }

    private static BitSet nodes(final int... numbers)
    {
        final BitSet set = new BitSet();
        IntStream.of(numbers).forEach(set::set);
        return set;
    }

    /**
     * Three nodes, two copies, all in sync.
     */
    private static GridView healthy(final long takenNs)
    {
        return new GridView(List.of(nodes(0, 1), nodes(1, 2), nodes(0, 2)), takenNs);
    }

    private static Fault first(final FaultSchedule schedule)
    {
        for (long now = 0; now < 100 * LEASE; now += STEP)
        {
            final Fault fault = schedule.poll(healthy(now), now);
            if (fault != null)
            {
                return fault;
            }
        }

        throw new AssertionError("no fault began");
    }

    @Test
    void shouldDrawTheSameForOneSeedAndEveryKindAndLengthForMany()
    {
        final Set<FaultKind> kinds = new HashSet<>();
        final Set<String> directions = new TreeSet<>();
        final Set<Integer> peers = new HashSet<>();
        final TreeSet<Long> lengths = new TreeSet<>();
        for (long seed = 0; seed < SEEDS; seed++)
        {
            final Fault fault = first(schedule(seed, 3, false));
            assertEquals(fault, first(schedule(seed, 3, false)));
            kinds.add(fault.kind());
            lengths.add(fault.durationNs());
            if (fault.isCut())
            {
                directions.add(fault.outgoing() + "/" + fault.incoming());
                peers.add(fault.peer());
                assertTrue(fault.peer() != fault.node(), fault::toString);
            }
        }

        assertEquals(EnumSet.allOf(FaultKind.class), kinds);
        assertEquals(Set.of(0, 1, 2, Fault.EVERYBODY), peers);
        assertEquals(Set.of("true/true", "true/false", "false/true"), directions);
        assertTrue(lengths.first() >= FaultPlan.SHORTEST_LEASES * LEASE && lengths.first() < LEASE / 2);
        assertTrue(lengths.last() <= FaultPlan.LONGEST_LEASES * LEASE && lengths.last() > 5 * LEASE);
    }

    @Test
    void shouldCutNothingWhereThereIsOneNode()
    {
        for (long seed = 0; seed < SEEDS; seed++)
        {
            final FaultSchedule schedule = schedule(seed, 1, true);
            final List<Fault> faults = new ArrayList<>();
            for (long now = 0; faults.isEmpty(); now += STEP)
            {
                final Fault fault = schedule.poll(GridView.unknown(now), now);
                if (fault != null)
                {
                    faults.add(fault);
                }
            }
            assertFalse(faults.get(0).isCut());
        }
    }

    @Test
    void shouldNotTouchASecondNodeWhileItHoldsTheOnlyOtherCopy()
    {
        for (long seed = 0; seed < SEEDS; seed++)
        {
            final FaultSchedule schedule = schedule(seed, 3, false);
            first(schedule);
            for (long now = 100 * LEASE; now < 200 * LEASE; now += STEP)
            {
                assertTrue(schedule.poll(healthy(now), now) == null || schedule.underWay().stream()
                    .map(Fault::node).distinct().count() == 1, () -> schedule.underWay().toString());
            }
        }
    }

    @Test
    void shouldTakeANodeForTouchedUntilTheGridWasLookedAtLongEnoughAfterTheFault()
    {
        int seen = 0;
        for (long seed = 0; seed < SEEDS; seed++)
        {
            final FaultSchedule schedule = schedule(seed, 3, false);
            final Fault fault = first(schedule);
            final long over = 1_000 * LEASE;
            schedule.onOver(fault, over);
            final Fault tooEarly = schedule.poll(healthy(over + SETTLE - 1), over + 2 * SETTLE);
            if (tooEarly == null)
            {
                seen++;
                assertTrue(schedule.poll(healthy(over + SETTLE), over + 2 * SETTLE) != null, "the wait has an end");
            }
            else
            {
                assertEquals(fault.node(), tooEarly.node());
            }
        }

        assertTrue(seen > SEEDS / 3, "most next faults are of another node");
    }

    @Test
    void shouldWaitForACopyAndSayHowLong()
    {
        final FaultSchedule schedule = schedule(1, 3, false);
        final GridView alone = new GridView(List.of(nodes(0), nodes(1), nodes(2)), 0);
        final long late = 50 * LEASE;
        for (long now = 0; now < late; now += STEP)
        {
            assertNull(schedule.poll(alone, now));
            assertNull(schedule.poll(GridView.unknown(now), now));
        }

        assertTrue(schedule.poll(healthy(late), late) != null);
        final long waited = schedule.begun().get(0).waitedNs();
        assertEquals(waited, schedule.waitedNs());
        assertTrue(waited >= late - 7 * LEASE && waited < late, () -> "waited " + waited);
    }

    @Test
    void shouldNeverWaitWhereEveryFaultIsAllowed()
    {
        for (long seed = 0; seed < SEEDS; seed++)
        {
            final FaultSchedule schedule = schedule(seed, 3, true);
            for (long now = 0; now < 200 * LEASE; now += STEP)
            {
                schedule.poll(GridView.unknown(now), now);
            }

            assertTrue(schedule.begun().size() > 1);
            for (final FaultSchedule.Begun begun : schedule.begun())
            {
                assertTrue(begun.waitedNs() <= STEP, () -> begun.toString());
            }
        }
    }

    @Test
    void shouldCountTheWaitOfAFaultThatNeverBegan()
    {
        final FaultSchedule schedule = schedule(1, 3, false);
        schedule.poll(GridView.unknown(0), 0);
        schedule.stop(100 * LEASE);

        assertTrue(schedule.waitedNs() > 90 * LEASE);
        assertNull(schedule.poll(healthy(200 * LEASE), 200 * LEASE));
    }

    @Test
    void shouldRefuseTheEndOfAFaultThatIsNotUnderWay()
    {
        final FaultSchedule schedule = schedule(1, 3, true);
        final Fault fault = first(schedule);
        schedule.onOver(fault, 0);

        assertThrows(IllegalArgumentException.class, () -> schedule.onOver(fault, 0));
    }

    @Test
    void shouldNameAWordThatIsNoFault()
    {
        assertEquals(EnumSet.of(FaultKind.KILL, FaultKind.CUT), FaultKind.parse("kill, cut"));
        final IllegalArgumentException refused =
            assertThrows(IllegalArgumentException.class, () -> FaultKind.parse("kill,burn"));
        assertTrue(refused.getMessage().contains("'burn'") && refused.getMessage().contains("restart"),
            refused::getMessage);
    }
}
