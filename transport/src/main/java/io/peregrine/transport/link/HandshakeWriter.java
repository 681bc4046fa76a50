package io.peregrine.transport.link;

import io.peregrine.transport.codec.BeatEncoder;
import io.peregrine.transport.codec.DenialEncoder;
import io.peregrine.transport.codec.DenialReason;
import io.peregrine.transport.codec.GoodbyeEncoder;
import io.peregrine.transport.codec.HelloEncoder;
import io.peregrine.transport.codec.MessageHeaderEncoder;
import io.peregrine.transport.codec.WelcomeEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Encodes the messages of the handshake. Each method returns the length of header and message. Single-threaded.
 */
final class HandshakeWriter
{
    /**
     * Bytes of the longest message of the handshake.
     */
    static final int MAX_LENGTH = 1280;
    /**
     * Bytes of a Beat.
     */
    static final int BEAT_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + BeatEncoder.BLOCK_LENGTH;
    /**
     * Bytes of a Goodbye.
     */
    static final int GOODBYE_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + GoodbyeEncoder.BLOCK_LENGTH;

    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final HelloEncoder hello = new HelloEncoder();
    private final WelcomeEncoder welcome = new WelcomeEncoder();
    private final DenialEncoder denial = new DenialEncoder();
    private final BeatEncoder beat = new BeatEncoder();
    private final GoodbyeEncoder goodbye = new GoodbyeEncoder();

    /**
     * @return UTF-8 of at most so many bytes; what is longer is cut.
     */
    static byte[] utf8(final String text, final int maxLength)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxLength)
        {
            return bytes;
        }

        int end = maxLength;
        while ((bytes[end] & 0xC0) == 0x80)
        {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    int hello(
        final MutableDirectBuffer buffer,
        final int offset,
        final long nonce,
        final long clientId,
        final String gridName,
        final String clientName)
    {
        final byte[] grid = utf8(gridName, LinkProtocol.MAX_NAME_LENGTH);
        final byte[] name = utf8(clientName, LinkProtocol.MAX_NAME_LENGTH);
        hello.wrapAndApplyHeader(buffer, offset, header)
            .nonce(nonce)
            .clientId(clientId)
            .capabilities(LinkProtocol.CAPABILITIES)
            .lowestVersion(LinkProtocol.VERSION)
            .highestVersion(LinkProtocol.VERSION)
            .reserved1(0)
            .putGridName(grid, 0, grid.length)
            .putClientName(name, 0, name.length);
        return HEADER + hello.encodedLength();
    }

    int welcome(
        final MutableDirectBuffer buffer,
        final int offset,
        final long nonce,
        final LinkIdentity identity,
        final long capabilities,
        final long beatIntervalNs,
        final long silenceLimitNs)
    {
        final DirectBuffer greeting = identity.greeting();
        welcome.wrapAndApplyHeader(buffer, offset, header)
            .nonce(nonce)
            .incarnation(identity.incarnation())
            .gridId(identity.gridId())
            .capabilities(capabilities)
            .beatInterval(beatIntervalNs)
            .silenceLimit(silenceLimitNs)
            .version(LinkProtocol.VERSION)
            .reserved1(0)
            .reserved2(0)
            .putGridName(identity.gridNameBytes(), 0, identity.gridNameBytes().length)
            .putNodeName(identity.nodeNameBytes(), 0, identity.nodeNameBytes().length)
            .putGreeting(greeting, 0, greeting.capacity());
        return HEADER + welcome.encodedLength();
    }

    int denial(
        final MutableDirectBuffer buffer,
        final int offset,
        final long nonce,
        final DenialReason reason,
        final byte[] text)
    {
        denial.wrapAndApplyHeader(buffer, offset, header)
            .nonce(nonce)
            .reason(reason)
            .reserved1((short) 0)
            .reserved2(0)
            .reserved3(0)
            .putText(text, 0, text.length);
        return HEADER + denial.encodedLength();
    }

    int beat(final MutableDirectBuffer buffer, final int offset, final long sentAt, final boolean isAnswer)
    {
        beat.wrapAndApplyHeader(buffer, offset, header)
            .sentAt(sentAt)
            .isAnswer((short) (isAnswer ? 1 : 0))
            .reserved1((short) 0)
            .reserved2(0)
            .reserved3(0);
        return BEAT_LENGTH;
    }

    int goodbye(final MutableDirectBuffer buffer, final int offset, final long nonce)
    {
        goodbye.wrapAndApplyHeader(buffer, offset, header).nonce(nonce);
        return GOODBYE_LENGTH;
    }
}
