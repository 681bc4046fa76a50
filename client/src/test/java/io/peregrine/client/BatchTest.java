package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BatchTest
{
    private final FakePort port = new FakePort(8);
    private final Grid grid = port.grid();
    private final GridMap<String, String> orders = grid.map("orders", Codecs.STRING, Codecs.STRING);
    private final GridMap<String, Long> totals = grid.map("totals", Codecs.STRING, Codecs.LONG);

    @Test
    void shouldDoAllOrNothingOverSeveralMaps()
    {
        final Batch batch = grid.batch()
            .check(orders, "{7}open", When.ABSENT)
            .put(orders, "{7}a", "first", When.ABSENT)
            .add(totals, "{7}n", 5);
        final BatchResult done = batch.execute();
        assertTrue(done.applied());
        assertEquals(5, done.results().get(2).number());
        final BatchResult again = batch.execute();
        assertFalse(again.applied());
        assertEquals(1, again.firstRefused());
        assertEquals(Outcome.CONDITION_FAILED, again.results().get(1).outcome());
        assertEquals(5, totals.get("{7}n"));
        assertEquals("first", orders.get("{7}a"));
    }

    @Test
    void shouldCheckVersionsAndValues()
    {
        final long version = orders.set("{7}a", "1");
        assertFalse(grid.batch().remove(orders, "{7}a", When.version(version + 1)).execute().applied());
        assertFalse(grid.batch().put(orders, "{7}a", "2", When.value("x")).execute().applied());
        assertTrue(grid.batch().put(orders, "{7}a", "2", When.value("1")).execute().applied());
        assertTrue(grid.batch().remove(orders, "{7}a", When.PRESENT).execute().applied());
        assertNull(orders.get("{7}a"));
        assertTrue(grid.batch().execute().applied());
    }

    @Test
    void shouldChangeNothingWhenACounterWouldOverflow()
    {
        totals.set("{7}n", Long.MAX_VALUE);
        final BatchResult result = grid.batch().put(orders, "{7}a", "1").add(totals, "{7}n", 1).execute();
        assertFalse(result.applied());
        assertEquals(1, result.firstRefused());
        assertEquals(ErrorCode.OVERFLOW, result.results().get(1).error().code());
        assertNull(orders.get("{7}a"));
    }

    @Test
    void shouldRefuseKeysOfDifferentRoutingParts()
    {
        final Batch batch = grid.batch().put(orders, "{7}a", "1");
        assertEquals(ErrorCode.WRONG_ROUTING,
            assertThrows(FailedException.class, () -> batch.put(orders, "{8}a", "1")).code());
        assertEquals(ErrorCode.ARGUMENT_INVALID, assertThrows(FailedException.class,
            () -> batch.put(port.grid().map("orders", Codecs.STRING, Codecs.STRING), "{7}b", "1")).code());
        assertEquals(1, batch.size());
        assertTrue(batch.execute().applied());
    }

    @Test
    void shouldRefuseBatchesBeyondTheLimit()
    {
        final Batch many = grid.batch();
        for (int i = 0; i < Batch.MAX_COMMANDS; i++)
        {
            many.put(orders, "{7}" + i, "v");
        }
        assertEquals(ErrorCode.BATCH_TOO_LONG,
            assertThrows(FailedException.class, () -> many.put(orders, "{7}one more", "v")).code());
        assertTrue(many.execute().applied());
        assertEquals(Batch.MAX_COMMANDS, orders.size());
        final Batch big = grid.batch()
            .put(orders, "{7}a", "v".repeat(100_000))
            .put(orders, "{7}b", "v".repeat(100_000));
        assertEquals(ErrorCode.BATCH_TOO_LONG,
            assertThrows(FailedException.class, () -> big.put(orders, "{7}c", "v".repeat(100_000))).code());
        assertTrue(big.execute().applied());
    }
}
