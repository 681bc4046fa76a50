package io.peregrine.node.remote;

import io.peregrine.client.Codecs;
import io.peregrine.client.ElectionTerm;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridIds;
import io.peregrine.client.GridMap;
import io.peregrine.client.GridSequence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Counters, sequences, ids and elections of two clients that are connected over the network.
 */
@Timeout(180)
class RemoteCoordinationTest
{
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

    @Test
    void shouldCountAndNumberForBoth()
    {
        assertEquals(1, first.grid().counter("trades").incrementAndGet());
        assertEquals(2, second.grid().counter("trades").async().incrementAndGet()
            .toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join());
        assertTrue(first.grid().counter("trades").compareAndSet(2, 0));
        assertEquals(0, second.grid().counter("trades").get());
        final GridSequence one = first.grid().sequence("orders", 2);
        final GridSequence two = second.grid().sequence("orders");
        assertEquals(1, one.next());
        assertEquals(3, two.next());
        assertEquals(2, one.next());
        assertEquals(4, one.next());
        assertEquals(List.of(), first.grid().mapNames());
    }

    @Test
    void shouldMakeIdsWithTwoSlots()
    {
        final Set<Long> made = new HashSet<>();
        final GridIds one = first.grid().ids("trades");
        final GridIds two = second.grid().ids("trades");
        for (int i = 0; i < 1000; i++)
        {
            assertTrue(made.add(one.next()) && made.add(two.next()), "made twice");
        }
        assertNotEquals(GridIds.slotOf(one.next()), GridIds.slotOf(two.next()));
    }

    @Test
    void shouldElectTheNextWhenTheLeaderIsClosedAndRefuseWhatItWrites()
    {
        final ElectionTerm term = first.grid().election("book").campaign("ada");
        assertNull(second.grid().election("book").campaign("bob", Duration.ZERO));
        assertEquals("ada", second.grid().election("book").leader().candidate());
        assertTrue(second.grid().election("book").depose());
        final GridMap<String, String> orders = second.grid().map("orders", Codecs.STRING, Codecs.STRING);
        final ElectionTerm next = second.grid().election("book").campaign("bob");
        orders.put("7", "by bob", next.lease());
        final FailedException ex = assertThrows(FailedException.class,
            () -> first.grid().map("orders", Codecs.STRING, Codecs.STRING).put("7", "late", term.lease()));
        assertTrue(ex.code() == ErrorCode.STALE_FENCE || ex.code() == ErrorCode.NOT_HOLDER, ex.getMessage());
        assertEquals("by bob", orders.get("7"));
        second.close();
        final ElectionTerm last = first.grid().election("book").campaign("eve");
        assertTrue(last.fence() > next.fence());
        assertNotNull(first.grid().election("book").leader());
    }
}
