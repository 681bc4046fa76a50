package io.peregrine.node.remote;

import io.peregrine.client.Codecs;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridMap;
import io.peregrine.client.LockLease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Writes with fences of clients that are connected over the network.
 */
@Timeout(240)
class RemoteFencesTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Served served = new Served();
    private final GridClient first = served.connect();
    private final GridClient second = served.connect();

    @AfterEach
    void close()
    {
        first.close();
        second.close();
        served.close();
    }

    private static GridMap<String, String> map(final GridClient client, final String name)
    {
        return client.grid().map(name, Codecs.STRING, Codecs.STRING);
    }

    @Test
    void shouldRefuseWritesOfAClientThatHasLostItsLockAndTellItSo()
    {
        final GridMap<String, String> orders = map(first, "orders");
        map(second, "others");
        final GridMap<String, String> same = map(second, "orders");
        final LockLease former = first.grid().lock("book").acquire(SHORT);
        assertNull(orders.put("{o}1", "former", former));
        final LockLease holder = second.grid().lock("book").acquire(LONG);
        assertEquals("former", same.put("{o}1", "holder", holder));
        final FailedException ex =
            assertThrows(FailedException.class, () -> orders.put("{o}1", "too late", former));
        assertEquals(ErrorCode.STALE_FENCE, ex.code());
        assertTrue(ex.getMessage().contains(" " + former.fence() + " "), ex::getMessage);
        assertTrue(ex.getMessage().contains(" " + holder.fence() + ":"), ex::getMessage);
        assertEquals(ErrorCode.NOT_HOLDER,
            assertThrows(FailedException.class, () -> orders.delete("{o}1", former)).code());
        assertEquals("holder", orders.get("{o}1"));
        assertTrue(holder.isHeld());
    }

    /**
     * A process of its own stands still until its lease is over and another has the lock and has written.
     */
    @Test
    void shouldRefuseAHolderThatStoodStillForLongerThanItsLease() throws IOException, InterruptedException
    {
        final Process child =
            Children.start(ChildHolder.class, List.of(), served.address(), served.liveDirectory());
        try
        {
            Children.awaitLine(child, ChildHolder.READY);
            Children.stop(child);
            final LockLease next = first.grid().lock(ChildHolder.LOCK).acquire(LONG);
            final GridMap<String, String> orders = map(first, ChildHolder.MAP);
            assertEquals("first", orders.put(ChildHolder.KEY, "next", next));
            Children.goOn(child);
            assertEquals(
                ChildHolder.result(ErrorCode.STALE_FENCE, false, ErrorCode.NOT_HOLDER), Children.end(child).trim());
            assertEquals("next", orders.get(ChildHolder.KEY));
            assertTrue(next.isHeld());
            next.release();
        }
        finally
        {
            child.destroyForcibly();
        }
    }

    @Test
    void shouldCarryFencesOfBatchesOverMapsAndOfWholeMaps()
    {
        final GridMap<String, String> others = map(second, "others");
        final GridMap<String, String> orders = map(second, "orders");
        final LockLease holder = second.grid().lock("book").acquire(LONG);
        assertTrue(second.grid().batch().fenced(holder)
            .put(others, "{o}1", "x").put(orders, "{o}1", "y").execute().applied());
        assertEquals("x", map(first, "others").get("{o}1"));
        assertEquals("y", map(first, "orders").get("{o}1"));
        assertTrue(orders.fenced(holder).setAll(Map.of("{o}2", "z", "{o}3", "z")).get("{o}2").applied());
        orders.fenced(holder).clear();
        assertTrue(map(first, "orders").isEmpty());
        assertFalse(map(first, "others").isEmpty());
    }

    @Test
    void shouldSendALongValueInPiecesWithItsFence()
    {
        final GridMap<String, String> orders = map(first, "orders");
        final String value = "x".repeat(300_000);
        final LockLease former = first.grid().lock("book").acquire(LONG);
        assertNull(orders.put("k", value, former));
        assertTrue(second.grid().lock("book").forceRelease());
        final LockLease holder = second.grid().lock("book").acquire(LONG);
        assertEquals(value, map(second, "orders").put("k", value + 2, holder));
        assertEquals(ErrorCode.STALE_FENCE,
            assertThrows(FailedException.class, () -> orders.put("k", value, former)).code());
        assertEquals(value + 2, orders.get("k"));
    }
}
