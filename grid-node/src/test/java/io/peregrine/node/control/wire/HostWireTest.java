package io.peregrine.node.control.wire;

import io.peregrine.node.codec.MessageHeaderEncoder;
import io.peregrine.node.control.ControlCode;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.NodeVersion;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HostWireTest
{
    private static final int ROUNDS = 10_000;
    private static final List<HostMessage> MESSAGES = List.of(
        new HostMessage.Hello(-3, NodeVersion.CURRENT, 7, 8, 9, -1, 10, -11, "node-\u00fc"),
        new HostMessage.Request(4, new ControlCommand.Leave(1, 2)),
        new HostMessage.Pull(11),
        new HostMessage.Reply(4, 7, new ControlResult(ControlCode.NAME_TAKEN, 5, 6)),
        new HostMessage.Event(3, 4, 1_000, -77, new ControlCommand.StayAlone(1, 2, 3)));

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
    private final HostWriter writer = new HostWriter();
    private final HostReader reader = new HostReader();

    @Test
    void shouldReadWhatWasWritten() throws MalformedException
    {
        for (final HostMessage message : MESSAGES)
        {
            assertEquals(message, reader.decode(buffer, 8, writer.encode(message, buffer, 8)));
        }

        final HostMessage.Piece piece = new HostMessage.Piece(5, 10, 7, new byte[]{1, 2, 3});
        final HostMessage.Piece read = assertInstanceOf(
            HostMessage.Piece.class, reader.decode(buffer, 0, writer.encode(piece, buffer, 0)));
        assertArrayEquals(piece.bytes(), read.bytes());
        assertEquals(piece.at(), read.at());
    }

    /**
     * Whatever else the messages of other versions are: shorter, longer, of an earlier or a later schema.
     */
    @Test
    void shouldReadOfOtherVersionsThatTheyAreAndWhatTheyAreTold() throws MalformedException
    {
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        final HostMessage other = new HostMessage.Hello(-3, NodeVersion.CURRENT + 1, 7, 8, 9, -1, 10, -11, "n");
        for (int schema = 0; schema < 4; schema++)
        {
            for (final int block : new int[]{16, 32, 200})
            {
                writer.encode(other, buffer, 0);
                header.wrap(buffer, 0).version(schema).blockLength(block);
                assertEquals(
                    HostMessage.Hello.ofVersion(-3, NodeVersion.CURRENT + 1), reader.decode(buffer, 0, 8 + block));
            }

            final HostMessage told =
                new HostMessage.Reply(-3, 0, new ControlResult(ControlCode.OTHER_VERSION, NodeVersion.CURRENT, 6));
            final int length = writer.encode(told, buffer, 0);
            header.wrap(buffer, 0).version(schema);
            assertEquals(told, reader.decode(buffer, 0, length));
        }

        final int length = writer.encode(new HostMessage.Pull(11), buffer, 0);
        header.wrap(buffer, 0).version(0);
        assertThrows(MalformedException.class, () -> reader.decode(buffer, 0, length), "all else is of this version");
        writer.encode(other, buffer, 0);
        header.wrap(buffer, 0).blockLength(15);
        assertThrows(MalformedException.class, () -> reader.decode(buffer, 0, 200), "it says no version");
    }

    @Test
    void shouldRefuseWhatEndsTooEarly()
    {
        for (final HostMessage message : MESSAGES)
        {
            final int length = writer.encode(message, buffer, 0);
            for (int cut = 0; cut < length; cut++)
            {
                final int shorter = cut;
                assertThrows(MalformedException.class, () -> reader.decode(buffer, 0, shorter));
            }
        }
    }

    @Test
    void shouldTakeAnyBytesForAMessageOrForNone()
    {
        final Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++)
        {
            final int length = writer.encode(MESSAGES.get(random.nextInt(MESSAGES.size())), buffer, 0);
            for (int flips = random.nextInt(4); flips >= 0; flips--)
            {
                buffer.putByte(random.nextInt(length), (byte) random.nextInt());
            }
            try
            {
                reader.decode(buffer, 0, length);
            }
            catch (final MalformedException ex)
            {
                refused++;
            }
        }
        assertTrue(refused > ROUNDS / 10);
    }
}
