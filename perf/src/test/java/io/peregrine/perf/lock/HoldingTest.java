package io.peregrine.perf.lock;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HoldingTest
{
    private final List<Holding> here = List.of(
        new Holding(10, 100, 200, true), new Holding(30, 500, 600, false), new Holding(40, 700, 800, true));
    private final List<Holding> there = List.of(new Holding(20, 250, 400, true), new Holding(50, 830, 900, false));

    @Test
    void shouldTimeFromTheReleaseOfOneToTheOther()
    {
        assertEquals(List.of(50L, 100L, 30L), Holding.handOvers(here, there));
        assertEquals(List.of(50L, 100L, 30L), Holding.handOvers(there, here));
    }

    @Test
    void shouldNotCountWhereNobodyWasInLineOrTheSameOneTookItAgain()
    {
        assertTrue(Holding.handOvers(here, List.of()).isEmpty());
        assertTrue(Holding.handOvers(here.subList(1, 2), there.subList(1, 2)).isEmpty());
    }

    @Test
    void shouldReadWhatItWrote()
    {
        assertEquals(here, Holding.read(Holding.write(here)));
        assertTrue(Holding.read(Holding.write(List.of())).isEmpty());
    }
}
