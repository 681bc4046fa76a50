package io.peregrine.transport.link;

import io.peregrine.transport.codec.DenialReason;
import io.peregrine.transport.codec.HelloDecoder;
import io.peregrine.transport.codec.HelloEncoder;
import io.peregrine.transport.codec.MessageHeaderDecoder;
import io.peregrine.transport.codec.MessageHeaderEncoder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class GreeterTest
{
    private static final int NEXT = LinkProtocol.VERSION + 1;

    private final LinkIdentity identity = new LinkIdentity(1, 2, "ours", "node", new UnsafeBuffer(new byte[0]));
    private final Greeter greeter = new Greeter(identity);
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final HandshakeReader reader = new HandshakeReader();

    private HelloDecoder hello(final int lowest, final int highest, final String grid)
    {
        final int length = new HandshakeWriter().hello(buffer, 0, 3, 4, grid, "client");
        new HelloEncoder().wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH)
            .lowestVersion(lowest)
            .highestVersion(highest);
        assertEquals(HandshakeReader.Kind.HELLO, reader.read(buffer, 0, length));
        return reader.hello;
    }

    @Test
    void shouldWelcomeWhoSpeaksThisVersionAmongOthersOrAlone()
    {
        assertNull(greeter.judge(hello(LinkProtocol.VERSION, LinkProtocol.VERSION, "ours")));
        assertNull(greeter.judge(hello(0, NEXT, "ours")));
        assertNull(greeter.judge(hello(LinkProtocol.VERSION, NEXT, "")));
    }

    @Test
    void shouldTellWhoSpeaksOnlyOtherVersionsWhichOneIsSpokenHere()
    {
        assertEquals(DenialReason.VERSION, greeter.judge(hello(NEXT, NEXT + 1, "ours")));
        assertEquals(DenialReason.VERSION, greeter.judge(hello(0, LinkProtocol.VERSION - 1, "ours")));
        assertEquals(DenialReason.VERSION, greeter.judge(hello(NEXT, NEXT, "other")), "the version comes first");
        final String text = text(DenialReason.VERSION);
        assertTrue(text.contains("speaks protocol version " + LinkProtocol.VERSION + " only"), text);
    }

    @Test
    void shouldTellWhoMeansAnotherGridWhichOneItIs()
    {
        assertEquals(DenialReason.GRID_NAME, greeter.judge(hello(LinkProtocol.VERSION, NEXT, "other")));
        assertTrue(text(DenialReason.GRID_NAME).contains("'ours'"), () -> text(DenialReason.GRID_NAME));
    }

    /**
     * A later schema of the handshake, with more fields and parts than are known here, is read for what is known.
     */
    @Test
    void shouldReadTheVersionsOfALaterHandshake()
    {
        final int more = 16;
        final HelloDecoder now = hello(NEXT, NEXT, "ours");
        final int block = now.sbeBlockLength();
        final int begin = MessageHeaderDecoder.ENCODED_LENGTH + block;
        final byte[] parts = new byte[32];
        buffer.getBytes(begin, parts);
        buffer.putBytes(begin + more, parts);
        new MessageHeaderEncoder().wrap(buffer, 0).blockLength(block + more).version(NEXT);
        assertEquals(HandshakeReader.Kind.HELLO, reader.read(buffer, 0, begin + more + parts.length));
        assertEquals(DenialReason.VERSION, greeter.judge(reader.hello));
    }

    private String text(final DenialReason reason)
    {
        return new String(greeter.text(reason), StandardCharsets.UTF_8);
    }
}
