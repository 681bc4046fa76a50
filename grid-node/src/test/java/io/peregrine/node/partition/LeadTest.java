package io.peregrine.node.partition;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.Change;
import io.peregrine.node.control.Replica;
import io.peregrine.node.replication.Leases;
import io.peregrine.node.replication.Replication;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.node.replication.Rules;
import io.peregrine.storage.log.Sequences;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LeadTest
{
    private static final Replica SELF = new Replica(0, 3);
    private static final Replica OTHER = new Replica(1, 4);

    private final Replication replication = new Replication(
        ReplicationSettings.defaults(), new Rules(), (memberId, agent) -> null, new DeafControl(), () -> 1_000);
    private final Lead lead = new Lead(replication);

    @Test
    void shouldNeedTheLeaseOfWhomItProposesBeforeTheProposalLeaves()
    {
        begin(1, Sequences.NONE);
        lead.refreshLease(new LoneOnly());
        assertTrue(lead.mayAnswer());
        lead.followers().addLearner(OTHER, 0, Sequences.NONE, 1, 0);
        lead.onProposed(new Change(0, 5, 0, List.of(SELF, OTHER)));
        assertFalse(lead.mayAnswer(), "the one who is to be added may lead as soon as that is decided");
    }

    @Test
    void shouldMakeFormerTermsEverybodysWithoutCopiesEnough()
    {
        final long former = Sequences.of(4, 7);
        begin(2, former);
        assertTrue(lead.owesEntry());
        assertEquals(Sequences.NONE, lead.committed(former));
        final long entry = Sequences.of(5, 8);
        lead.onEntry(entry);
        assertEquals(entry, lead.committed(entry));
        assertTrue(lead.isReconciled(entry));
        assertEquals(entry, lead.committed(Sequences.of(5, 9)), "one that a caller waits for");
    }

    private void begin(final int minInSync, final long last)
    {
        final Assignment assignment = new Assignment(5, 0, List.of(SELF), 0);
        lead.begin(assignment, 0, memberId -> 0, minInSync, true, last, 0);
    }

    /**
     * The lone lease holds, and nobody gave another.
     */
    private static final class LoneOnly implements Leases
    {
        @Override
        public long leaseUntilNs(final int memberId, final int agent)
        {
            return NONE;
        }

        @Override
        public long grantOverNs(final int memberId, final int agent)
        {
            return NONE;
        }

        @Override
        public long heardNs(final int memberId, final int agent)
        {
            return NONE;
        }

        @Override
        public long room(final int memberId, final int agent)
        {
            return 0;
        }

        @Override
        public long loneUntilNs()
        {
            return 1_000_000;
        }
    }
}
