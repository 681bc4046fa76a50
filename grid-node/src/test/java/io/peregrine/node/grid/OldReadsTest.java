package io.peregrine.node.grid;

import io.peregrine.client.Codecs;
import io.peregrine.client.FlyweightMap;
import io.peregrine.client.GridMap;
import io.peregrine.client.MapCommand;
import io.peregrine.client.Versioned;
import io.peregrine.node.Inside;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Reads that may be a little old, and reads behind the caller's own writes, over several nodes and UDP.
 */
@Timeout(120)
class OldReadsTest
{
    private static final int KEYS = 60;
    private static final Duration MOST = Duration.ofSeconds(20);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    @Test
    void shouldReadFromCopiesWhatMayBeALittleOldAndSayHowOld()
    {
        try (TestGrid grid = new TestGrid())
        {
            final DrivenNode one = grid.start("one");
            final DrivenNode two = grid.start("two");
            grid.awaitCopies(2);
            TestGrid.await("both to lead", () -> grid.ledBy(one.memberId()) > 0 && grid.ledBy(two.memberId()) > 0);
            final GridMap<String, Long> map = grid.connect().grid().map("map", Codecs.STRING, Codecs.LONG);
            for (long i = 0; i < KEYS; i++)
            {
                map.put("key-" + i, i);
            }
            final GridMap<String, Long> old = map.staleness(MOST);
            TestGrid.await("both to answer from copies", () ->
            {
                for (long i = 0; i < KEYS; i++)
                {
                    final Versioned<Long> read = old.getVersioned("key-" + i);
                    assertTrue(read == null || read.value() == i);
                    assertTrue(read == null || read.age().compareTo(MOST) <= 0);
                    assertEquals(Duration.ZERO, map.getVersioned("key-" + i).age());
                }
                return readsAtCopies(one) > KEYS && readsAtCopies(two) > KEYS;
            });
            TestGrid.await("an age", () ->
            {
                final Versioned<Long> read = old.getVersioned("key-1");
                return read != null && read.age().compareTo(Duration.ZERO) > 0;
            });
            assertEquals(List.of(), grid.errors);
        }
    }

    @Test
    void shouldReadBehindOwnWritesThatAreUnderWay()
    {
        try (TestGrid grid = new TestGrid())
        {
            final DrivenNode one = grid.start("one");
            grid.start("two");
            grid.awaitCopies(2);
            final UnsafeBuffer value = new UnsafeBuffer(new byte[Long.BYTES]);
            try (FlyweightMap map = one.node().grid().flyweightMap("map"))
            {
                for (long i = 1; i <= 10 * KEYS; i++)
                {
                    final UnsafeBuffer key =
                        new UnsafeBuffer(("key-" + i % KEYS).getBytes(StandardCharsets.UTF_8));
                    value.putLong(0, i, ByteOrder.LITTLE_ENDIAN);
                    final MapCommand put = new MapCommand().put(key, 0, key.capacity(), value, 0, Long.BYTES);
                    final long startNs = System.nanoTime();
                    while (map.offer(put) < 0)
                    {
                        assertTrue(System.nanoTime() - startNs < LIMIT_NS, "no room");
                        map.poll();
                        map.idle();
                    }
                    value.putLong(0, 0, ByteOrder.LITTLE_ENDIAN);
                    assertEquals(Long.BYTES, map.get(key, 0, key.capacity(), value, 0, Long.BYTES));
                    assertEquals(i, value.getLong(0, ByteOrder.LITTLE_ENDIAN));
                }
            }
            assertEquals(List.of(), grid.errors);
        }
    }

    private static long readsAtCopies(final DrivenNode node)
    {
        return Inside.partitionsOf(node.node()).get(0).tally().replicaReads();
    }
}
