package io.peregrine.node.replication;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Replica;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DampingTest
{
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Damping damping = new Damping(0);
    private long nowNs = -SECOND;

    @Test
    void shouldLetInWhoNeverFellOut()
    {
        damping.onOut(life(3, 1), nowNs);
        assertTrue(damping.mayReturn(life(2, 1), nowNs));
        assertTrue(damping.mayReturn(life(4, 1), nowNs));
    }

    @Test
    void shouldWaitLongerEachTimeUpToABound()
    {
        for (final int seconds : new int[]{2, 4, 8, 16, 32, 60, 60, 60})
        {
            damping.onOut(life(1, 1), nowNs);
            assertFalse(damping.mayReturn(life(1, 1), nowNs + seconds * SECOND - 1), "after " + seconds);
            assertTrue(damping.mayReturn(life(1, 1), nowNs + seconds * SECOND), "after " + seconds);
            nowNs += seconds * SECOND;
        }
    }

    @Test
    void shouldWaitNoLongerWhereNothingIsWrittenWithoutIt()
    {
        for (int i = 0; i < 8; i++)
        {
            damping.onOut(life(1, 1), nowNs);
            assertFalse(damping.mayReturnWhereNeeded(life(1, 1), nowNs + 2 * SECOND - 1));
            assertTrue(damping.mayReturnWhereNeeded(life(1, 1), nowNs + 2 * SECOND));
            nowNs += 60 * SECOND;
        }
        assertTrue(damping.mayReturnWhereNeeded(life(2, 1), nowNs));
    }

    @Test
    void shouldCountOnceWhoFallsOutOfManySetsAtOnce()
    {
        for (int i = 0; i < 100; i++)
        {
            damping.onOut(life(1, 1), nowNs + i);
        }
        assertTrue(damping.mayReturn(life(1, 1), nowNs + 2 * SECOND));
    }

    @Test
    void shouldForgetAfterALongTime()
    {
        damping.onOut(life(1, 1), nowNs);
        damping.onOut(life(1, 1), nowNs + 10 * SECOND);
        nowNs += TimeUnit.MINUTES.toNanos(11);
        damping.onOut(life(1, 1), nowNs);
        assertTrue(damping.mayReturn(life(1, 1), nowNs + 2 * SECOND));
    }

    @Test
    void shouldNotKeepAMemberThatWasStartedAgainWaitingForWhatItsFormerLifeDid()
    {
        for (int i = 0; i < 8; i++)
        {
            damping.onOut(life(1, 1), nowNs);
            nowNs += 60 * SECOND;
        }
        damping.onOut(life(1, 1), nowNs);
        assertFalse(damping.mayReturn(life(1, 2), nowNs + 2 * SECOND - 1));
        assertTrue(damping.mayReturn(life(1, 2), nowNs + 2 * SECOND));
        assertFalse(damping.mayReturn(life(1, 1), nowNs + 60 * SECOND - 1));
    }

    @Test
    void shouldWaitALittleLongerForEachLifeThatEnds()
    {
        int incarnation = 1;
        for (final int seconds : new int[]{2, 4, 8, 8, 8, 8})
        {
            damping.onOut(life(1, incarnation++), nowNs);
            assertFalse(damping.mayReturn(life(1, incarnation), nowNs + seconds * SECOND - 1), "after " + seconds);
            assertTrue(damping.mayReturn(life(1, incarnation), nowNs + seconds * SECOND), "after " + seconds);
            nowNs += 10 * SECOND;
        }
    }

    @Test
    void shouldCountAnewInEachLife()
    {
        for (int incarnation = 1; incarnation < 5; incarnation++)
        {
            for (final int seconds : new int[]{2, 4, 8})
            {
                damping.onOut(life(1, incarnation), nowNs);
                assertFalse(damping.mayReturn(life(1, incarnation), nowNs + seconds * SECOND - 1));
                assertTrue(damping.mayReturn(life(1, incarnation), nowNs + seconds * SECOND));
                nowNs += seconds * SECOND;
            }
        }
    }

    @Test
    void shouldCountALifeThatEndsSoonAfterTheOneBefore()
    {
        damping.onOut(life(1, 1), nowNs);
        damping.onOut(life(1, 2), nowNs + SECOND);
        assertFalse(damping.mayReturn(life(1, 3), nowNs + 5 * SECOND - 1));
        assertTrue(damping.mayReturn(life(1, 3), nowNs + 5 * SECOND));
    }

    @Test
    void shouldCountWhoIsPutOutOfASetThatIsLedHere()
    {
        damping.onControl(led(0, 1, 2), view(led(0, 1)), 0, nowNs);
        damping.onControl(led(3, 0, 3), view(led(0)), 0, nowNs);
        assertTrue(damping.mayReturn(life(1, 1), nowNs));
        assertFalse(damping.mayReturn(life(2, 1), nowNs));
        assertFalse(damping.mayReturn(life(3, 1), nowNs));
    }

    @Test
    void shouldNotCountWhoIsPutOutBySomebodyElse()
    {
        damping.onControl(led(1, 2), view(led(1)), 0, nowNs);
        damping.onControl(led(0, 2), view(led(3)), 0, nowNs);
        assertTrue(damping.mayReturn(life(2, 1), nowNs));
    }

    private static Replica life(final int memberId, final long incarnation)
    {
        return new Replica(memberId, incarnation);
    }

    private static Assignment led(final int primary, final int... others)
    {
        final List<Replica> inSync = new ArrayList<>(List.of(new Replica(primary, 1)));
        for (final int other : others)
        {
            inSync.add(new Replica(other, 1));
        }
        return new Assignment(7, primary, inSync, 0);
    }

    private static ControlView view(final Assignment assignment)
    {
        return new ControlView(
            1, 0, 0, null, List.of(), List.of(assignment), List.of(List.of(0, 1, 2, 3)), null);
    }
}
