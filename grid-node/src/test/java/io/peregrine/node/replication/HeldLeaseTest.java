package io.peregrine.node.replication;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class HeldLeaseTest
{
    private static final long LEASE = 400;

    private final HeldLease lease = new HeldLease(new Rules(), LEASE);

    @Test
    void shouldCountFromWhenTheBeatWasSent()
    {
        assertEquals(Leases.NONE, lease.untilNs());
        lease.onAnswer(1_000, 1_300, 7, 7);
        assertEquals(1_000 + LEASE, lease.untilNs());
    }

    @Test
    void shouldNotEndEarlierWhenAnOlderAnswerComesLate()
    {
        lease.onAnswer(1_000, 1_010, 7, 7);
        lease.onAnswer(900, 1_020, 7, 7);
        assertEquals(1_000 + LEASE, lease.untilNs());
    }

    @Test
    void shouldCountAnswersOfLaterVersionsOnlyWhenTheyAreApplied()
    {
        lease.onAnswer(1_000, 1_010, 8, 7);
        lease.onAnswer(1_100, 1_110, 9, 7);
        lease.onAnswer(1_200, 1_210, 9, 7);
        assertEquals(Leases.NONE, lease.untilNs());
        assertEquals(1_200 + LEASE, lease.expectedUntilNs());
        lease.onApplied(8);
        assertEquals(1_000 + LEASE, lease.untilNs());
        lease.onApplied(9);
        assertEquals(1_200 + LEASE, lease.untilNs());
    }

    @Test
    void shouldKeepTheNewestAndTheSoonestWhenVersionsRunAhead()
    {
        for (int i = 1; i <= 20; i++)
        {
            lease.onAnswer(1_000 + i, 1_000 + i, 7 + i, 7);
        }
        lease.onApplied(8);
        assertEquals(1_001 + LEASE, lease.untilNs());
        lease.onApplied(26);
        assertEquals(1_003 + LEASE, lease.untilNs());
        lease.onApplied(27);
        assertEquals(1_020 + LEASE, lease.untilNs());
    }

    @Test
    void shouldForgetWhatAFormerLifeGave()
    {
        lease.onAnswer(1_000, 1_010, 7, 7);
        lease.onAnswer(1_100, 1_110, 8, 7);
        lease.reset();
        lease.onApplied(8);
        assertEquals(Leases.NONE, lease.untilNs());
    }
}
