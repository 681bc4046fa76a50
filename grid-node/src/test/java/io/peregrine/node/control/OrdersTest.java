package io.peregrine.node.control;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OrdersTest
{
    private final ControlState state = new ControlState();

    @Test
    void shouldLetANodeGoAsLongAsThereIsAnother()
    {
        found(1);
        join("a");
        assertTrue(Orders.againstLeaving(state.view(), 0, life(0)).contains("last node"));
        join("b");
        assertNull(Orders.againstLeaving(state.view(), 0, life(0)));
        state.apply(new ControlCommand.Leave(1, life(1)), 0);
        assertNull(Orders.againstLeaving(state.view(), 1, life(1)));
        assertTrue(Orders.againstLeaving(state.view(), 0, life(0)).contains("last node"));
    }

    @Test
    void shouldKeepAsManyNodesAsAWriteNeeds()
    {
        found(2);
        join("a");
        join("b");
        assertTrue(Orders.againstLeaving(state.view(), 0, life(0)).contains("min.in.sync"));
        join("c");
        assertNull(Orders.againstLeaving(state.view(), 0, life(0)));
        state.apply(new ControlCommand.Absence(2, life(2), true), 0);
        assertNotNull(Orders.againstLeaving(state.view(), 0, life(0)));
    }

    @Test
    void shouldTouchNoOtherLifeOfANode()
    {
        found(1);
        join("a");
        join("b");
        assertNotNull(Orders.againstLeaving(state.view(), 0, life(0) + 1));
        assertNotNull(Orders.againstLeaving(state.view(), 2, 1));
        assertNotNull(Orders.againstLeaving(state.view(), -1, 1));
        assertNotNull(Orders.againstDeath(state.view(), 0, life(0) + 1));
    }

    @Test
    void shouldTakeNobodyForDeadWhoIsNotAbsent()
    {
        found(1);
        join("a");
        join("b");
        assertTrue(Orders.againstDeath(state.view(), 1, life(1)).contains("it is live"));
        state.apply(new ControlCommand.Absence(1, life(1), true), 0);
        assertNull(Orders.againstDeath(state.view(), 1, life(1)));
    }

    @Test
    void shouldHaveWordsForEveryAnswer()
    {
        for (final ControlCode code : ControlCode.values())
        {
            assertEquals(false, Orders.meaningOf(code).isEmpty());
        }
    }

    private void found(final int minInSync)
    {
        state.apply(new ControlCommand.Found(new GridSettings(
            4, 2, minInSync, 10, 128, 1024, GridSettings.ALONE_LEASE_NS)), 0);
    }

    private void join(final String key)
    {
        state.apply(new ControlCommand.Join(key, "", 1, "", 1, 1, 0), 0);
    }

    private long life(final int member)
    {
        return state.view().members().get(member).incarnation();
    }
}
