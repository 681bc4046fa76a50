package io.peregrine.perf.copies;

import io.peregrine.node.partition.CopyState;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class CopyLineTest
{
    @Test
    void shouldReadWhatWasWritten()
    {
        final List<CopyState> states = List.of(
            new CopyState(0, true, Long.MAX_VALUE, -1), new CopyState(255, false, 1, Long.MIN_VALUE));

        assertEquals(states, CopyLine.read(CopyLine.write(states)));
        assertEquals(List.of(), CopyLine.read(CopyLine.write(List.of())));
    }
}
