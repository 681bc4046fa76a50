package io.peregrine.node.control.wire;

import io.peregrine.node.control.ControlCode;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlResult;
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
        new HostMessage.Hello(-3, 7, 8, 9, -1, 10, -11, "node-\u00fc"),
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
