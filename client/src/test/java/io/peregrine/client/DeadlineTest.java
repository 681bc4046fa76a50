package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DeadlineTest
{
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final long LIMIT_S = 60;

    private final FakePort port = new FakePort(4);
    private final Grid grid = Grids.over(port, TimeUnit.HOURS.toNanos(1), 1_000_000_000L);
    private final GridMap<String, String> map = grid.map("map", Codecs.STRING, Codecs.STRING);

    @Test
    void shouldEndACallAtItsOwnDeadlineWhenTheMapHasAnother()
    {
        port.stopped = true;
        final OutcomeUnknownException ex =
            assertThrows(OutcomeUnknownException.class, () -> map.within(SHORT).put("key", "value"));
        assertEquals(ErrorCode.TIMEOUT, ex.code());
        assertTrue(ex.getMessage().contains("0.02s"), ex.getMessage());
    }

    @Test
    void shouldKeepTheDeadlineOfTheMapItself() throws Exception
    {
        port.stopped = true;
        assertThrows(OutcomeUnknownException.class, () -> map.within(SHORT).put("key", "1"));
        final Thread thread = new Thread(() -> map.put("key", "2"));
        thread.start();
        thread.join(200);
        assertTrue(thread.isAlive());
        port.stopped = false;
        thread.join();
        assertEquals("2", map.get("key"));
    }

    @Test
    void shouldEndLaterCallsFirstWhenTheirDeadlinesAreEarlier() throws Exception
    {
        port.stopped = true;
        final CompletableFuture<String> patient = map.async().get("a").toCompletableFuture();
        final CompletableFuture<String> hasty = map.async().within(SHORT).get("b").toCompletableFuture();
        final ExecutionException ex =
            assertThrows(ExecutionException.class, () -> hasty.get(LIMIT_S, TimeUnit.SECONDS));
        assertInstanceOf(OutcomeUnknownException.class, ex.getCause());
        assertTrue(!patient.isDone());
        port.stopped = false;
        assertNull(patient.get(LIMIT_S, TimeUnit.SECONDS));
    }

    @Test
    void shouldEndBatchAndFlyweightAtTheirDeadlines()
    {
        port.local = false;
        final GridMap<String, String> hasty = grid.map("other", Codecs.STRING, Codecs.STRING).within(SHORT);
        final FlyweightMap flyweight = hasty.flyweight();
        port.stopped = true;
        assertThrows(OutcomeUnknownException.class,
            () -> grid.batch().within(SHORT).put(hasty, "key", "value").execute());
        assertThrows(OutcomeUnknownException.class, () -> flyweight.remove(
            new UnsafeBuffer(new byte[4]), 0, 4));
        assertThrows(OutcomeUnknownException.class, hasty::sizeAsLong);
    }

    @Test
    void shouldGiveACallUpWhenItsFutureIsCancelled() throws Exception
    {
        port.stopped = true;
        final CompletableFuture<String> cancelled = map.async().put("key", "1").toCompletableFuture();
        final CompletableFuture<String> kept = map.async().put("other", "2").toCompletableFuture();
        assertTrue(cancelled.cancel(true));
        port.stopped = false;
        assertNull(kept.get(LIMIT_S, TimeUnit.SECONDS));
        for (int i = 0; i < 1_000; i++)
        {
            final CompletableFuture<String> next = map.async().put("key", "3").toCompletableFuture();
            assertEquals(i % 2 == 0, i % 2 == 0 && next.cancel(true) || i % 2 == 0 && next.isDone());
        }
        assertNull(map.async().put("last", "4").toCompletableFuture().get(LIMIT_S, TimeUnit.SECONDS));
    }

    @Test
    void shouldRefuseATimeThatIsNone()
    {
        assertEquals(ErrorCode.ARGUMENT_INVALID,
            assertThrows(FailedException.class, () -> map.within(Duration.ZERO)).code());
        assertEquals(ErrorCode.ARGUMENT_INVALID,
            assertThrows(FailedException.class, () -> map.async().within(Duration.ofSeconds(-1))).code());
    }
}
