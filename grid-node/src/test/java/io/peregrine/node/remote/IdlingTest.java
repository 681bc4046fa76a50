package io.peregrine.node.remote;

import io.peregrine.client.Codecs;
import io.peregrine.client.Grid;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridMap;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.function.Supplier;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A caller that waits begins each wait anew: with the shortest rest, whatever it went through before.
 */
@Timeout(120)
class IdlingTest
{
    private static final int CALLS = 300;

    private final ThreadLocal<Resting> mine = new ThreadLocal<>();
    private final Supplier<IdleStrategy> strategies = () ->
    {
        mine.set(new Resting());
        return mine.get();
    };

    @Test
    void shouldBeginEachWaitAnewWhenANodeIsReachedThroughMemory()
    {
        try (Served served = new Served();
            GridClient client = GridClient.connect(served.context(true).idleStrategies(strategies)))
        {
            call(client.grid());
        }
    }

    @Test
    void shouldBeginEachWaitAnewWhenTheNodeIsEmbedded()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INLINE).idleStrategies(strategies)))
        {
            call(node.grid());
        }
    }

    private void call(final Grid grid)
    {
        final GridMap<String, String> map = grid.map("idling", Codecs.STRING, Codecs.STRING);
        for (int i = 0; i < CALLS; i++)
        {
            map.set("key", "value");
        }

        assertTrue(mine.get().resets >= CALLS, () -> mine.get().resets + " waits began anew");
    }

    /**
     * Yields, and counts how often it is told to begin anew.
     */
    private static final class Resting implements IdleStrategy
    {
        private int resets;

        @Override
        public void idle(final int workCount)
        {
            if (workCount > 0)
            {
                return;
            }

            idle();
        }

        @Override
        public void idle()
        {
            Thread.yield();
        }

        @Override
        public void reset()
        {
            resets++;
        }
    }
}
