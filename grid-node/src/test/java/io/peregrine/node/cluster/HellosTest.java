package io.peregrine.node.cluster;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HellosTest
{
    private static final long BEGIN_NS = Long.MAX_VALUE - 10;

    private final Hellos hellos = new Hellos(BEGIN_NS);

    private long say(final long nowNs)
    {
        final long correlation = hellos.next();
        hellos.onSaid(nowNs);
        return correlation;
    }

    @Test
    void shouldBeSaidAtOnceAndAgainAfterLongerAndLongerPauses()
    {
        assertTrue(hellos.isDue(BEGIN_NS));
        long saidNs = BEGIN_NS;
        long pauseNs = Hellos.FIRST_AGAIN_NS;
        for (int i = 0; i < 5; i++)
        {
            say(saidNs);
            assertFalse(hellos.isDue(saidNs + pauseNs - 1));
            assertTrue(hellos.isDue(saidNs + pauseNs));
            saidNs += pauseNs;
            pauseNs = Math.min(2 * pauseNs, Hellos.AGAIN_NS);
        }
        assertEquals(Hellos.AGAIN_NS, pauseNs);
    }

    @Test
    void shouldBeDueUntilItHasLeft()
    {
        final long correlation = hellos.next();
        assertTrue(hellos.isDue(BEGIN_NS + 1));
        assertEquals(correlation, hellos.next());
    }

    @Test
    void shouldBeSaidAtOnceToTheNextWhoLeads()
    {
        say(BEGIN_NS);
        say(BEGIN_NS + Hellos.FIRST_AGAIN_NS);
        final long leadsNs = BEGIN_NS + Hellos.FIRST_AGAIN_NS + 1;
        hellos.onLeader(leadsNs);
        assertTrue(hellos.isDue(leadsNs));
        say(leadsNs);
        assertTrue(hellos.isDue(leadsNs + Hellos.FIRST_AGAIN_NS));
    }

    @Test
    void shouldTakeTheReplyToAnyWhereRepliesTakeLongerThanTheNextHello()
    {
        final long first = say(BEGIN_NS);
        final long second = say(BEGIN_NS + Hellos.AGAIN_NS);
        assertTrue(hellos.isAsked(first));
        assertTrue(hellos.isAsked(second));
        assertFalse(hellos.isAsked(second - 1));
        assertTrue(Hellos.isOne(first));
        assertFalse(Hellos.isOne(1));
    }

    @Test
    void shouldTakeNoReplyOfWhoLedBefore()
    {
        final long former = say(BEGIN_NS);
        hellos.onLeader(BEGIN_NS + 1);
        assertFalse(hellos.isAsked(former));
        assertTrue(hellos.isDue(BEGIN_NS + 1));
        final long now = say(BEGIN_NS + 1);
        assertTrue(hellos.isAsked(now));
        assertFalse(hellos.isAsked(former));
    }
}
