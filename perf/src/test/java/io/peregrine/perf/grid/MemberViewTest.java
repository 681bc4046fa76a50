package io.peregrine.perf.grid;

import io.peregrine.node.control.Assignment;
import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class MemberViewTest
{
    private static final int COPIES = 2;

    private static BitSet nodes(final int... numbers)
    {
        final BitSet set = new BitSet();
        for (final int number : numbers)
        {
            set.set(number);
        }

        return set;
    }

    private static MemberView view(final MemberView.Place... places)
    {
        return new MemberView(-5, 7, true, 9, List.of(places));
    }

    @Test
    void shouldReadWhatItWrote()
    {
        final MemberView view = view(
            new MemberView.Place(2, nodes(0, 2), nodes(1, 2), 1),
            new MemberView.Place(Assignment.NO_MEMBER, nodes(), nodes(), Assignment.NO_MEMBER));

        assertEquals(view, MemberView.read(view.line()));
    }

    @Test
    void shouldBeSettledWhenEachPartitionIsWhereItIsToBe()
    {
        assertTrue(view(new MemberView.Place(1, nodes(1, 2), nodes(1, 2), 1)).isSettled(COPIES));
    }

    @Test
    void shouldNotBeSettledBeforeAnyPartitionIsPlaced()
    {
        assertFalse(view().isSettled(COPIES));
    }

    @Test
    void shouldNotBeSettledWhileACopyIsMissing()
    {
        assertFalse(view(new MemberView.Place(1, nodes(1), nodes(1, 2), 1)).isSettled(COPIES));
        assertFalse(view(new MemberView.Place(1, nodes(1), nodes(1), 1)).isSettled(COPIES));
    }

    @Test
    void shouldNotBeSettledWhileAnotherOneLeads()
    {
        assertFalse(view(new MemberView.Place(2, nodes(1, 2), nodes(1, 2), 1)).isSettled(COPIES));
    }
}
