package io.peregrine.node.api;

import io.peregrine.client.Codecs;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.Expiry;
import io.peregrine.client.FailedException;
import io.peregrine.client.FlyweightMap;
import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import io.peregrine.client.LockLease;
import io.peregrine.client.MapCommand;
import io.peregrine.client.Outcome;
import io.peregrine.client.OutcomeUnknownException;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static io.peregrine.node.api.Apis.assertThrowsCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Writes to maps of an embedded node that carry the fence of a lease.
 */
@Timeout(180)
class FencedMapsTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final long LIMIT_S = 60;
    /**
     * More than a partition remembers.
     */
    private static final int MANY_LOCKS = 1025;

    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
    private final Grid grid = node.grid();
    private final GridMap<String, Long> map = grid.map("orders", Codecs.STRING, Codecs.LONG);

    @AfterEach
    void close()
    {
        node.close();
    }

    /**
     * @return a lease whose time is over, and one of the next holder, which has written to the key.
     */
    private List<LockLease> lostAndNext(final String key)
    {
        final LockLease lost = grid.lock("book").acquire(SHORT);
        assertNull(map.put(key, 1L, lost));
        final LockLease next = grid.lock("book").acquire(LONG);
        assertEquals(1L, map.put(key, 2L, next));
        return List.of(lost, next);
    }

    @Test
    void shouldRefuseWritesOfAFormerHolderInEveryWay()
    {
        final LockLease next = lostAndNext("{k}").get(1);
        final List<LockLease> more = List.of(next);
        for (int way = 0; way < 7; way++)
        {
            final LockLease former = grid.lock("former" + way).acquire(SHORT);
            assertNull(map.put("{k}" + way, 1L, former));
            grid.lock("former" + way).acquire(LONG);
            final int number = way;
            map.put("{k}" + way, 2L, grid.lock("former" + way).adopt(
                grid.lock("former" + way).show().holder(), grid.lock("former" + way).show().fence()));
            final FailedException ex = assertThrows(FailedException.class, () -> write(number, former));
            assertEquals(ErrorCode.STALE_FENCE, ex.code());
            assertTrue(ex.getMessage().contains("fence " + former.fence() + " "), ex::getMessage);
            assertFalse(former.isHeld());
            assertEquals(2L, map.get("{k}" + way));
            assertThrowsCode(FailedException.class, ErrorCode.NOT_HOLDER, () -> write(number, former));
            final CompletableFuture<LockLease> told = new CompletableFuture<>();
            former.onLost(told::complete);
            assertEquals(former, told.orTimeout(LIMIT_S, TimeUnit.SECONDS).join());
        }
        assertTrue(more.get(0).isHeld());
    }

    private void write(final int way, final LockLease lease)
    {
        final String key = "{k}" + way;
        switch (way)
        {
            case 0 -> map.put(key, 7L, lease);
            case 1 -> map.set(key, 7L, lease);
            case 2 -> map.putIfAbsent(key, 7L, lease);
            case 3 -> map.delete(key, lease);
            case 4 -> map.addAndGet(key, 5, lease);
            case 5 -> grid.batch().fenced(lease).put(map, key, 7L).remove(map, "{k}").execute();
            default -> map.fenced(lease).compute(key, (ignored, value) -> value + 5);
        }
    }

    @Test
    void shouldCarryTheFenceInAllWritesOfAFencedHandle()
    {
        final LockLease lost = lostAndNext("{k}").get(0);
        final GridMap<String, Long> fenced = map.fenced(lost);
        assertEquals(2L, fenced.get("{k}"));
        assertEquals(2L, fenced.within(LONG).staleness(Duration.ZERO).getVersioned("{k}").value());
        assertEquals(1, fenced.size());
        final Map<String, ErrorCode> codes = new HashMap<>();
        fenced.setAll(Map.of("{k}", 7L, "{k}2", 8L)).forEach((key, result) ->
        {
            assertEquals(Outcome.FAILED, result.outcome());
            codes.put(key, result.error().code());
        });
        assertEquals(Map.of("{k}", ErrorCode.STALE_FENCE, "{k}2", ErrorCode.STALE_FENCE), codes);
        assertFalse(lost.isHeld());
        assertThrowsCode(FailedException.class, ErrorCode.NOT_HOLDER, fenced::clear);
        assertThrowsCode(FailedException.class, ErrorCode.NOT_HOLDER, () -> fenced.putAll(Map.of("x", 1L)));
        assertEquals(Map.of("{k}", 2L), Map.copyOf(map));
    }

    /**
     * The other partitions have not seen the next holder's fence.
     */
    @Test
    void shouldRefuseToClearWhereAHigherFenceWasSeen()
    {
        final LockLease lost = lostAndNext("{k}").get(0);
        assertThrowsCode(
            OutcomeUnknownException.class, ErrorCode.STALE_FENCE, () -> map.fenced(lost).clear());
        assertEquals(Map.of("{k}", 2L), Map.copyOf(map));
    }

    @Test
    void shouldLetHolderWriteInEveryWay()
    {
        final LockLease lease = grid.lock("book").acquire(LONG);
        final GridMap<String, Long> fenced = map.fenced(lease);
        assertNull(fenced.put("a", 1L));
        assertTrue(map.set("b", 2L, lease) > 0);
        assertEquals(1L, map.putIfAbsent("a", 3L, lease));
        assertEquals(6L, map.addAndGet("a", 5, lease));
        assertEquals(6L, fenced.replace("a", 7L));
        assertTrue(fenced.replace("a", 7L, 8L));
        assertFalse(fenced.remove("a", 9L));
        assertTrue(fenced.touch("a", Expiry.OF_MAP));
        assertEquals(9L, fenced.merge("a", 1L, Long::sum));
        assertTrue(fenced.setAll(Map.of("c", 3L, "d", 4L)).values().stream().allMatch((result) -> result.applied()));
        assertTrue(grid.batch().fenced(lease).add(map, "{a}", 1).put(map, "{a}2", 2L).execute().applied());
        assertTrue(map.delete("b", lease));
        assertEquals(9L, fenced.remove("a"));
        assertEquals(4, map.size());
        fenced.clear();
        assertEquals(0, map.size());
        lease.release();
        assertThrowsCode(FailedException.class, ErrorCode.NOT_HOLDER, () -> map.put("a", 1L, lease));
        assertNull(map.get("a"));
    }

    @Test
    void shouldCarryTheFenceWithoutWaiting() throws InterruptedException, ExecutionException
    {
        final List<LockLease> leases = lostAndNext("k");
        assertEquals(2L, get(map.async().fenced(leases.get(1)).put("k", 3L)));
        final ExecutionException ex = assertThrows(
            ExecutionException.class, () -> get(map.fenced(leases.get(0)).async().put("k", 4L)));
        assertEquals(ErrorCode.STALE_FENCE, ((FailedException) ex.getCause()).code());
        assertEquals(3L, get(map.fenced(leases.get(0)).async().get("k")));
        leases.get(1).release();
        assertThrowsCode(FailedException.class, ErrorCode.NOT_HOLDER,
            () -> map.async().fenced(leases.get(1)).delete("k"));
    }

    private static <T> T get(final CompletionStage<T> stage) throws InterruptedException, ExecutionException
    {
        return stage.toCompletableFuture().orTimeout(LIMIT_S, TimeUnit.SECONDS).get();
    }

    @Test
    void shouldCarryTheFenceOfBytes()
    {
        final List<LockLease> leases = lostAndNext("k");
        final UnsafeBuffer key = new UnsafeBuffer("k".getBytes(StandardCharsets.UTF_8));
        final UnsafeBuffer value = new UnsafeBuffer(new byte[8]);
        try (FlyweightMap former = map.fenced(leases.get(0)).flyweight(); FlyweightMap bytes = map.flyweight())
        {
            assertThrowsCode(FailedException.class, ErrorCode.STALE_FENCE, () -> former.put(key, 0, 1, value, 0, 8));
            assertThrowsCode(FailedException.class, ErrorCode.STALE_FENCE, () -> former.remove(key, 0, 1));
            assertTrue(bytes.fenced(leases.get(1)).put(key, 0, 1, value, 0, 8) > 0);
            final ErrorCode[] code = new ErrorCode[1];
            former.onResult((id, result) -> code[0] = result.code());
            assertTrue(former.offer(new MapCommand().add(key, 0, 1, 5)) > 0);
            final long startNs = System.nanoTime();
            while (former.inFlight() > 0)
            {
                former.poll();
                assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(LIMIT_S), "no result");
            }
            assertEquals(ErrorCode.STALE_FENCE, code[0]);
            leases.get(1).release();
            assertThrowsCode(FailedException.class, ErrorCode.NOT_HOLDER,
                () -> bytes.offer(new MapCommand().add(key, 0, 1, 5)));
            assertEquals(5, bytes.fenced(null).add(key, 0, 1, 5));
        }
    }

    /**
     * Blocking calls send again what was refused so; others leave it to the next renewal.
     */
    @Test
    void shouldGetAFreshFenceWhenTheStoreHasForgottenTheLockAmongTooMany()
    {
        final LockLease held = grid.lock("{many}held").acquire(LONG);
        final LockLease other = grid.lock("{many}other").acquire(LONG);
        map.set("k", 1L, held);
        for (int i = 0; i < MANY_LOCKS; i++)
        {
            map.set("k", 2L, grid.lock("{many}" + i).acquire(LONG));
        }

        final long fence = held.fence();
        assertEquals(2L, map.put("k", 3L, held));
        assertTrue(held.fence() > fence, held::toString);
        assertTrue(held.isHeld());
        assertEquals(held.fence(), grid.lock("{many}held").show().fence());

        final UnsafeBuffer key = new UnsafeBuffer(new byte[]{'k'});
        try (FlyweightMap bytes = map.flyweight().fenced(other))
        {
            assertThrowsCode(FailedException.class, ErrorCode.STALE_FENCE, () -> bytes.remove(key, 0, 1));
            final long refused = other.fence();
            other.renew(LONG);
            assertTrue(other.fence() > refused);
            assertTrue(bytes.remove(key, 0, 1));
            final long renewed = other.fence();
            other.renew(LONG);
            assertEquals(renewed, other.fence());
        }
    }

    @Test
    void shouldRefuseLeasesOfOthers()
    {
        try (GridNode other = GridNode.launch(Nodes.context(Threading.INLINE)))
        {
            final LockLease foreign = other.grid().lock("book").acquire(LONG);
            assertThrowsCode(FailedException.class, ErrorCode.ARGUMENT_INVALID, () -> map.put("a", 1L, foreign));
            assertThrowsCode(
                FailedException.class, ErrorCode.ARGUMENT_INVALID, () -> grid.batch().fenced(foreign));
        }
        assertThrows(NullPointerException.class, () -> map.fenced(null));
        assertNull(map.get("a"));
    }
}
