package io.peregrine.node.agent;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AgentIdleTest
{
    private boolean wasAsked;
    private boolean isCopying;
    private long nowNs;
    private long readingNs;
    private final AgentIdle idle = new AgentIdle(() -> wasAsked, () -> isCopying, this::clock);

    @Test
    void shouldStayAwakeForAWhileWhenItWasAsked()
    {
        wasAsked = true;
        idle.idle(1);
        for (int i = 0; i < AgentIdle.YIELDS; i++)
        {
            assertTrue(idle.isAwake());
            idle.idle(0);
        }
        assertFalse(idle.isAwake());
    }

    @Test
    void shouldNotBeKeptAwakeByWorkThatNobodyAskedFor()
    {
        idle.idle(1);
        assertFalse(idle.isAwake());
    }

    @Test
    void shouldParkForAWhileAfterAYieldThatTookLong()
    {
        wasAsked = true;
        idle.idle(1);
        readingNs = AgentIdle.LONG_YIELD_NS - 1;
        idle.idle(0);
        assertFalse(idle.isCrowded());
        assertEquals(AgentIdle.FEWEST_FOR_YIELDS, parksAfterLongYield());
    }

    @Test
    void shouldParkForLongerEachTimeWhileYieldsGoOnTakingLong()
    {
        wasAsked = true;
        int parks = AgentIdle.FEWEST_FOR_YIELDS;
        for (int i = 0; i < 7; i++)
        {
            assertEquals(parks, parksAfterLongYield());
            parks = Math.min(2 * parks, AgentIdle.MOST_FOR_YIELDS);
        }
    }

    @Test
    void shouldParkForAWhileOnlyWhenYieldsWereGoodForLong()
    {
        wasAsked = true;
        parksAfterLongYield();
        parksAfterLongYield();
        nowNs += AgentIdle.CALM * AgentIdle.FEWEST_FOR_YIELDS * 2 * AgentIdle.LONG_YIELD_NS;
        assertEquals(AgentIdle.FEWEST_FOR_YIELDS, parksAfterLongYield());
    }

    @Test
    void shouldGoOnBeingAwakeWhenOtherWorkComes()
    {
        wasAsked = true;
        idle.idle(1);
        wasAsked = false;
        idle.idle(1);
        assertTrue(idle.isAwake());
    }

    /**
     * The thread is interrupted, so that its parks take no time.
     */
    @Test
    void shouldParkLongestOnlyWhenNobodyHasAskedForLong()
    {
        Thread.currentThread().interrupt();
        assertEquals(AgentIdle.MAX_PARK_NS, idle.longestNs());
        wasAsked = true;
        idle.idle(1);
        wasAsked = false;
        assertEquals(AgentIdle.ATTENTIVE_PARK_NS, idle.longestNs());
        for (int i = 0; i < AgentIdle.YIELDS + AgentIdle.ATTENTIVE_PARKS; i++)
        {
            assertEquals(AgentIdle.ATTENTIVE_PARK_NS, idle.longestNs());
            idle.idle(0);
        }
        for (int i = 0; i < AgentIdle.EXPECTANT_PARKS; i++)
        {
            assertEquals(AgentIdle.EXPECTANT_PARK_NS, idle.longestNs());
            idle.idle(0);
        }
        idle.idle(1);
        for (int i = 0; i < AgentIdle.RESTING_PARKS; i++)
        {
            assertEquals(AgentIdle.RESTING_PARK_NS, idle.longestNs());
            idle.idle(0);
        }
        assertEquals(AgentIdle.MAX_PARK_NS, idle.longestNs());
        assertTrue(Thread.interrupted());
    }

    @Test
    void shouldRestOnAsLongWhenOthersOnlySayThatTheyAreThere()
    {
        rest();
        idle.idle(1);
        assertEquals(AgentIdle.MAX_PARK_NS, idle.nextParkNs());
    }

    @Test
    void shouldRestForShorterWhileACopyIsMade()
    {
        rest();
        isCopying = true;
        idle.idle(1);
        assertEquals(AgentIdle.ATTENTIVE_PARK_NS, idle.nextParkNs());
    }

    /**
     * It parks for as long as it does at most; at the beginning nobody has asked for long.
     */
    private void rest()
    {
        idle.idle(1);
        while (idle.nextParkNs() < AgentIdle.MAX_PARK_NS)
        {
            idle.idle(0);
        }
    }

    /**
     * Each park, and the yield, take long.
     */
    private int parksAfterLongYield()
    {
        readingNs = AgentIdle.LONG_YIELD_NS;
        idle.idle(1);
        idle.idle(0);
        readingNs = 0;
        int parks = 0;
        while (idle.isCrowded())
        {
            nowNs += AgentIdle.LONG_YIELD_NS;
            idle.idle(1);
            idle.idle(0);
            parks++;
        }
        return parks;
    }

    /**
     * Each reading takes as long as a yield is to take.
     */
    private long clock()
    {
        nowNs += readingNs;
        return nowNs;
    }
}
