package io.peregrine.transport.peer;

import com.sun.management.ThreadMXBean;
import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FrameDescriptor;
import io.peregrine.transport.process.UdpPort;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Two nodes' streams over UDP, all driven by the thread of the test.
 */
@Timeout(600)
class PeerStreamsTest
{
    private static final int DATA = 1;
    private static final int BULK = 2;
    private static final int MTU = 1408;
    private static final int MTU_OF_THE_WAY = 0;
    private static final int TERM = 64 * 1024;
    private static final int LONGEST = 1024 * 1024;
    private static final int MAX_PEERS = 2;
    private static final PeerSettings SETTINGS = new PeerSettings(MAX_PEERS, TERM, MTU, LONGEST, 2L * LONGEST);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int ROUNDS = 400;
    private static final int MESSAGES = 2_000;

    private final List<Throwable> errors = new ArrayList<>();
    private final int portA = freePort();
    private final int portB = freePort();
    @TempDir
    private Path temp;
    private PeerEnd nodeA;
    private PeerEnd nodeB;

    @AfterEach
    void close()
    {
        CloseHelper.closeAll(nodeA, nodeB);
        assertEquals(List.of(), errors);
    }

    @ParameterizedTest
    @ValueSource(ints = {MTU, MTU_OF_THE_WAY})
    void shouldBringMessagesOfAnyLengthInOrderBothWays(final int mtu)
    {
        start(new PeerSettings(MAX_PEERS, TERM, mtu, LONGEST, 2L * LONGEST));
        final PeerWay there = nodeA.streams.open(nodeB.endpoint(), 0);
        final PeerWay back = nodeB.streams.open(nodeA.endpoint(), 0);
        final int[] lengths = {8, MTU - 32, MTU - 31, 3 * MTU, 8, LONGEST, 100_000, 16, 8, LONGEST};
        for (int i = 0; i < lengths.length; i++)
        {
            send(there, DATA, lengths[i], i);
            send(back, BULK, lengths[i], i);
        }
        await(() -> nodeA.lengths.size() == lengths.length && nodeB.lengths.size() == lengths.length);
        for (int i = 0; i < lengths.length; i++)
        {
            assertEquals(lengths[i], nodeA.lengths.get(i));
            assertEquals(lengths[i], nodeB.lengths.get(i));
        }
        assertNull(nodeA.problem);
        assertNull(nodeB.problem);
        assertEquals(0, nodeA.streams.tally().piecesDropped + nodeB.streams.tally().piecesDropped);
    }

    @Test
    void shouldSayThatNobodyIsThere()
    {
        nodeA = new PeerEnd(temp.resolve("a"), portA, SETTINGS, errors::add);
        final PeerWay way = nodeA.streams.open("127.0.0.1:" + portB, 0);
        for (int i = 0; i < 1000; i++)
        {
            assertEquals(PeerOut.NOT_CONNECTED, way.stream(DATA).tryClaim(64));
            nodeA.work();
        }
        nodeB = new PeerEnd(temp.resolve("b"), portB, SETTINGS, errors::add);
        send(way, DATA, 64, 0);
        await(() -> nodeB.lengths.size() == 1);
    }

    @Test
    void shouldSayThatThereIsNoRoomAndKeepTheRestOfALongMessage()
    {
        start();
        final PeerWay way = nodeA.streams.open(nodeB.endpoint(), 0);
        send(way, BULK, 8, 0);
        await(() -> nodeB.lengths.size() == 1);
        nodeB.isPolled = false;
        send(way, BULK, LONGEST, 1);
        work(2_000);
        assertEquals(PeerOut.BACK_PRESSURED, way.stream(BULK).tryClaim(8));
        assertEquals(PeerOut.BACK_PRESSURED, way.stream(BULK).tryClaim(LONGEST));
        assertTrue(nodeA.streams.tally().backPressured > 0);
        send(way, DATA, 64, 2);
        nodeB.isPolled = true;
        await(() -> nodeB.lengths.size() == 3);
        assertEquals(List.of(8, 64, LONGEST), nodeB.lengths);
        assertNull(nodeB.problem);
    }

