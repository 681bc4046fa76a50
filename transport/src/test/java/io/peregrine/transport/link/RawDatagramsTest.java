package io.peregrine.transport.link;

import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.aeron.protocol.SetupFlyweight;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A server under datagrams that no driver sent, at both of its ports.
 */
@Tag("long")
@Timeout(120)
class RawDatagramsTest
{
    private static final int ROUNDS = 1_000;
    private static final int BURST = 20;
    private static final int MOST_STREAMS = 600;

    private final Random random = new Random(17);
    private final byte[] bytes = new byte[512];
    private final UnsafeBuffer datagram = new UnsafeBuffer(bytes);

    @TempDir
    private Path directory;

    @Test
    void shouldServeOthersUnderFloodsOfDatagramsThatMakeNoSense() throws IOException
    {
        try (LinkPair pair = new LinkPair(directory, false);
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress()))
        {
            pair.startServer(1);
            final int port = Integer.parseInt(pair.endpoint.substring(pair.endpoint.indexOf(':') + 1));
            final ClientLink honest = pair.connect("");
            pair.await("connection", () -> honest.connection() != null);
            for (int round = 0; round < ROUNDS; round++)
            {
                for (int i = 0; i < BURST; i++)
                {
                    socket.send(new DatagramPacket(
                        bytes, forge(), InetAddress.getLoopbackAddress(), port + random.nextInt(2)));
                }
                pair.work();
                if (round % 20 == 0)
                {
                    LinkTest.assertEchoes(pair, honest, 2);
                }
                assertTrue(streams() < MOST_STREAMS, () -> streams() + " streams");
            }
            assertTrue(pair.host.droppedDatagrams() > ROUNDS, "most were dropped");
            assertEquals(1, pair.server.tally().opened());
            pair.await("the end of what came of it",
                () -> LinkTest.poll(honest) >= 0 && streams() < 10 && pair.server.size() == 1);
            LinkTest.assertEchoes(pair, honest, 2);
            assertEquals(1, pair.server.tally().opened(), "the honest link lived through it");
            if (!pair.errors.isEmpty())
            {
                throw new AssertionError(pair.errors.size() + " faults", pair.errors.get(0));
            }
        }
    }

    /**
     * @return the length of what is in the buffer.
     */
    private int forge()
    {
        random.nextBytes(bytes);
        final int type = random.nextInt(9);
        datagram.putByte(HeaderFlyweight.VERSION_FIELD_OFFSET, (byte) 0);
        datagram.putShort(HeaderFlyweight.TYPE_FIELD_OFFSET, (short) type);
        switch (random.nextInt(4))
        {
            case 0:
                return random.nextInt(bytes.length);
            case 1:
                return setup();
            case 2:
                return data();
            default:
                datagram.putInt(DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET, LinkProtocol.requestStream(0));
                return 8 + random.nextInt(100);
        }
    }

    private int setup()
    {
        new SetupFlyweight(datagram)
            .initialTermId(0)
            .activeTermId(random.nextInt(3))
            .termOffset(random.nextBoolean() ? 0 : random.nextInt(1 << 20))
            .termLength(random.nextInt(4) == 0 ? 1 << 30 : 1 << 16)
            .mtuLength(random.nextInt(4) == 0 ? random.nextInt() : 1408)
            .sessionId(random.nextInt(10_000))
            .streamId(LinkProtocol.requestStream(random.nextInt(2)))
            .headerType(HeaderFlyweight.HDR_TYPE_SETUP)
            .flags(random.nextInt(4) == 0 ? 0 : SetupFlyweight.SEND_RESPONSE_SETUP_FLAG)
            .frameLength(SetupFlyweight.HEADER_LENGTH);
        return SetupFlyweight.HEADER_LENGTH;
    }

    private int data()
    {
        new DataHeaderFlyweight(datagram)
            .sessionId(random.nextInt(10_000))
            .streamId(LinkProtocol.requestStream(0))
            .termId(random.nextInt(2))
            .termOffset(random.nextInt(3) == 0 ? random.nextInt() : 32 * random.nextInt(8))
            .headerType(HeaderFlyweight.HDR_TYPE_DATA)
            .frameLength(random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(200));
        datagram.putByte(HeaderFlyweight.FLAGS_FIELD_OFFSET, (byte) 0xC0);
        return 32 * (1 + random.nextInt(8));
    }

    private long streams()
    {
        try (Stream<Path> all = Files.list(directory.resolve("server").resolve("images")))
        {
            return all.count();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
