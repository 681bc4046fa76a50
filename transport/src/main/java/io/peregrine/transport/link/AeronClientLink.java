package io.peregrine.transport.link;

import io.aeron.Publication;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.peregrine.transport.codec.DenialReason;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A link over Aeron: carries out what {@link ClientLinkRules} say.
 */
final class AeronClientLink implements ClientLink
{
    private static final long MAX_STEP_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int HANDSHAKE_FRAGMENTS = 4;
    private static final long MIN_BEAT_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ClientLinks links;
    private final String endpoint;
    private final int agent;
    private final LinkSettings settings;
    private final ClientLinkRules rules;
    private final WorkClock clock = new WorkClock(MAX_STEP_NS);
    private final HandshakeWriter writer = new HandshakeWriter();
    private final HandshakeReader reader = new HandshakeReader();
    private final BufferClaim claim = new BufferClaim();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[HandshakeWriter.MAX_LENGTH]);
    private final FragmentHandler fragmentHandler = this::onFragment;
    private ClientStreams streams;
    private LinkHandler handler;
    private Throwable failure;
    private long timeNs;
    private long nonce;
    private boolean isClosed;
    private volatile AeronConnection connection;
    private volatile LinkFault fault;

    AeronClientLink(
        final ClientLinks links, final String endpoint, final int agent, final LinkSettings settings)
    {
        this.links = links;
        this.endpoint = endpoint;
        this.agent = agent;
        this.settings = settings;
        nonce = ThreadLocalRandom.current().nextLong() >>> 1;
        rules = new ClientLinkRules(
            settings.attemptTimeoutNs(),
            new Backoff(settings.minBackoffNs(), settings.maxBackoffNs()),
            () -> ThreadLocalRandom.current().nextLong());
    }

    @Override
    public LinkConnection connection()
    {
        return connection;
    }

    @Override
    public LinkFault fault()
    {
        return fault;
    }

    @Override
    public int work(final long nowNs)
    {
        if (isClosed)
        {
            return 0;
        }

        timeNs = clock.advance(nowNs);
        int work = 0;
        if (streams != null)
        {
            work += checkStreams();
        }
        if (streams != null && !rules.isOpen())
        {
            work += streams.poll(fragmentHandler, HANDSHAKE_FRAGMENTS);
        }

        work += step();
        final AeronConnection current = connection;
        if (current != null)
        {
            current.quiet(rules.isQuiet(timeNs));
        }
        return work;
    }

    @Override
    public int poll(final LinkHandler to, final int limit)
    {
        if (streams == null || !rules.isOpen())
        {
            return 0;
        }

        handler = to;
        final int taken = streams.poll(fragmentHandler, limit);
        if (failure != null)
        {
            final Throwable thrown = failure;
            failure = null;
            LangUtil.rethrowUnchecked(thrown);
        }
        return taken;
    }

    @Override
    public void close()
    {
        if (!isClosed)
        {
            if (connection != null && streams != null && links.isUp())
            {
                sendGoodbye();
            }
            isClosed = true;
            fault = new LinkFault(null, true, "the link was closed");
            drop();
            links.remove(this);
        }
    }

    /**
     * The Aeron client is about to be closed.
     */
    void onUnmade()
    {
        if (streams != null)
        {
            lose(null, false, "the media driver ended; it is made anew");
        }
    }

    void onPublicationError(final long registrationId, final String message)
    {
        if (streams != null && streams.owns(registrationId))
        {
            streams.reject("the node let go of the link: " + message);
        }
    }

    private int checkStreams()
    {
        final String problem = streams.advance();
        final AeronConnection current = connection;
        if (problem != null)
        {
            lose(null, false, to() + problem + "; it is tried again");
            return 1;
        }
        if (current != null && !current.isOpen())
        {
            lose(null, false, to() + "the stream is used up; it is made anew");
            return 1;
        }

        return 0;
    }

    private int step()
    {
        switch (rules.next(timeNs, streams != null && streams.isReady()))
        {
            case CONNECT:
                return connect();
            case HELLO:
                return sendHello();
            case BEAT:
                return sendBeat();
            case TIME_OUT:
                return lose(null, false, to() + (streams.isReady() ?
                    "a node is reached but does not answer" :
                    "no node answers there: check that it runs, its address and the ports that are open"));
            case SILENT:
                return lose(DenialReason.SILENT, false, to() + "nothing was heard for too long; it is tried again");
            default:
                return 0;
        }
    }

    private int connect()
    {
        links.onAttempt();
        if (!links.isUp())
        {
            final String problem = links.problem();
            if (problem != null)
            {
                fault = new LinkFault(null, false, problem);
            }
            return 0;
        }

        nonce++;
        try
        {
            streams = links.newStreams(endpoint, agent);
            rules.onConnecting(timeNs);
        }
        catch (final RuntimeException ex)
        {
            return lose(null, false, to() + ex.getMessage());
        }
        return 1;
    }

    private int sendHello()
    {
        final int length = writer.hello(
            scratch, 0, nonce, settings.clientId(), settings.gridName(), settings.clientName());
        if (!send(length))
        {
            return 0;
        }

        rules.onHelloSent(timeNs);
        return 1;
    }

    private int sendBeat()
    {
        if (!send(writer.beat(scratch, 0, timeNs, false)))
        {
            return 0;
        }

        rules.onBeatSent(timeNs);
        return 1;
    }

    private void sendGoodbye()
    {
        send(writer.goodbye(scratch, 0, nonce));
    }

    private boolean send(final int length)
    {
        final Publication publication = streams.publication();
        long result = publication.tryClaim(length, claim);
        if (result == Publication.ADMIN_ACTION)
        {
            result = publication.tryClaim(length, claim);
        }
        if (result <= 0)
        {
            return false;
        }

        claim.reservedValue(LinkProtocol.HANDSHAKE_TAG);
        claim.buffer().putBytes(claim.offset(), scratch, 0, length);
        claim.commit();
        return true;
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        if (streams == null)
        {
            return;
        }

        final long tag = header.reservedValue();
        if (tag == LinkProtocol.HANDSHAKE_TAG)
        {
            onHandshake(buffer, offset, length);
        }
        else if (rules.isOpen())
        {
            rules.onHeard(timeNs);
            try
            {
                handler.onMessage((int) tag, buffer, offset, length);
            }
            catch (final Throwable ex)
            {
                failure = ex;
            }
        }
    }

    private void onHandshake(final DirectBuffer buffer, final int offset, final int length)
    {
        switch (reader.read(buffer, offset, length))
        {
            case WELCOME:
                onWelcome();
                break;
            case DENIAL:
                onDenial();
                break;
            case BEAT:
                rules.onHeard(timeNs);
                break;
            case GOODBYE:
                lose(DenialReason.NOT_READY, false, to() + "the node closes; it is tried again");
                break;
            default:
                break;
        }
    }

    private void onWelcome()
    {
        final long beatNs = reader.welcome.beatInterval();
        if (reader.welcome.nonce() == nonce && beatNs >= MIN_BEAT_NS && reader.welcome.silenceLimit() > beatNs &&
            rules.onWelcome(timeNs, beatNs, reader.welcome.silenceLimit()))
        {
            connection = new AeronConnection(streams.publication(), reader.welcome);
            fault = null;
        }
    }

    private void onDenial()
    {
        if (reader.denial.nonce() == nonce || reader.denial.nonce() == 0)
        {
            final DenialReason reason = reader.denial.reason();
            final byte[] text = new byte[reader.denial.textLength()];
            reader.denial.getText(text, 0, text.length);
            lose(
                reason,
                reason == DenialReason.VERSION || reason == DenialReason.GRID_NAME,
                to() + new String(text, StandardCharsets.UTF_8));
        }
    }

    private int lose(final DenialReason reason, final boolean isFinal, final String text)
    {
        fault = new LinkFault(reason, isFinal, text);
        rules.onLost(timeNs, isFinal);
        drop();
        return 1;
    }

    private void drop()
    {
        if (connection != null)
        {
            connection.onLost();
            connection = null;
        }
        if (streams != null)
        {
            streams.close();
            streams = null;
        }
    }

    private String to()
    {
        return "connecting to data agent " + agent + " of the node at " + endpoint + ": ";
    }
}
