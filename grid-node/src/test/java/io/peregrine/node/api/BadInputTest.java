package io.peregrine.node.api;

import static io.peregrine.node.api.Apis.assertThrowsCode;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.Codec;
import io.peregrine.client.Codecs;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.Expiry;
import io.peregrine.client.FailedException;
import io.peregrine.client.FlyweightMap;
import io.peregrine.client.Grid;
import io.peregrine.client.GridException;
import io.peregrine.client.GridMap;
import io.peregrine.client.MapCommand;
import io.peregrine.client.MapOptions;
import io.peregrine.client.OutcomeUnknownException;
import io.peregrine.client.RefusedException;
import io.peregrine.node.GridNode;
import io.peregrine.node.MemoryPolicy;
import io.peregrine.node.NodeContext;
import io.peregrine.node.NodeSettings;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What nobody should send, sent to a node: a typed answer each time, and the node as it was.
 */
@Timeout(120)
class BadInputTest
{
    private static final int LONGEST_VALUE = 8 << 20;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(100);

    @Test
    void shouldTakeWhatIsAtTheLimitAndRefuseWhatIsBeyond()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INLINE)))
        {
            final GridMap<byte[], byte[]> map = node.grid().map("m", Codecs.BYTES, Codecs.BYTES);
            final byte[] key = new byte[4096];
            final byte[] value = new byte[LONGEST_VALUE];
            Arrays.fill(value, (byte) 7);
            assertNull(map.put(key, value));
            assertArrayEquals(value, map.get(key));
            assertTrue(map.replace(key, value, new byte[0]));
            assertArrayEquals(new byte[0], map.get(key));
            assertThrowsCode(FailedException.class, ErrorCode.KEY_TOO_LONG, () -> map.put(new byte[4097], value));
            assertThrowsCode(FailedException.class, ErrorCode.KEY_TOO_LONG, () -> map.get(new byte[4097]));
            assertThrowsCode(
                FailedException.class, ErrorCode.VALUE_TOO_LONG, () -> map.put(key, new byte[LONGEST_VALUE + 1]));
            assertThrowsCode(FailedException.class, ErrorCode.KEY_EMPTY, () -> map.put(new byte[0], value));
            assertThrows(NullPointerException.class, () -> map.put(null, value));
            assertThrows(NullPointerException.class, () -> map.put(key, null));
            assertEquals(1, map.size());
        }
    }

    @Test
    void shouldRefuseExpiriesNamesAndTextThatMakeNoSense()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INVOKER)))
        {
            final Grid grid = node.grid();
            final GridMap<String, String> map = grid.map("m", Codecs.STRING, Codecs.STRING);
            assertThrowsCode(FailedException.class, ErrorCode.EXPIRY_INVALID,
                () -> map.put("k", "v", Expiry.after(Duration.ofNanos(-1))));
            assertThrowsCode(FailedException.class, ErrorCode.EXPIRY_INVALID,
                () -> map.put("k", "v", Expiry.after(Duration.ofSeconds(Long.MAX_VALUE))));
            map.put("k", "v", Expiry.after(Duration.ofNanos(Long.MAX_VALUE / 2)));
            assertEquals("v", map.get("k"));
            for (final String name : List.of("", "x".repeat(10_240), "\ud800", "a\u0000b"))
            {
                assertThrowsCode(FailedException.class, ErrorCode.NAME_INVALID,
                    () -> grid.map(name, Codecs.STRING, Codecs.STRING));
            }
            assertThrowsCode(FailedException.class, ErrorCode.DEFINED_OTHERWISE, () -> grid.map(
                "m", Codecs.STRING, Codecs.STRING, MapOptions.DEFAULT.ttl(Duration.ofSeconds(1))));
            assertThrowsCode(FailedException.class, ErrorCode.MALFORMED, () -> map.put("\udc00", "v"));
            grid.map("m", Codecs.BYTES, Codecs.BYTES).put("b".getBytes(StandardCharsets.UTF_8), new byte[]{-1});
            assertThrowsCode(FailedException.class, ErrorCode.MALFORMED, () -> map.get("b"));
            assertEquals(List.of("m"), grid.mapNames());
        }
    }

    @Test
    void shouldRefuseWritesAndKeepServingReadsWhenTheStoreIsFull()
    {
        try (GridNode node = GridNode.launch(small(MemoryPolicy.REFUSE)))
        {
            final GridMap<String, byte[]> map = node.grid().map("m", Codecs.STRING, Codecs.BYTES);
            int written = 0;
            RefusedException full = null;
            while (full == null)
            {
                try
                {
                    map.set("key-" + written, new byte[10_000]);
                    written++;
                }
                catch (final RefusedException ex)
                {
                    full = ex;
                }
            }
            assertEquals(ErrorCode.STORE_FULL, full.code());
            assertTrue(written > 100, "written " + written);
            assertEquals(written, map.size());
            for (int i = 0; i < written; i++)
            {
                assertEquals(10_000, map.get("key-" + i).length);
            }
            map.clear();
            assertNull(map.put("key", new byte[10_000]));
        }
    }

    @Test
    void shouldEvictAndTakeEveryWriteWhenTheStoreIsFull()
    {
        try (GridNode node = GridNode.launch(small(MemoryPolicy.EVICT)))
        {
            final GridMap<String, byte[]> map = node.grid().map("m", Codecs.STRING, Codecs.BYTES);
            for (int i = 0; i < 5_000; i++)
            {
                map.set("key-" + i, new byte[10_000]);
            }
            assertTrue(map.size() > 100 && map.size() < 2_000, "size " + map.size());
            assertThrowsCode(FailedException.class, ErrorCode.VALUE_TOO_LONG, () -> map.set("big", new byte[9 << 20]));
        }
    }

    @Test
    void shouldStayWholeWhenACodecThrowsOrWritesTooMuch()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INLINE)))
        {
            final GridMap<String, String> broken = node.grid().map("m", Codecs.STRING, new BrokenCodec());
            assertThrowsCode(FailedException.class, ErrorCode.CODEC_FAILED, () -> broken.put("k", "throw"));
            assertThrowsCode(FailedException.class, ErrorCode.VALUE_TOO_LONG, () -> broken.put("k", "too much"));
            assertThrowsCode(FailedException.class, ErrorCode.CODEC_FAILED, () -> broken.put("k", "negative"));
            assertNull(broken.get("k"));
            assertNull(broken.put("k", "good"));
            assertEquals("good", broken.get("k"));
        }
    }

    @Test
    void shouldFailTypedAfterDestroyAndAfterClose()
    {
        final GridMap<String, Long> map;
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INLINE)))
        {
            final GridMap<String, Long> gone = node.grid().map("gone", Codecs.STRING, Codecs.LONG);
            gone.put("k", 1L);
            gone.destroy();
            assertThrowsCode(FailedException.class, ErrorCode.DESTROYED, () -> gone.get("k"));
            assertThrowsCode(FailedException.class, ErrorCode.DESTROYED, () -> gone.put("k", 1L));
            assertThrowsCode(FailedException.class, ErrorCode.DESTROYED, gone::size);
            assertThrowsCode(FailedException.class, ErrorCode.DESTROYED, gone::clear);
            assertThrowsCode(FailedException.class, ErrorCode.DESTROYED, () -> gone.keySet().iterator().hasNext());
            assertNull(node.grid().map("gone", Codecs.STRING, Codecs.LONG).get("k"));
            map = node.grid().map("m", Codecs.STRING, Codecs.LONG);
            map.put("k", Long.MAX_VALUE);
            assertThrowsCode(FailedException.class, ErrorCode.OVERFLOW, () -> map.addAndGet("k", 1));
            assertEquals(Long.MAX_VALUE, map.get("k"));
        }
        assertThrowsCode(FailedException.class, ErrorCode.CLOSED, () -> map.get("k"));
        assertThrowsCode(FailedException.class, ErrorCode.CLOSED, () -> map.put("k", 1L));
        assertThrowsCode(FailedException.class, ErrorCode.CLOSED, map::size);
    }

    @Test
    void shouldHoldTenThousandMaps()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INLINE).partitions(16)))
        {
            final Grid grid = node.grid();
            for (int i = 0; i < 10_000; i++)
            {
                grid.map("map-" + i, Codecs.STRING, Codecs.LONG).set("k", (long) i);
            }
            assertEquals(10_000, grid.mapNames().size());
            for (int i = 0; i < 10_000; i += 7)
            {
                assertEquals(i, grid.map("map-" + i, Codecs.STRING, Codecs.LONG).get("k"));
                grid.map("map-" + i, Codecs.STRING, Codecs.LONG).destroy();
            }
            assertEquals(10_000 - 1429, grid.mapNames().size());
        }
    }

    @Test
    void shouldRefuseMapsBeyondTheLimit()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INVOKER).set(NodeSettings.MAPS, 2)))
        {
            final Grid grid = node.grid();
            grid.map("a", Codecs.STRING, Codecs.STRING);
            final GridMap<String, String> b = grid.map("b", Codecs.STRING, Codecs.STRING);
            assertThrowsCode(RefusedException.class, ErrorCode.TOO_MANY_STRUCTURES,
                () -> grid.map("c", Codecs.STRING, Codecs.STRING));
            b.destroy();
            grid.map("c", Codecs.STRING, Codecs.STRING);
        }
    }

    @Test
    void shouldAnswerTypedAndGoOnWhenCallersAreInterrupted()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INLINE)))
        {
            final GridMap<String, Long> map = node.grid().map("m", Codecs.STRING, Codecs.LONG);
            final AtomicReference<Throwable> wrong = new AtomicReference<>();
            final long[] certain = new long[2];
            final Thread thread = new Thread(() ->
            {
                try
                {
                    countUnderInterrupts(map, certain);
                }
                catch (final Throwable ex)
                {
                    wrong.set(ex);
                }
            });
            thread.start();
            final long startNs = System.nanoTime();
            while (thread.isAlive())
            {
                assertTrue(System.nanoTime() - startNs < LIMIT_NS, "a caller hangs");
                thread.interrupt();
                Thread.onSpinWait();
            }
            assertNull(wrong.get());
            final long sum = map.addAndGet("n", 0);
            assertTrue(sum >= certain[0] && sum <= certain[0] + certain[1],
                sum + " of " + certain[0] + " certain and " + certain[1] + " unknown");
        }
    }

    @Test
    void shouldGiveLanesBackWhenThreadsDieInTheMiddleOfCalls() throws InterruptedException, ExecutionException
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INLINE).set(NodeSettings.LANES, 4)))
        {
            final GridMap<String, byte[]> map = node.grid().map("m", Codecs.STRING, Codecs.BYTES);
            for (int i = 0; i < 40; i++)
            {
                final FutureTask<Void> calls = new FutureTask<>(() -> callInterruptedAndGoOn(map), null);
                final Thread thread = new Thread(calls);
                thread.start();
                thread.join();
                calls.get();
            }
            assertArrayEquals(new byte[1000], map.get("k"));
            assertFalse(map.isEmpty());
        }
    }

    private static void callInterruptedAndGoOn(final GridMap<String, byte[]> map)
    {
        final GridException ex = assertThrows(GridException.class, () ->
        {
            Thread.currentThread().interrupt();
            onceThereIsALane(() -> map.put("k", new byte[1000]));
        });
        assertEquals(ErrorCode.INTERRUPTED, ex.code());
        Thread.interrupted();
        final FlyweightMap flyweight = onceThereIsALane(map::flyweight);
        final UnsafeBuffer key = new UnsafeBuffer(new byte[]{'f'});
        assertTrue(flyweight.offer(new MapCommand().put(key, 0, 1, key, 0, 1)) > 0);
        flyweight.close();
        map.set("k", new byte[1000]);
    }

    /**
     * A call is refused where the agent stands still for longer than callers wait for it to let go of lanes.
     */
    private static <T> T onceThereIsALane(final Supplier<T> call)
    {
        final long startNs = System.nanoTime();
        while (true)
        {
            try
            {
                return call.get();
            }
            catch (final RefusedException ex)
            {
                if (ex.code() != ErrorCode.TOO_MANY_LANES || System.nanoTime() - startNs > LIMIT_NS)
                {
                    throw ex;
                }
            }
        }
    }

    private static void countUnderInterrupts(final GridMap<String, Long> map, final long[] certain)
    {
        for (int i = 0; i < 20_000; i++)
        {
            try
            {
                map.addAndGet("n", 1);
                certain[0]++;
            }
            catch (final RefusedException ex)
            {
                assertEquals(ErrorCode.INTERRUPTED, ex.code());
                assertTrue(Thread.interrupted());
            }
            catch (final OutcomeUnknownException ex)
            {
                assertEquals(ErrorCode.INTERRUPTED, ex.code());
                assertTrue(Thread.interrupted());
                certain[1]++;
            }
        }
    }

    private static NodeContext small(final MemoryPolicy policy)
    {
        return Nodes.context(Threading.INLINE).partitions(4).memoryLimit(8 << 20).memoryPolicy(policy);
    }

    private static final class BrokenCodec implements Codec<String>
    {
        @Override
        public int encode(final String value, final MutableDirectBuffer buffer, final int offset)
        {
            switch (value)
            {
                case "throw":
                    throw new IllegalStateException("by intent");

                case "too much":
                    buffer.setMemory(offset, LONGEST_VALUE + 1, (byte) 1);
                    return 1;

                case "negative":
                    return -1;

                default:
                    return Codecs.STRING.encode(value, buffer, offset);
            }
        }

        @Override
        public String decode(final DirectBuffer buffer, final int offset, final int length)
        {
            return Codecs.STRING.decode(buffer, offset, length);
        }
    }
}
