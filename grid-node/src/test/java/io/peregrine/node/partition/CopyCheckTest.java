package io.peregrine.node.partition;

import io.peregrine.node.partition.CopyCheck.Finding;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CopyCheckTest
{
    private static final CopyState PRIMARY = new CopyState(0, true, 7, 99);
    private static final CopyState BACKUP = new CopyState(0, false, 7, 99);

    @Test
    void shouldFindCopiesEqualThatAppliedTheSameAndHoldTheSame()
    {
        assertEquals(Finding.EQUAL, check(PRIMARY, BACKUP).finding());
        assertEquals("", check(PRIMARY, BACKUP).because());
    }

    @Test
    void shouldLookAgainWhereACopyIsMissingOrBehindOrNobodyLeads()
    {
        assertEquals(Finding.APART, check(PRIMARY).finding());
        assertEquals(Finding.APART, check(BACKUP, BACKUP).finding());
        assertEquals(Finding.APART, check(PRIMARY, PRIMARY).finding());
        assertEquals(Finding.APART, check(PRIMARY, new CopyState(0, false, 6, 98)).finding());
        assertEquals(Finding.APART, CopyCheck.of(List.of(PRIMARY, BACKUP), 2, 2).finding());
    }

    @Test
    void shouldFindOutCopiesThatAppliedTheSameAndHoldSomethingElse()
    {
        final CopyState other = new CopyState(0, false, 7, 98);

        assertEquals(Finding.UNEQUAL, check(PRIMARY, other).finding());
        assertEquals(Finding.UNEQUAL, check(BACKUP, other, new CopyState(0, true, 8, 1)).finding());
        assertTrue(check(PRIMARY, other).because().contains("partition 0"));
    }

    private static CopyCheck check(final CopyState... states)
    {
        return CopyCheck.of(List.of(states), 1, 2);
    }
}
