package io.peregrine.node.cluster;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

@Tag("long")
class ControlIdleTest
{
    private boolean hasNews;
    private final ControlIdle idle = new ControlIdle(() -> hasNews);

    @Test
    void shouldSleepLongerWhenThereWasNoNewsForAWhile()
    {
        beWithoutNews();
        assertEquals(ControlIdle.LONG_NS, idle.nextNs());
    }

    @Test
    void shouldSleepShortlyAfterNewsAlsoWhereThereIsOtherWork()
    {
        beWithoutNews();
        idle.idle(1);
        assertEquals(ControlIdle.LONG_NS, idle.nextNs());
        hasNews = true;
        idle.idle(1);
        hasNews = false;
        assertEquals(ControlIdle.SHORT_NS, idle.nextNs());
    }

    private void beWithoutNews()
    {
        for (int i = 0; i < ControlIdle.ATTENTIVE; i++)
        {
            assertEquals(ControlIdle.SHORT_NS, idle.nextNs());
            idle.idle(0);
        }
    }
}
