package io.peregrine.perf.grid;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Replica;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SettlingTest
{
    private static final int COPIES = 2;

    private static Assignment held(final int primary, final int... members)
    {
        return new Assignment(
            3, primary, IntStream.of(members).mapToObj((member) -> new Replica(member, 10 + member)).toList(), 0);
    }

    private static Settling look(final List<Assignment> assignments, final List<List<Integer>> plan)
    {
        return Settling.of(
            new ControlView(1, 0, 1, null, List.of(), assignments, plan, ControlView.EMPTY.structures()), COPIES, -5);
    }

    @Test
    void shouldReadWhatItWrote()
    {
        final Settling settling = new Settling(-5, 7, 256);
        assertEquals(settling, Settling.read(settling.line()));
    }

    @Test
    void shouldBeOverWhenEachPartitionIsWhereItIsToBe()
    {
        final Settling settling = look(List.of(held(1, 1, 2), held(2, 1, 2)), List.of(List.of(1, 2), List.of(2, 1)));
        assertEquals(new Settling(-5, 2, 2), settling);
        assertTrue(settling.isOver());
    }

    @Test
    void shouldNotBeOverBeforeAnyPartitionIsPlanned()
    {
        assertFalse(look(List.of(), List.of()).isOver());
        assertFalse(look(List.of(Assignment.UNPLACED), List.of()).isOver());
        assertFalse(look(List.of(Assignment.UNPLACED), List.of(List.of())).isOver());
    }

    @Test
    void shouldNotCountWhatLacksACopyOrHasOneTooMany()
    {
        assertFalse(look(List.of(held(1, 1)), List.of(List.of(1, 2))).isOver());
        assertFalse(look(List.of(held(1, 1)), List.of(List.of(1))).isOver());
        assertFalse(look(List.of(held(1, 1, 2, 3)), List.of(List.of(1, 2))).isOver());
    }

    @Test
    void shouldNotCountWhatIsElsewhereOrLedByAnother()
    {
        assertFalse(look(List.of(held(1, 1, 3)), List.of(List.of(1, 2))).isOver());
        assertFalse(look(List.of(held(2, 1, 2)), List.of(List.of(1, 2))).isOver());
        assertEquals(1, look(
            List.of(held(2, 1, 2), held(1, 1, 2)), List.of(List.of(1, 2), List.of(1, 2))).settled());
    }
}
