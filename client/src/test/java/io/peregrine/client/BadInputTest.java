package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.Reason;
import java.time.Duration;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BadInputTest
{
    private final FakePort port = new FakePort(4);
    private final Grid grid = port.grid();
    private final GridMap<String, String> map = grid.map("m", Codecs.STRING, Codecs.STRING);

    @Test
    void shouldRefuseKeysAndValuesBeyondTheLimit()
    {
        map.put("k".repeat(4096), "v".repeat(100_000));
        assertEquals("v".repeat(100_000), map.get("k".repeat(4096)));
        assertFails(ErrorCode.KEY_TOO_LONG, () -> map.get("k".repeat(4097)));
        assertFails(ErrorCode.KEY_TOO_LONG, () -> map.put("k".repeat(4097), ""));
        assertFails(ErrorCode.VALUE_TOO_LONG, () -> map.put("k", "v".repeat(100_001)));
        assertFails(ErrorCode.VALUE_TOO_LONG, () -> map.replace("k", "v".repeat(100_001), "v"));
        assertFails(ErrorCode.KEY_EMPTY, () -> map.put("", "v"));
        assertFails(ErrorCode.KEY_EMPTY, () -> map.get(""));
        assertFails(ErrorCode.MALFORMED, () -> map.put("\ud800", "v"));
        assertFails(ErrorCode.MALFORMED, () -> map.put("k", "\ud800"));
        assertEquals(1, map.size());
    }

    @Test
    void shouldRefuseNull()
    {
        assertThrows(NullPointerException.class, () -> map.get(null));
        assertThrows(NullPointerException.class, () -> map.put(null, "v"));
        assertThrows(NullPointerException.class, () -> map.put("k", null));
        assertThrows(NullPointerException.class, () -> map.set("k", "v", (Expiry) null));
        assertThrows(NullPointerException.class, () -> map.remove(null));
        assertThrows(NullPointerException.class, () -> map.replace("k", null, "v"));
        assertThrows(NullPointerException.class, () -> map.merge("k", null, String::concat));
        assertThrows(NullPointerException.class, () -> grid.map(null, Codecs.STRING, Codecs.STRING));
        assertThrows(NullPointerException.class, () -> map.async().put("k", null));
        assertTrue(map.isEmpty());
    }

    @Test
    void shouldRefuseDurationsThatAreNoneOrTooLong()
    {
        assertFails(ErrorCode.EXPIRY_INVALID, () -> Expiry.after(Duration.ofNanos(-1)));
        assertFails(ErrorCode.EXPIRY_INVALID, () -> Expiry.after(Duration.ZERO));
        assertFails(ErrorCode.EXPIRY_INVALID, () -> Expiry.after(Duration.ofSeconds(Long.MAX_VALUE)));
        assertFails(ErrorCode.EXPIRY_INVALID, () -> Expiry.after(Duration.ofDays(365 * 200)));
        assertFails(ErrorCode.EXPIRY_INVALID, () -> Expiry.NEVER.orWhenIdle(Duration.ofSeconds(-1)));
        assertFails(ErrorCode.EXPIRY_INVALID, () -> MapOptions.DEFAULT.ttl(Duration.ofNanos(Long.MIN_VALUE)));
        assertFails(ErrorCode.EXPIRY_INVALID, () -> new MapCommand().expiry(-2, 0));
        assertFails(ErrorCode.EXPIRY_INVALID, () -> new MapCommand().expiry(0, Long.MAX_VALUE));
    }

    @Test
    void shouldRefuseNamesThatAreEmptyTooLongOrMalformed()
    {
        for (final String name : List.of("", "x".repeat(256), "x".repeat(10_240), "\u20ac".repeat(86), "\ud800", "\n"))
        {
            assertFails(ErrorCode.NAME_INVALID, () -> grid.map(name, Codecs.STRING, Codecs.STRING));
        }
        grid.map("x".repeat(255), Codecs.STRING, Codecs.STRING);
        assertEquals(2, grid.mapNames().size());
    }

    @Test
    void shouldRefuseAMapWithOtherSettings()
    {
        grid.map("m", Codecs.STRING, Codecs.STRING);
        final MapOptions other = MapOptions.DEFAULT.ttl(Duration.ofSeconds(1));
        assertFails(ErrorCode.DEFINED_OTHERWISE, () -> grid.map("m", Codecs.STRING, Codecs.STRING, other));
    }

    @Test
    void shouldDoNothingWhenACodecBreaksItsContract()
    {
        final RuntimeException thrown = new IllegalStateException("by intent");
        assertSame(thrown, assertFails(ErrorCode.CODEC_FAILED, () -> broken(encoder((buffer, offset) ->
        {
            throw thrown;
        })).put("k", "v")).getCause());
        assertFails(ErrorCode.CODEC_FAILED, () -> broken(encoder((buffer, offset) -> -1)).put("k", "v"));
        assertFails(ErrorCode.CODEC_FAILED, () -> broken(encoder((buffer, offset) -> 1 << 30)).put("k", "v"));
        assertFails(ErrorCode.VALUE_TOO_LONG, () -> broken(encoder((buffer, offset) ->
        {
            buffer.putByte(100_000, (byte) 1);
            return 1;
        })).put("k", "v"));
        assertFails(ErrorCode.VALUE_TOO_LONG, () -> broken(encoder((buffer, offset) ->
        {
            buffer.setMemory(0, 1 << 30, (byte) 1);
            return 1;
        })).put("k", "v"));
        assertFails(ErrorCode.CODEC_FAILED, () -> broken(encoder((buffer, offset) ->
        {
            buffer.putLong(-8, 1);
            return 1;
        })).put("k", "v"));
        assertFails(ErrorCode.CODEC_FAILED, () -> broken(encoder((buffer, offset) ->
            map.put("from within", "a codec") == null ? 1 : 2)).put("k", "v"));
        assertTrue(map.isEmpty());
        map.put("k", "v");
        assertEquals("v", map.get("k"));
    }

    @Test
    void shouldSayThatTheWriteTookEffectWhenTheValueBeforeCannotBeDecoded()
    {
        final GridMap<String, Long> numbers = grid.map("m", Codecs.STRING, Codecs.LONG);
        map.put("k", "text");
        assertFails(ErrorCode.NOT_A_NUMBER, () -> numbers.get("k"));
        final OutcomeUnknownException ex =
            assertThrows(OutcomeUnknownException.class, () -> numbers.put("k", 5L));
        assertEquals(ErrorCode.CODEC_FAILED, ex.code());
        assertTrue(ex.getMessage().contains("was carried out"), ex.getMessage());
        assertEquals(5L, numbers.get("k"));
    }

    @Test
    void shouldThrowTheKindThatTheAgentNames()
    {
        port.refuseKind = AnswerKind.REFUSED;
        port.refuseNext = Reason.STORE_FULL;
        final GridException refused = assertThrows(RefusedException.class, () -> map.put("k", "v"));
        assertEquals(ErrorCode.STORE_FULL, refused.code());
        assertEquals("STORE_FULL: as the test wants it; nothing was done", refused.getMessage());
        port.refuseKind = AnswerKind.UNKNOWN;
        port.refuseNext = Reason.ANSWER_LOST;
        assertEquals(ErrorCode.ANSWER_LOST,
            assertThrows(OutcomeUnknownException.class, () -> map.put("k", "v")).code());
        port.refuseKind = AnswerKind.FAILED;
        port.refuseNext = Reason.INTERNAL;
        assertFails(ErrorCode.INTERNAL, () -> map.put("k", "v"));
    }

    @Test
    void shouldFailAfterDestroy()
    {
        map.put("k", "v");
        final FlyweightMap flyweight = map.flyweight();
        map.destroy();
        assertFails(ErrorCode.DESTROYED, () -> map.get("k"));
        assertFails(ErrorCode.DESTROYED, () -> map.put("k", "v"));
        assertFails(ErrorCode.DESTROYED, map::size);
        assertFails(ErrorCode.DESTROYED, map::clear);
        assertFails(ErrorCode.DESTROYED, () -> map.keySet().iterator().hasNext());
        assertFails(ErrorCode.DESTROYED, map::destroy);
        final UnsafeBuffer key = new UnsafeBuffer(new byte[]{'k'});
        assertFails(ErrorCode.DESTROYED, () -> flyweight.get(key, 0, 1, new UnsafeBuffer(new byte[9]), 0, 9));
        assertNull(grid.map("m", Codecs.STRING, Codecs.STRING).get("k"));
        assertFails(ErrorCode.DESTROYED, () -> map.get("k"));
    }

    @Test
    void shouldFailAfterClose()
    {
        map.put("k", "v");
        final FlyweightMap flyweight = map.flyweight();
        final AsyncGridMap<String, String> async = map.async();
        grid.close();
        grid.close();
        assertFails(ErrorCode.CLOSED, () -> map.get("k"));
        assertFails(ErrorCode.CLOSED, () -> map.put("k", "v"));
        assertFails(ErrorCode.CLOSED, map::size);
        assertFails(ErrorCode.CLOSED, () -> grid.map("m", Codecs.STRING, Codecs.STRING));
        assertFails(ErrorCode.CLOSED, () -> async.get("k"));
        assertFails(ErrorCode.CLOSED, map::async);
        final UnsafeBuffer key = new UnsafeBuffer(new byte[]{'k'});
        assertFails(ErrorCode.CLOSED, () -> flyweight.get(key, 0, 1, key, 0, 1));
        assertTrue(grid.isClosed());
    }

    @Test
    void shouldFailWhenTheNodeIsClosed()
    {
        map.put("k", "v");
        port.closed = true;
        assertFails(ErrorCode.CLOSED, () -> map.get("k"));
        assertFails(ErrorCode.CLOSED, () -> map.put("k", "v"));
        assertTrue(grid.isClosed());
    }

    private GridMap<String, String> broken(final Codec<String> codec)
    {
        return grid.map("m", Codecs.STRING, codec);
    }

    private static FailedException assertFails(final ErrorCode code, final Executable call)
    {
        final FailedException ex = assertThrows(FailedException.class, call);
        assertEquals(code, ex.code(), ex.getMessage());
        assertTrue(ex.getMessage().startsWith(code + ": "), ex.getMessage());
        return ex;
    }

    private static Codec<String> encoder(final Encoder encoder)
    {
        return new Codec<>()
        {
            @Override
            public int encode(final String value, final MutableDirectBuffer buffer, final int offset)
            {
                return encoder.encode(buffer, offset);
            }

            @Override
            public String decode(final DirectBuffer buffer, final int offset, final int length)
            {
                return Codecs.STRING.decode(buffer, offset, length);
            }
        };
    }

    private interface Encoder
    {
        int encode(MutableDirectBuffer buffer, int offset);
    }
}
