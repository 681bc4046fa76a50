package io.peregrine.node.gateway;

import io.peregrine.client.codec.FragmentDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.node.Caller;
import io.peregrine.node.NodeSettings;
import io.peregrine.transport.monitor.CounterType;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * A node under messages that nobody in his right mind sends, over real links: each is answered, or its link is ended;
 * an honest client goes on beside it, and no fault is recorded.
 */
@Tag("long")
@Timeout(300)
class HostileFramesTest
{
    private static final int BATCH = 200;
    private static final int TEMPLATE_OFFSET = 2;
    private static final int SCHEMA_OFFSET = 4;

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[4096]);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"true, 700000", "false, 100000"})
    void shouldAnswerEveryMutatedRequest(final boolean isIpc, final int count)
    {
        final Random random = new Random(11);
        final Requests requests = new Requests(random);
        try (RemoteNode remote = start(); Caller honest = remote.newCaller(false))
        {
            final int map = honest.open("honest");
            final Attacker attacker = new Attacker(remote, remote.newClient(isIpc, 666));
            long expected = 0;
            for (int i = 0; i < count; i++)
            {
                final int length = mutate(requests.any(message, i, random.nextInt(64)), random);
                if (!attacker.send(1 + random.nextInt(GatewayLimits.TAGS), message, length))
                {
                    expected = 0;
                    continue;
                }
                expected++;
                if (expected % BATCH == 0 && !attacker.awaitAnswers(expected))
                {
                    expected = 0;
                }
                if (i % 2_000 == 0)
                {
                    assertServed(honest, map, i);
                }
            }
            assertEquals(1, attacker.connections(), "whole requests do not end a link");
            assertEquals(expected, attacker.answers(), "answers");
            assertServed(honest, map, 0);
            assertSound(remote);
        }
    }

    @Test
    void shouldAnswerOrDropPiecesInAnyOrderAndNeverFinished()
    {
        final Random random = new Random(12);
        final Requests requests = new Requests(random);
        try (RemoteNode remote = start(); Caller honest = remote.newCaller(false))
        {
            final int map = honest.open("honest");
            final Attacker attacker = new Attacker(remote, remote.newClient(true, 666));
            for (int i = 0; i < 200_000; i++)
            {
                final int total = random.nextInt(5) == 0 ? random.nextInt() : random.nextInt(3_000);
                final int from = random.nextInt(3) == 0 ? random.nextInt(3_000) : 0;
                int length = requests.fragment(message, i, total, from, random.nextInt(800));
                if (random.nextInt(4) == 0)
                {
                    length = mutate(length, random);
                    message.putShort(
                        TEMPLATE_OFFSET, (short) FragmentDecoder.TEMPLATE_ID, ByteOrder.LITTLE_ENDIAN);
                }
                attacker.send(1 + random.nextInt(GatewayLimits.TAGS), message, length);
                if (i % 2_000 == 0)
                {
                    assertServed(honest, map, i);
                }
                if (i % BATCH == 0)
                {
                    attacker.work();
                }
            }
            assertServed(honest, map, 0);
            remote.await("drops", () -> remote.counter(CounterType.PIECES_DROPPED) > 10_000);
            attacker.link.close();
            assertSound(remote);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 60", "false, 8"})
    void shouldEndLinksThatTalkNonsense(final boolean isIpc, final int count)
    {
        final Random random = new Random(13);
        try (RemoteNode remote = start(); Caller honest = remote.newCaller(false))
        {
            final int map = honest.open("honest");
            final Attacker attacker = new Attacker(remote, remote.newClient(isIpc, 666));
            while (attacker.connections() <= count)
            {
                final byte[] bytes = new byte[random.nextInt(100)];
                random.nextBytes(bytes);
                message.putBytes(0, bytes);
                attacker.send(random.nextInt(3) == 0 ? 0 : random.nextInt(2_000), message, bytes.length);
                attacker.work();
                assertServed(honest, map, 1);
            }
            remote.await("count", () -> remote.counter(CounterType.MESSAGES_BAD) >= count);
            assertSound(remote);
        }
    }

    private RemoteNode start()
    {
        final RemoteNode remote = new RemoteNode(directory);
        return remote.start(remote.context().set(NodeSettings.MAPS, 16));
    }

    /**
     * Something is changed, but a kind of request that is answered whole remains.
     */
    private int mutate(final int length, final Random random)
    {
        int result = length;
        switch (random.nextInt(5))
        {
            case 0:
                result = Math.max(16, random.nextInt(length + 1));
                break;
            case 1:
                message.putShort(0, (short) (8 + random.nextInt(200)), ByteOrder.LITTLE_ENDIAN);
                break;
            case 2:
                message.putShort(TEMPLATE_OFFSET, (short) random.nextInt(40), ByteOrder.LITTLE_ENDIAN);
                break;
            default:
                for (int i = random.nextInt(8); i >= 0; i--)
                {
                    message.putByte(16 + random.nextInt(Math.max(1, length - 16)), (byte) random.nextInt());
                }
                break;
        }
        final short template = message.getShort(TEMPLATE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (template == FragmentDecoder.TEMPLATE_ID)
        {
            message.putShort(TEMPLATE_OFFSET, (short) 99, ByteOrder.LITTLE_ENDIAN);
        }
        message.putShort(SCHEMA_OFFSET, (short) MessageHeaderDecoder.SCHEMA_ID, ByteOrder.LITTLE_ENDIAN);
        return result;
    }

    private static void assertServed(final Caller honest, final int map, final int number)
    {
        final byte[] value = {(byte) number, (byte) (number >> 8), 7};
        honest.put(map, "key", value);
        assertArrayEquals(value, honest.read(map, "key"));
    }

    private static void assertSound(final RemoteNode remote)
    {
        remote.await("nothing left", () -> remote.counter(CounterType.ANSWERS_WAITING) == 0);
        if (!remote.errors.isEmpty())
        {
            throw new AssertionError(remote.errors.size() + " faults", remote.errors.get(0));
        }
    }
}