    @Test
    void shouldSendNothingOfWhatWasGivenBack()
    {
        start();
        final PeerWay way = nodeA.streams.open(nodeB.endpoint(), 0);
        send(way, DATA, 8, 0);
        for (final int length : new int[]{64, LONGEST})
        {
            assertTrue(way.stream(DATA).tryClaim(length) >= 0);
            way.stream(DATA).abort();
        }
        send(way, DATA, 16, 1);
        await(() -> nodeB.lengths.size() == 2);
        assertEquals(List.of(8, 16), nodeB.lengths);
    }

    @Test
    void shouldGoOnWhenTheOtherNodeWasStartedAnew()
    {
        start();
        final PeerWay way = nodeA.streams.open(nodeB.endpoint(), 0);
        send(way, DATA, 64, 0);
        await(() -> nodeB.lengths.size() == 1);
        nodeB.close();
        for (int i = 0; i < 200 && way.stream(BULK).tryClaim(LONGEST) >= 0; i++)
        {
            way.stream(BULK).commit();
        }
        work(100);
        nodeB = new PeerEnd(temp.resolve("b"), portB, SETTINGS, errors::add);
        await(() ->
        {
            final int at = way.stream(DATA).tryClaim(24);
            if (at >= 0)
            {
                PeerEnd.fill(way.stream(DATA).buffer(), at, 24);
                way.stream(DATA).commit();
            }
            return nodeB.lengths.contains(24);
        });
        assertNull(nodeB.problem);
    }

    @Test
    void shouldCloseWhatIsNotWantedAndTakeOnlySoManyStreams()
    {
        start();
        final List<PeerWay> ways = new ArrayList<>();
        for (int i = 0; i <= MAX_PEERS; i++)
        {
            ways.add(nodeA.streams.open(nodeB.endpoint(), 0));
        }
        await(() -> nodeB.streams.tally().rejected >= PeerProtocol.KINDS);
        assertEquals(MAX_PEERS * PeerProtocol.KINDS, nodeB.streams.incoming());
        ways.forEach(nodeA.streams::close);
        await(() -> nodeB.streams.incoming() == 0);
        final PeerWay way = nodeA.streams.open(nodeB.endpoint(), 0);
        send(way, DATA, 64, 0);
        await(() -> nodeB.lengths.contains(64));
    }

    @Test
    void shouldDropPiecesThatMakeNoMessage()
    {
        start();
        try (Aeron aeron = nodeA.host.connect())
        {
            final long id = aeron.asyncAddExclusivePublication(
                "aeron:udp?term-length=64k|endpoint=" + nodeB.endpoint(), PeerProtocol.stream(0, DATA));
            final ExclusivePublication[] stream = new ExclusivePublication[1];
            await(() ->
            {
                aeron.conductorAgentInvoker().invoke();
                stream[0] = aeron.getExclusivePublication(id);
                return stream[0] != null && stream[0].isConnected();
            });
            final int begin = FrameDescriptor.BEGIN_FRAG_FLAG;
            final int end = FrameDescriptor.END_FRAG_FLAG;
            raw(stream[0], 0, 0);
            raw(stream[0], end, 0);
            raw(stream[0], begin, LONGEST + 1L);
            raw(stream[0], begin, -1);
            raw(stream[0], begin, 100);
            raw(stream[0], end, 0);
            raw(stream[0], begin, 64);
            raw(stream[0], 0, 0);
            raw(stream[0], begin, 128);
            raw(stream[0], end, 0);
            raw(stream[0], begin | end, 0);
            await(() -> nodeB.streams.tally().received == 2);
            assertEquals(List.of(128, 64), nodeB.lengths);
            assertEquals(6, nodeB.streams.tally().piecesDropped);
            assertEquals(0, nodeB.streams.tally().assembling);
        }
    }

