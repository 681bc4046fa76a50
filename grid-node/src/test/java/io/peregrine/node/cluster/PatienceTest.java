package io.peregrine.node.cluster;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class PatienceTest
{
    private final Patience patience = new Patience(10, 35);

    @Test
    void shouldDoubleUpToItsLimit()
    {
        assertEquals(10, patience.currentNs());
        patience.onTooLate();
        assertEquals(20, patience.currentNs());
        patience.onTooLate();
        assertEquals(35, patience.currentNs());
        patience.onTooLate();
        assertEquals(35, patience.currentNs());
    }

    @Test
    void shouldBeAsAtFirstOnceASessionBegan()
    {
        patience.onTooLate();
        patience.onBegun();
        assertEquals(10, patience.currentNs());
    }

    @Test
    void shouldGiveASlowControlPlaneTwiceTheUsualTime()
    {
        final Patience usual = Patience.usual();
        assertEquals(Patience.USUAL_NS, usual.currentNs());
        usual.onTooLate();
        assertEquals(2 * Patience.USUAL_NS, usual.currentNs());
        assertEquals(Patience.MOST_NS, usual.currentNs());
    }
}
