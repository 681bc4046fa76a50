package io.peregrine.node.partition;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CommitRuleTest
{
    private final CommitRule rule = new CommitRule(1);

    @Test
    void shouldCommitAtOnceWhenAlone()
    {
        rule.decided(new int[]{0}, 0);
        rule.onAppended(0, 5);
        assertEquals(5, rule.committed());
    }

    @Test
    void shouldWaitForEveryMember()
    {
        rule.decided(new int[]{0, 1, 2}, 0);
        rule.onAppended(0, 5);
        rule.onAppended(1, 4);
        assertEquals(0, rule.committed());
        rule.onAppended(2, 3);
        assertEquals(3, rule.committed());
    }

    @Test
    void shouldNeedProposedMemberUntilDecided()
    {
        rule.decided(new int[]{0}, 0);
        rule.onAppended(0, 5);
        rule.proposedAddition(1, 5);
        rule.onAppended(0, 6);
        assertEquals(5, rule.committed());
        rule.decided(new int[]{0, 1}, 0);
        assertEquals(5, rule.committed());
        rule.onAppended(1, 6);
        assertEquals(6, rule.committed());
    }

    @Test
    void shouldCountMemberUntilItsRemovalIsDecided()
    {
        rule.decided(new int[]{0, 1}, 0);
        rule.onAppended(0, 5);
        assertEquals(0, rule.committed());
        rule.decided(new int[]{0}, 0);
        assertEquals(5, rule.committed());
    }

    @Test
    void shouldCommitNothingBelowLeastSize()
    {
        final CommitRule two = new CommitRule(2);
        two.decided(new int[]{0}, 0);
        two.onAppended(0, 5);
        assertFalse(two.hasQuorum());
        assertEquals(0, two.committed());
        two.proposedAddition(1, 5);
        two.onAppended(0, 6);
        two.onAppended(1, 6);
        assertEquals(0, two.committed());
        two.decided(new int[]{0, 1}, 0);
        assertTrue(two.hasQuorum());
        assertEquals(6, two.committed());
    }

    @Test
    void shouldIgnoreStrangersAndNumbersThatGoBack()
    {
        rule.decided(new int[]{0, 1}, 0);
        rule.onAppended(7, 100);
        rule.onAppended(0, 5);
        rule.onAppended(1, 5);
        rule.onAppended(1, 3);
        assertEquals(5, rule.committed());
    }
}
