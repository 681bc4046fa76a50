package io.peregrine.node.partition;

import io.peregrine.client.codec.Condition;
import io.peregrine.client.codec.FencedRequestEncoder;
import io.peregrine.client.codec.MapReplyDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.Status;
import io.peregrine.node.partition.Requests.Op;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Writes that carry the fence of a lock, at the partition that they are for.
 */
class FencedWritesTest
{
    private static final long SECOND = 1_000_000_000L;
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int PREFIX = HEADER + FencedRequestEncoder.BLOCK_LENGTH + Integer.BYTES;
    private static final int PARTITION = 2;
    private static final long BOOK = 0xB00CL;
    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2, 2};

    private final Bench bench = new Bench(16 << 20, false);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final FencedRequestEncoder fenced = new FencedRequestEncoder();
    private long session;
    private long number;
    private int map;

    @BeforeEach
    void open()
    {
        session = bench.openSession(PARTITION, 100 * SECOND);
        map = bench.define("map", 0, 0);
    }

    @AfterEach
    void close()
    {
        bench.close();
    }

    /**
     * Put the request that is encoded into one that carries a fence.
     *
     * @return length of the whole.
     */
    private int wrap(final int length, final int lockPartition, final long fence)
    {
        final byte[] within = new byte[length];
        bench.requests.buffer.getBytes(0, within);
        fenced.wrapAndApplyHeader(bench.requests.buffer, 0, header)
            .correlationId(bench.requests.correlationId())
            .sessionId(session)
            .requestNumber(session == 0 ? 0 : ++number)
            .lowestUnanswered(session == 0 ? 0 : 1)
            .lockHash(BOOK)
            .fence(fence)
            .lockPartition(lockPartition)
            .partition(PARTITION)
            .putWithin(within, 0, length);
        return HEADER + fenced.encodedLength();
    }

    private int put(final String key, final byte[] value, final long fence)
    {
        return wrap(bench.requests.command(PARTITION, new Op(map, key).put(value)), 1, fence);
    }

    private void assertStale(final int length, final long given, final long seen)
    {
        assertFalse(bench.deliver(length));
        assertEquals(Reason.STALE_FENCE, bench.reason());
        assertEquals(bench.requests.correlationId(), bench.refusal().correlationId());
        final byte[] text = new byte[bench.refusal().textLength()];
        bench.refusal().getText(text, 0, text.length);
        final String words = new String(text, StandardCharsets.US_ASCII);
        assertTrue(words.contains("fence " + given + " ") && words.contains("below " + seen + ":"), words);
    }

    @Test
    void shouldRefuseWriteBelowTheHighestFenceOfItsLock()
    {
        assertTrue(bench.deliver(put("a", ONE, 70)));
        assertFalse(bench.mapReply().flags().present());
        assertTrue(bench.deliver(put("a", TWO, 71)));
        assertTrue(bench.mapReply().flags().present());
        assertStale(put("a", ONE, 70), 70, 71);
        assertStale(put("other", ONE, 1), 1, 71);
        assertArrayEquals(TWO, bench.read(PARTITION, map, "a"));
        assertNull(bench.read(PARTITION, map, "other"));
        assertTrue(bench.deliver(put("a", ONE, 71)));
    }

    @Test
    void shouldTellLocksOfTwoPartitionsApartAndLetWritesWithoutFencePass()
    {
        assertTrue(bench.deliver(put("a", ONE, 70)));
        assertTrue(bench.deliver(wrap(bench.requests.command(PARTITION, new Op(map, "a").put(TWO)), 0, 1)));
        assertStale(put("a", ONE, 69), 69, 70);
        assertTrue(bench.deliver(bench.requests.command(PARTITION, new Op(map, "b").put(ONE))));
        assertArrayEquals(ONE, bench.read(PARTITION, map, "b"));
    }

    @Test
    void shouldGiveTheFirstAnswerToARepeatedWrite()
    {
        assertTrue(bench.deliver(put("a", ONE, 70)));
        final long version = bench.mapReply().version();
        assertStale(put("a", ONE, 69), 69, 70);
        number--;
        assertStale(put("a", ONE, 69), 69, 70);
        final long digest = bench.digest(PARTITION);
        number = 0;
        assertTrue(bench.deliver(put("a", ONE, 70)));
        assertEquals(MapReplyDecoder.TEMPLATE_ID, bench.template());
        assertEquals(version, bench.mapReply().version());
        assertFalse(bench.mapReply().flags().present());
        assertEquals(digest, bench.digest(PARTITION));
    }

    @Test
    void shouldTakeWritesWithoutSession()
    {
        session = 0;
        assertTrue(bench.deliver(put("a", ONE, 70)));
        assertStale(put("a", TWO, 69), 69, 70);
        assertArrayEquals(ONE, bench.read(PARTITION, map, "a"));
    }

    @Test
    void shouldAnswerAdditionsAndConditionsAsWithoutFence()
    {
        assertTrue(bench.deliver(wrap(bench.requests.command(PARTITION, new Op(map, "n").add(5)), 1, 70)));
        assertTrue(bench.deliver(wrap(bench.requests.command(PARTITION, new Op(map, "n").add(-2)), 1, 70)));
        assertEquals(3, bench.mapReply().number());
        assertTrue(bench.deliver(wrap(
            bench.requests.command(PARTITION, new Op(map, "n").put(ONE).when(Condition.ABSENT)), 1, 72)));
        assertEquals(Status.CONDITION_FAILED, bench.mapReply().status());
        assertStale(put("n", ONE, 71), 71, 72);
    }

    @Test
    void shouldCarryOutBatchAndClearUnlessTheirFenceIsLow()
    {
        final List<Op> ops = List.of(new Op(map, "a").put(ONE), new Op(map, "n").add(4));
        assertTrue(bench.deliver(wrap(bench.requests.batch(PARTITION, ops), 1, 70)));
        assertEquals(-1, bench.batchReply().firstRefused());
        assertStale(wrap(bench.requests.batch(PARTITION, ops), 1, 69), 69, 70);
        assertStale(wrap(bench.requests.clear(PARTITION, map), 1, 69), 69, 70);
        assertEquals(2, bench.size(PARTITION, map));
        final List<Op> hindered =
            List.of(new Op(map, "b").put(ONE), new Op(map, "a").put(TWO).when(Condition.ABSENT));
        assertTrue(bench.deliver(wrap(bench.requests.batch(PARTITION, hindered), 1, 90)));
        assertEquals(1, bench.batchReply().firstRefused());
        assertTrue(bench.deliver(wrap(bench.requests.clear(PARTITION, map), 1, 71)));
        assertEquals(2, bench.clearReply().removed());
        assertStale(put("a", ONE, 70), 70, 71);
    }

    @Test
    void shouldSetExpiryOfItsOwnAndFindExpiredEntriesGone()
    {
        assertTrue(bench.deliver(
            wrap(bench.requests.command(PARTITION, new Op(map, "a").put(ONE).ttl(3 * SECOND)), 1, 70)));
        bench.nowNs += 3 * SECOND;
        assertTrue(bench.deliver(put("a", TWO, 70)));
        assertFalse(bench.mapReply().flags().present());
    }

    private void assertMalformed(final int length)
    {
        assertFalse(bench.deliver(length));
        assertEquals(Reason.MALFORMED, bench.reason());
    }

    @Test
    void shouldRefuseMessagesThatAreNotOneWriteForThePartition()
    {
        final int length = put("a", ONE, 70);
        for (int cut = 1; cut < length - PREFIX + Integer.BYTES; cut++)
        {
            assertMalformed(length - cut);
        }
        assertMalformed(length + 1);
        for (int cut = length - PREFIX + Integer.BYTES; cut <= length; cut++)
        {
            // Not even the length of the request within; at last not even its own.
            bench.answersTo(length - cut);
        }
        for (final long fence : new long[]{0, -1, Long.MIN_VALUE})
        {
            assertMalformed(put("a", ONE, fence));
        }
        final Op op = new Op(map, "a").put(ONE);
        assertMalformed(wrap(bench.requests.command(PARTITION, op), -1, 70));
        assertMalformed(wrap(bench.requests.command(PARTITION, op), Bench.PARTITIONS, 70));
        assertMalformed(wrap(bench.requests.command(PARTITION - 1, op), 1, 70));
        assertMalformed(wrap(bench.requests.read(PARTITION, map, "a"), 1, 70));
        assertMalformed(wrap(bench.requests.openSession(PARTITION, SECOND), 1, 70));
        assertMalformed(wrap(put("a", ONE, 70), 1, 70));
        assertNull(bench.read(PARTITION, map, "a"));
        number = 0;
        assertTrue(bench.deliver(put("a", ONE, 1)));
    }

    @Test
    void shouldRefuseHeadersWithinThatSayTooMuchOrTooLittle()
    {
        final UnsafeBuffer written = new UnsafeBuffer(new byte[2]);
        for (int at = 0; at < HEADER; at += Short.BYTES)
        {
            for (final int value : new int[]{0, 1, 0x7FFF, 0xFFFF})
            {
                final int length = put("a", ONE, 70);
                final int block = bench.requests.buffer.getShort(PREFIX + at) & 0xFFFF;
                written.putShort(0, (short) value);
                if (block != value && at != 6)
                {
                    bench.requests.buffer.putBytes(PREFIX + at, written, 0, Short.BYTES);
                    assertMalformed(length);
                }
            }
        }
        assertNull(bench.read(PARTITION, map, "a"));
    }

    @Test
    void shouldSayThatTheMapIsGone()
    {
        bench.drop(map);
        assertFalse(bench.deliver(put("a", ONE, 70)));
        assertEquals(Reason.DESTROYED, bench.reason());
    }
}