    @Test
    void shouldLetInOnlyStreamsThatAnotherNodeWouldSend()
    {
        start();
        try (Aeron aeron = nodeA.host.connect())
        {
            final long other = aeron.asyncAddExclusivePublication(
                "aeron:udp?term-length=64k|endpoint=" + nodeB.endpoint(), 1001);
            final long longer = aeron.asyncAddExclusivePublication(
                "aeron:udp?term-length=128k|endpoint=" + nodeB.endpoint(), PeerProtocol.stream(0, DATA));
            final long good = aeron.asyncAddExclusivePublication(
                "aeron:udp?term-length=64k|endpoint=" + nodeB.endpoint(), PeerProtocol.stream(0, DATA));
            await(() ->
            {
                aeron.conductorAgentInvoker().invoke();
                final ExclusivePublication stream = aeron.getExclusivePublication(good);
                return stream != null && stream.isConnected() && nodeB.host.droppedDatagrams() >= 2;
            });
            assertFalse(aeron.getExclusivePublication(other).isConnected());
            assertFalse(aeron.getExclusivePublication(longer).isConnected());
            assertEquals(1, nodeB.streams.incoming());
        }
    }

    /**
     * The JVM allocates on the thread until it has compiled everything: one round without garbage is the proof.
     */
    @Test
    void shouldMakeNoGarbage()
    {
        start();
        final PeerWay way = nodeA.streams.open(nodeB.endpoint(), 0);
        nodeB.isNoted = false;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS && least >= MESSAGES; i++)
        {
            least = Math.min(least, pump(way, MESSAGES));
        }
        assertEquals(0, least / MESSAGES, "bytes for each message");
    }

    /**
     * @return bytes of garbage made by the streams; what the media driver makes is not counted.
     */
    private long pump(final PeerWay way, final int count)
    {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long id = Thread.currentThread().getId();
        final long until = nodeB.streams.tally().received + count;
        final long startNs = System.nanoTime();
        int left = count;
        long garbage = 0;
        while (nodeB.streams.tally().received < until)
        {
            final long before = threads.getThreadAllocatedBytes(id);
            final PeerOut stream = way.stream(DATA);
            final int length = left % 16 == 0 ? 3 * MTU : 128;
            final int at = left > 0 ? stream.tryClaim(length) : -1;
            if (at >= 0)
            {
                stream.buffer().putLong(at, length);
                stream.commit();
                left--;
            }
            nodeA.streams.work(System.nanoTime());
            nodeB.streams.work(System.nanoTime());
            garbage += threads.getThreadAllocatedBytes(id) - before;
            nodeA.host.work();
            nodeB.host.work();
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, "not within the limit");
        }

        return garbage;
    }

    private void start()
    {
        start(SETTINGS);
    }

    private void start(final PeerSettings settings)
    {
        nodeA = new PeerEnd(temp.resolve("a"), portA, settings, errors::add);
        nodeB = new PeerEnd(temp.resolve("b"), portB, settings, errors::add);
    }

    private void work(final int cycles)
    {
        for (int i = 0; i < cycles; i++)
        {
            nodeA.work();
            nodeB.work();
        }
    }

    private void raw(final ExclusivePublication stream, final int flags, final long reserved)
    {
        final BufferClaim claim = new BufferClaim();
        await(() -> stream.tryClaim(64, claim) > 0);
        PeerEnd.fill(claim.buffer(), claim.offset(), 64);
        claim.flags((byte) flags);
        claim.reservedValue(reserved);
        claim.commit();
    }

    private void send(final PeerWay way, final int kind, final int length, final int number)
    {
        final PeerOut stream = way.stream(kind);
        final int[] at = new int[1];
        await(() -> (at[0] = stream.tryClaim(length)) >= 0);
        assertEquals(0, at[0] % 8, "message " + number);
        PeerEnd.fill(stream.buffer(), at[0], length);
        stream.commit();
    }

    private void await(final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, "not within the limit");
            if (nodeA.work() + (nodeB == null ? 0 : nodeB.work()) == 0)
            {
                Thread.yield();
            }
        }
    }

    private static int freePort()
    {
        return Integer.parseInt(UdpPort.free().split(":")[1]);
    }
}
