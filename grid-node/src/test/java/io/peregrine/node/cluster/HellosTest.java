package io.peregrine.node.cluster;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HellosTest
{
    private static final long BEGIN_NS = Long.MAX_VALUE - 10;

    private final Hellos hellos = new Hellos(BEGIN_NS);

    @Test
    void shouldBeSaidAtOnceAndAgainAfterAWhile()
    {
        assertTrue(hellos.isDue(BEGIN_NS));
        hellos.next(BEGIN_NS);
        assertFalse(hellos.isDue(BEGIN_NS + Hellos.AGAIN_NS - 1));
        assertTrue(hellos.isDue(BEGIN_NS + Hellos.AGAIN_NS));
    }

    @Test
    void shouldTakeTheReplyToAnyWhereRepliesTakeLongerThanTheNextHello()
    {
        final long first = hellos.next(BEGIN_NS);
        final long second = hellos.next(BEGIN_NS + Hellos.AGAIN_NS);
        assertTrue(hellos.isAsked(first));
        assertTrue(hellos.isAsked(second));
        assertFalse(hellos.isAsked(second - 1));
        assertTrue(Hellos.isOne(first));
        assertFalse(Hellos.isOne(1));
    }

    @Test
    void shouldTakeNoReplyOfWhoLedBefore()
    {
        final long former = hellos.next(BEGIN_NS);
        hellos.onLeader(BEGIN_NS + 1);
        assertFalse(hellos.isAsked(former));
        assertTrue(hellos.isDue(BEGIN_NS + 1));
        final long now = hellos.next(BEGIN_NS + 1);
        assertTrue(hellos.isAsked(now));
        assertFalse(hellos.isAsked(former));
    }
}
