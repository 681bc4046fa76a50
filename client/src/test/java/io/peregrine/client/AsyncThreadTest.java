package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AsyncThreadTest
{
    @Test
    void shouldEndTheThreadWhenTheNodeClosesAndNobodyClosesTheGrid() throws InterruptedException
    {
        final FakePort port = new FakePort(4);
        final AsyncGridMap<String, Long> async =
            Grids.over(port, TimeUnit.SECONDS.toNanos(100)).map("m", Codecs.STRING, Codecs.LONG).async();
        final Thread[] thread = new Thread[1];
        async.addAndGet("n", 1).thenRunAsync(() -> thread[0] = Thread.currentThread()).toCompletableFuture().join();
        port.closed = true;
        thread[0].join(TimeUnit.SECONDS.toMillis(100));
        assertFalse(thread[0].isAlive());
    }
}
