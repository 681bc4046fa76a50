package io.peregrine.node.api;

import io.peregrine.client.AsyncGridCounter;
import io.peregrine.client.Codecs;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.Grid;
import io.peregrine.client.GridCounter;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static io.peregrine.node.api.Apis.assertThrowsCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Counters of an embedded node, and the names that are kept for them and their like.
 */
@Timeout(180)
class CountersTest
{
    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
    private final Grid grid = node.grid();
    private final GridCounter counter = grid.counter("trades");

    @AfterEach
    void close()
    {
        node.close();
    }

    private static <T> T get(final CompletionStage<T> stage)
    {
        try
        {
            return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        catch (final InterruptedException | ExecutionException | TimeoutException ex)
        {
            throw new AssertionError("no result", ex);
        }
    }

    @Test
    void shouldCountForAllHandlesOfTheName()
    {
        assertEquals("trades", counter.name());
        assertEquals(0, counter.get());
        assertEquals(1, counter.incrementAndGet());
        assertEquals(1, grid.counter("trades").getAndAdd(10));
        assertEquals(9, counter.addAndGet(-2));
        assertEquals(9, counter.get());
        assertEquals(0, grid.counter("other").get());
        counter.set(-3);
        assertEquals(-3, counter.getAndAdd(-4));
        counter.set(0);
        assertEquals(0, counter.get());
        counter.set(Long.MIN_VALUE);
        assertEquals(Long.MIN_VALUE, counter.getAndAdd(Long.MAX_VALUE));
        assertEquals(-1, counter.get());
    }

    @Test
    void shouldCompareWithWhatIsThereOrZero()
    {
        assertFalse(counter.compareAndSet(1, 2));
        assertTrue(counter.compareAndSet(0, 7));
        assertFalse(counter.compareAndSet(0, 8));
        assertTrue(counter.compareAndSet(7, 0));
        assertEquals(0, counter.get());
        assertTrue(counter.compareAndSet(0, 0));
        assertTrue(counter.compareAndSet(0, 5));
        assertEquals(5, counter.get());
        assertFalse(counter.compareAndSet(6, 5));
    }

    @Test
    void shouldDoTheSameWithoutWaiting()
    {
        final AsyncGridCounter async = counter.async();
        assertEquals(0, get(async.get()));
        assertFalse(get(async.compareAndSet(1, 2)));
        assertTrue(get(async.compareAndSet(0, 7)));
        assertFalse(get(async.compareAndSet(0, 8)));
        assertEquals(8, get(async.incrementAndGet()));
        assertEquals(8, get(async.getAndAdd(2)));
        assertTrue(get(async.compareAndSet(10, 0)));
        assertTrue(get(async.compareAndSet(0, 3)));
        assertEquals(3, get(async.get()));
        get(async.set(0));
        assertEquals(0, get(async.get()));
        get(async.set(9));
        assertEquals(9, counter.get());
    }

    @Test
    void shouldRefuseToWrap()
    {
        counter.set(Long.MAX_VALUE);
        assertThrowsCode(FailedException.class, ErrorCode.OVERFLOW, counter::incrementAndGet);
        assertThrowsCode(FailedException.class, ErrorCode.OVERFLOW, () -> counter.getAndAdd(Long.MAX_VALUE));
        assertEquals(Long.MAX_VALUE, counter.get());
    }

    @Test
    void shouldKeepTheMapBehindItFromUsers()
    {
        counter.incrementAndGet();
        assertEquals(List.of(), grid.mapNames());
        for (final String name : List.of("$peregrine.values", "$peregrine.", "$peregrine.x"))
        {
            assertThrowsCode(FailedException.class, ErrorCode.NAME_INVALID,
                () -> grid.map(name, Codecs.STRING, Codecs.STRING));
            assertThrowsCode(FailedException.class, ErrorCode.NAME_INVALID, () -> grid.flyweightMap(name));
            assertThrowsCode(FailedException.class, ErrorCode.NAME_INVALID, () -> grid.lock(name));
        }
        grid.map("$peregrine", Codecs.STRING, Codecs.STRING).set("counter/trades", "mine");
        grid.lock("x$peregrine.").acquire(Duration.ofHours(1)).release();
        assertEquals(1, counter.get());
    }

    @Test
    void shouldTakeNamesUpToTheLimit()
    {
        assertEquals(1, grid.counter("x".repeat(200)).incrementAndGet());
        assertEquals(1, grid.counter("{a}{").incrementAndGet());
        for (final String name : List.of("", "x".repeat(201), "\u00e9".repeat(101), "a\nb", "\ud800"))
        {
            assertThrowsCode(FailedException.class, ErrorCode.NAME_INVALID, () -> grid.counter(name));
        }
        assertThrows(NullPointerException.class, () -> grid.counter(null));
    }

    @Test
    void shouldFailOnceTheGridIsClosed()
    {
        node.close();
        assertThrowsCode(FailedException.class, ErrorCode.CLOSED, counter::get);
        assertThrowsCode(FailedException.class, ErrorCode.CLOSED, counter::incrementAndGet);
    }
}
