package io.peregrine.perf.grid;

import io.peregrine.node.control.Assignment;
import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class MemberViewTest
{
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
            new MemberView.Place(2, nodes(0, 2)),
            new MemberView.Place(Assignment.NO_MEMBER, nodes()));

        assertEquals(view, MemberView.read(view.line()));
    }
}
