package io.peregrine.transport.link;

import io.peregrine.transport.codec.DenialReason;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The node's side of the handshake: answers what comes with its tag. Single-threaded.
 */
final class ServerHandshake
{
    private final HandshakeReader reader = new HandshakeReader();
    private final HandshakeWriter writer = new HandshakeWriter();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[HandshakeWriter.MAX_LENGTH]);
    private final byte[] silentText = Greeter.bytes("nothing was heard for too long; connect again");
    private final byte[] badText = Greeter.bytes("something came that makes no sense here; correct the client");
    private final LinkServer server;
    private final LinkServerSettings settings;
    private final LinkIdentity identity;
    private final LinkTally tally;
    private final Greeter greeter;

    ServerHandshake(
        final LinkServer server,
        final LinkServerSettings settings,
        final LinkIdentity identity,
        final LinkTally tally)
    {
        this.server = server;
        this.settings = settings;
        this.identity = identity;
        this.tally = tally;
        greeter = new Greeter(identity);
    }

    byte[] silentText()
    {
        return silentText;
    }

    void onMessage(final ServerLink link, final DirectBuffer buffer, final int offset, final int length)
    {
        final HandshakeReader.Kind kind = reader.read(buffer, offset, length);
        if (kind == HandshakeReader.Kind.HELLO)
        {
            onHello(link);
        }
        else if (kind == HandshakeReader.Kind.GOODBYE)
        {
            server.part(link);
        }
        else if (kind == HandshakeReader.Kind.BEAT && link.isOpen())
        {
            onBeat(link);
        }
        else
        {
            onBad(link);
        }
    }

    void onBad(final ServerLink link)
    {
        tally.badMessages++;
        server.end(link, DenialReason.MALFORMED, badText);
    }

    /**
     * @return work done.
     */
    int sendWelcome(final ServerLink link)
    {
        if (!link.isConnected())
        {
            return 0;
        }
        final int length = writer.welcome(
            scratch, 0, link.nonce, identity, link.capabilities, settings.beatIntervalNs(), settings.silenceLimitNs());
        link.isGreeted = send(link, length);
        return link.isGreeted ? 1 : 0;
    }

    /**
     * @return whether the client was told why the link ends, or needs not be told.
     */
    boolean isTold(final ServerLink link)
    {
        return link.endReason == null ||
            send(link, writer.denial(scratch, 0, link.isGreeted ? 0 : link.nonce, link.endReason, link.endText));
    }

    void sendGoodbye(final ServerLink link)
    {
        send(link, writer.goodbye(scratch, 0, link.nonce));
    }

    private void onHello(final ServerLink link)
    {
        final long nonce = reader.hello.nonce();
        if (link.isOpen())
        {
            if (nonce != link.nonce)
            {
                onBad(link);
            }
            return;
        }

        link.nonce = nonce;
        link.clientId = reader.hello.clientId();
        link.capabilities = reader.hello.capabilities() & LinkProtocol.CAPABILITIES;
        final DenialReason reason = greeter.judge(reader.hello);
        if (reason == null)
        {
            server.open(link);
        }
        else
        {
            server.end(link, reason, greeter.text(reason));
        }
    }

    private void onBeat(final ServerLink link)
    {
        if (reader.beat.isAnswer() == 0 && link.isGreeted)
        {
            final int at = link.claim(LinkProtocol.HANDSHAKE_TAG, HandshakeWriter.BEAT_LENGTH);
            if (at >= 0)
            {
                writer.beat(link.buffer(), at, reader.beat.sentAt(), true);
                link.commit();
            }
        }
    }

    private boolean send(final ServerLink link, final int length)
    {
        final int at = link.claim(LinkProtocol.HANDSHAKE_TAG, length);
        if (at < 0)
        {
            return false;
        }

        link.buffer().putBytes(at, scratch, 0, length);
        link.commit();
        return true;
    }
}
