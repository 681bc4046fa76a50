package io.peregrine.node.agent;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AgentIdleTest
{
    private boolean wasAsked;
    private final AgentIdle idle = new AgentIdle(() -> wasAsked);

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
    void shouldGoOnBeingAwakeWhenOtherWorkComes()
    {
        wasAsked = true;
        idle.idle(1);
        wasAsked = false;
        idle.idle(1);
        assertTrue(idle.isAwake());
    }

    @Test
    void shouldParkLongestOnlyWhenNobodyHasAskedForLong()
    {
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
        assertEquals(AgentIdle.MAX_PARK_NS, idle.longestNs());
    }
}
