package io.peregrine.node.remote;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Locks without waiting where a lane has little memory for what is not answered yet.
 */
@Timeout(300)
class NarrowLaneTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final long MEMORY = 16 << 10;
    private static final int LENGTH = 255;
    private static final int CALLS = 500;
    private static final int LINES = 50;

    private static <T> T join(final CompletionStage<T> stage)
    {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static String name(final int number)
    {
        final String text = Integer.toString(number);
        return "n".repeat(LENGTH - text.length()) + text;
    }

    @Test
    void shouldServeOthersWhileAnswersAreHeldBack()
    {
        try (Served served = new Served();
            GridClient client = GridClient.connect(served.context(false).set(ClientSettings.LANE_MEMORY, MEMORY)))
        {
            final LockLease[] held = new LockLease[LINES];
            final CompletionStage<?>[] waiting = new CompletionStage<?>[LINES];
            for (int i = 0; i < LINES; i++)
            {
                final GridLock line = client.grid().lock(name(i));
                held[i] = line.acquire(LONG);
                waiting[i] = line.async().acquire(LONG);
                Served.await("one waits", () -> line.show().waiters() == 1);
            }

            final GridLock other = client.grid().lock(name(LINES));
            for (int i = 0; i < CALLS; i++)
            {
                join(join(other.async().acquire(LONG)).async().release());
            }
            for (int i = 0; i < LINES; i++)
            {
                held[i].release();
                join(waiting[i]);
            }
        }
    }
}
