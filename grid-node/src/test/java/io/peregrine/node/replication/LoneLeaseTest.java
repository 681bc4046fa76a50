package io.peregrine.node.replication;

import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.GridSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

class LoneLeaseTest
{
    private static final long LEASE = 4_000;

    private final ControlState state = new ControlState();
    private LoneLease lease;
    private long incarnation;
    private long nowNs = -1_000_000;

    @BeforeEach
    void setUp()
    {
        state.apply(new ControlCommand.Found(new GridSettings(1, 2, 1, 3, 100, 100, LEASE)), 0);
        incarnation = state.apply(new ControlCommand.Join("a", "", 1, "", 1, 7, 0), 0).version();
        lease = new LoneLease(new Self(0, incarnation, 0));
        lease.onControl(state.view());
    }

    @Test
    void shouldCountFromWhenItAsked()
    {
        lease.want(true);
        final ControlCommand question = lease.question(nowNs);
        assertEquals(new ControlCommand.StayAlone(0, incarnation, nowNs), question);
        assertEquals(Leases.NONE, lease.untilNs());
        state.apply(question, 77_000);
        lease.onControl(state.view());
        assertEquals(nowNs + LEASE, lease.untilNs());
    }

    @Test
    void shouldAskAgainInTimeAndSoonerWhenNothingComes()
    {
        assertNull(lease.question(nowNs));
        lease.want(true);
        final ControlCommand first = lease.question(nowNs);
        assertNull(lease.question(nowNs + LEASE / 40 - 1));
        assertNotNull(lease.question(nowNs + LEASE / 40));
        state.apply(first, 0);
        lease.onControl(state.view());
        assertNotNull(lease.question(nowNs + LEASE / 20), "what was asked last is not answered");
        state.apply(new ControlCommand.StayAlone(0, incarnation, nowNs + LEASE / 20), 0);
        lease.onControl(state.view());
        assertNull(lease.question(nowNs + LEASE / 20 + LEASE / 4 - 1));
        assertNotNull(lease.question(nowNs + LEASE / 20 + LEASE / 4));
        lease.want(false);
        assertNull(lease.question(nowNs + 2 * LEASE));
    }

    @Test
    void shouldTakeWhatAnotherAgentOfTheNodeAskedFor()
    {
        state.apply(new ControlCommand.StayAlone(0, incarnation, nowNs + 5), 0);
        lease.onControl(state.view());
        assertEquals(nowNs + 5 + LEASE, lease.untilNs());
    }

    @Test
    void shouldHaveNoneWhenItsLifeIsOver()
    {
        state.apply(new ControlCommand.StayAlone(0, incarnation, nowNs), 0);
        lease.onControl(state.view());
        state.apply(new ControlCommand.DeclareDead(0, incarnation), 0);
        lease.onControl(state.view());
        assertEquals(Leases.NONE, lease.untilNs());
    }
}
