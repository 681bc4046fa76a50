package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsyncMapTest
{
    private static final long LIMIT = 100;

    private final FakePort port = new FakePort(4);
    private final Grid grid = Grids.over(port, TimeUnit.SECONDS.toNanos(LIMIT), 1_000_000_000L);
    private final GridMap<String, Long> map = grid.map("m", Codecs.STRING, Codecs.LONG);
    private final AsyncGridMap<String, Long> async = map.async();

    @AfterEach
    void close()
    {
        grid.close();
    }

    @Test
    void shouldCompleteWithWhatTheBlockingMapReturns()
    {
        assertNull(join(async.put("a", 1L)));
        assertEquals(1L, join(async.put("a", 2L)));
        assertEquals(2L, join(async.get("a")));
        assertNull(join(async.get("b")));
        assertEquals(2L, join(async.putIfAbsent("a", 3L)));
        assertEquals(7L, join(async.addAndGet("a", 5)));
        assertTrue(join(async.replace("a", 7L, 8L)));
        final Versioned<Long> versioned = join(async.getVersioned("a"));
        assertEquals(0L, join(async.replaceIfVersion("a", versioned.version() + 1, 9L)));
        assertTrue(join(async.replaceIfVersion("a", versioned.version(), 9L)) > versioned.version());
        assertTrue(join(async.touch("a", Expiry.NEVER)));
        assertEquals(9L, join(async.remove("a")));
        assertEquals(false, join(async.delete("a")));
    }

    @Test
    void shouldKeepTheOrderOfOneCaller()
    {
        final List<CompletionStage<Long>> sums = new ArrayList<>();
        for (int i = 0; i < 1000; i++)
        {
            sums.add(async.addAndGet("n", 1));
        }
        for (int i = 0; i < 1000; i++)
        {
            assertEquals(i + 1, join(sums.get(i)));
        }
    }

    @Test
    void shouldCallBackOnTheThreadOfTheGridOnly()
    {
        port.stopped = true;
        final CompletionStage<String> plain = async.put("a", 1L).thenApply((old) -> Thread.currentThread().getName());
        final CompletionStage<String> other =
            async.put("a", 1L).thenApplyAsync((old) -> Thread.currentThread().getName());
        port.stopped = false;
        assertEquals("peregrine-async", join(plain));
        assertEquals("peregrine-async", join(other));
        assertEquals("peregrine-async", join(async.get("a").thenApplyAsync((v) -> 1)
            .thenApplyAsync((v) -> Thread.currentThread().getName())));
    }

    @Test
    void shouldCompleteExceptionallyWithTypedErrors()
    {
        join(async.set("a", Long.MAX_VALUE));
        final CompletionException ex =
            assertThrows(CompletionException.class, () -> join(async.addAndGet("a", 1)));
        assertEquals(ErrorCode.OVERFLOW, assertInstanceOf(FailedException.class, ex.getCause()).code());
        map.destroy();
        final CompletionException destroyed = assertThrows(CompletionException.class, () -> join(async.get("a")));
        assertEquals(ErrorCode.DESTROYED, assertInstanceOf(FailedException.class, destroyed.getCause()).code());
    }

    @Test
    void shouldRefuseAtOnceWhenTooMuchIsInFlight()
    {
        port.stopped = true;
        final List<CompletionStage<Long>> stages = new ArrayList<>();
        ErrorCode refused = null;
        while (refused == null)
        {
            final CompletionStage<Long> stage = async.addAndGet("n", 1);
            stages.add(stage);
            refused = stage.toCompletableFuture().isCompletedExceptionally() ? code(stage) : null;
        }
        assertEquals(ErrorCode.TOO_MANY_IN_FLIGHT, refused);
        port.stopped = false;
        assertEquals(stages.size() - 1, join(stages.get(stages.size() - 2)));
    }

    @Test
    void shouldRefuseWhatFindsNoRoomInTimeAndNotKnowTheOutcomeOfWhatHasNoAnswer()
    {
        port.maxInFlight = 1;
        port.stopped = true;
        final Grid hasty = Grids.over(port, 1_000_000, 1_000_000_000L);
        final AsyncGridMap<String, Long> narrow = openWhileStopped(hasty).async();
        final CompletionStage<Long> first = narrow.addAndGet("n", 1);
        final CompletionStage<Long> second = narrow.addAndGet("n", 1);
        assertEquals(ErrorCode.TIMEOUT, code(first));
        assertEquals(ErrorCode.BACK_PRESSURE, code(second));
        hasty.close();
    }

    private GridMap<String, Long> openWhileStopped(final Grid hasty)
    {
        port.stopped = false;
        final GridMap<String, Long> opened = hasty.map("m", Codecs.STRING, Codecs.LONG);
        port.stopped = true;
        return opened;
    }

    @Test
    void shouldNotKnowTheOutcomeOfWhatIsInFlightWhenItIsClosed()
    {
        port.stopped = true;
        final CompletionStage<Long> stage = async.addAndGet("n", 1);
        grid.close();
        assertEquals(ErrorCode.CLOSED, code(stage));
    }

    private static ErrorCode code(final CompletionStage<?> stage)
    {
        final ExecutionException ex = assertThrows(
            ExecutionException.class, () -> stage.toCompletableFuture().get(LIMIT, TimeUnit.SECONDS));
        return assertInstanceOf(GridException.class, ex.getCause()).code();
    }

    private static <T> T join(final CompletionStage<T> stage)
    {
        return stage.toCompletableFuture().orTimeout(LIMIT, TimeUnit.SECONDS).join();
    }
}
