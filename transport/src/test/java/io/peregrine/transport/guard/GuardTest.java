package io.peregrine.transport.guard;

import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What is let through to the driver.
 */
class GuardTest
{
    private static final int TERM = 64 * 1024;
    private static final int VAIN_LOOKS = 20;

    private final UnsafeBuffer datagram = new UnsafeBuffer(new byte[2048]);
    private final DataHeaderFlyweight frame = new DataHeaderFlyweight();

    @Test
    void shouldLetFramesThroughThatEndWhereTheirDatagramEnds()
    {
        frame(0, 100, HeaderFlyweight.HDR_TYPE_DATA, 0);
        assertTrue(Frames.areWhole(datagram, 128, TERM));
        frame(128, 64, HeaderFlyweight.HDR_TYPE_DATA, 128);
        assertTrue(Frames.areWhole(datagram, 192, TERM));
        frame(192, 1000, HeaderFlyweight.HDR_TYPE_PAD, 192);
        assertTrue(Frames.areWhole(datagram, 224, TERM));
        frame(0, 0, HeaderFlyweight.HDR_TYPE_DATA, TERM);
        assertTrue(Frames.areWhole(datagram, 32, TERM));
    }

    @Test
    void shouldDropFramesThatLieAboutTheirLengthOrPlace()
    {
        frame(0, 100, HeaderFlyweight.HDR_TYPE_DATA, 0);
        assertFalse(Frames.areWhole(datagram, 96, TERM), "shorter than it says");
        assertFalse(Frames.areWhole(datagram, 160, TERM), "longer than it says");
        assertFalse(Frames.areWhole(datagram, 31, TERM), "no header");
        for (final int length : new int[]{Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 31, 1 << 20})
        {
            frame(0, length, HeaderFlyweight.HDR_TYPE_DATA, 0);
            assertFalse(Frames.areWhole(datagram, 128, TERM), "length " + length);
        }
        for (final int offset : new int[]{-32, 16, TERM - 64, TERM, Integer.MAX_VALUE & -32})
        {
            frame(0, 100, HeaderFlyweight.HDR_TYPE_DATA, offset);
            assertFalse(Frames.areWhole(datagram, 128, TERM), "offset " + offset);
        }
        frame(0, TERM, HeaderFlyweight.HDR_TYPE_PAD, 32);
        assertFalse(Frames.areWhole(datagram, 32, TERM), "padding beyond the term");
        frame(0, 100, HeaderFlyweight.HDR_TYPE_SETUP, 0);
        assertFalse(Frames.areWhole(datagram, 128, TERM), "not data");
        frame(0, 64, HeaderFlyweight.HDR_TYPE_DATA, 0);
        frame(64, 64, HeaderFlyweight.HDR_TYPE_DATA, 128);
        assertFalse(Frames.areWhole(datagram, 128, TERM), "not one behind the other");
        frame(64, 64, HeaderFlyweight.HDR_TYPE_DATA, 64);
        frame.sessionId(8);
        assertFalse(Frames.areWhole(datagram, 128, TERM), "of another stream");
    }

    @Test
    void shouldNeverReadBeyondADatagramWhateverItHolds()
    {
        final Random random = new Random(5);
        for (int i = 0; i < 500_000; i++)
        {
            final int length = random.nextInt(200);
            final UnsafeBuffer exact = new UnsafeBuffer(new byte[length]);
            for (int at = 0; at + 4 <= length; at += 4)
            {
                exact.putInt(at, random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(5) * 32);
            }
            if (length > 8 && random.nextBoolean())
            {
                exact.putShort(HeaderFlyweight.TYPE_FIELD_OFFSET, (short) HeaderFlyweight.HDR_TYPE_DATA);
            }
            Frames.areWhole(exact, length, TERM);
        }
    }

    @Test
    void shouldLetNewStreamsInAtARateAndKnownOnesAlways()
    {
        final SessionGate gate = new SessionGate();
        int admitted = 0;
        for (int session = 0; session < 10_000; session++)
        {
            admitted += gate.admits(1001, session, TERM, 0) ? 1 : 0;
        }
        assertEquals(SessionGate.NEW_AT_ONCE, admitted);
        assertEquals(TERM, gate.termLength(1001, 0));
        assertEquals(0, gate.termLength(1002, 0));
        for (int session = 10_000; session < 20_000; session++)
        {
            admitted += gate.admits(1001, session, TERM, 1_000_000_000L) ? 1 : 0;
        }
        assertTrue(admitted <= 2 * SessionGate.NEW_AT_ONCE);
    }

    @Test
    void shouldForgetStreamsByWhichNothingComesAndStayBounded()
    {
        final SessionGate gate = new SessionGate();
        final int perTurn = (int) (SessionGate.FORGET_NS / 1_000_000_000L) * SessionGate.NEW_PER_SECOND;
        int most = 0;
        for (int session = 0; session < 100_000; session++)
        {
            gate.admits(1001, session, TERM, session * 1_000_000L);
            assertEquals(TERM, gate.termLength(1001, 0));
            most = Math.max(most, gate.size());
        }
        assertTrue(most <= 2 * (perTurn + SessionGate.NEW_AT_ONCE) + 2, most + " remembered");
        assertEquals(0, gate.termLength(1001, 4));
    }

    @Test
    void shouldGiveAsManyTokensAsTimePasses()
    {
        final TokenBucket bucket = new TokenBucket(100, 5);
        int taken = 0;
        for (long nowNs = -1_000_000_000L; nowNs < 9_000_000_000L; nowNs += 1_000_000)
        {
            taken += bucket.take(nowNs) ? 1 : 0;
        }
        assertEquals(1_000, taken, 6);
    }

    @Test
    void shouldTakeMoreAtOnceWhileMoreCome()
    {
        final Burst burst = new Burst(VAIN_LOOKS);
        for (int i = 1; i <= Burst.MOST; i *= 2)
        {
            assertEquals(i, burst.next(0));
            burst.onFull();
        }
        burst.onFull();
        assertEquals(Burst.MOST, burst.next(0));
        burst.onEmpty();
        assertEquals(1, burst.next(0));
    }

    @Test
    void shouldAskSeldomWhereNothingComesAndAtOnceWhenSomethingCame()
    {
        final Burst burst = new Burst(VAIN_LOOKS);
        long nowNs = 1_000_000;
        for (int i = 0; i < VAIN_LOOKS; i++)
        {
            assertEquals(1, burst.next(++nowNs));
            burst.onEmpty();
        }
        assertEquals(1, burst.next(++nowNs), "the first rest begins with a look");
        burst.onEmpty();
        assertEquals(0, burst.next(nowNs + Burst.REST_NS - 1));
        nowNs += Burst.REST_NS;
        assertEquals(1, burst.next(nowNs));
        assertEquals(0, burst.next(nowNs + 1));
        burst.onFull();
        assertEquals(2, burst.next(nowNs + 2));
        assertEquals(2, burst.next(nowNs + 3));
    }

    private void frame(final int at, final int frameLength, final int type, final int termOffset)
    {
        frame.wrap(datagram, at, DataHeaderFlyweight.HEADER_LENGTH);
        frame.sessionId(7).streamId(1001).termId(3).termOffset(termOffset).headerType(type);
        frame.frameLength(frameLength);
    }
}
