package io.peregrine.transport.link;

import io.aeron.Aeron;
import io.aeron.Image;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import io.peregrine.transport.codec.DenialReason;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentInvoker;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * The end of one data agent at which links come in, over UDP and through memory. Worked by one thread. A link by which
 * nothing came for a while is looked at in turns, so that idle ones cost next to nothing in a cycle. What comes is
 * trusted in nothing: it is answered, or dropped and counted.
 */
public final class LinkServer implements AutoCloseable
{
    private static final long MAX_STEP_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int FRAGMENTS = 16;
    private static final int IDLE_CYCLES = 10_000;
    private static final int LEAST_LOOKS = 4;
    private static final int TURNS = 32;
    private static final int ADMISSIONS = 8;
    private static final int CLOSING_CYCLES = 3;

    private final Aeron aeron;
    private final LinkServerStreams streams;
    private final LinkServerSettings settings;
    private final LinkServerHandler handler;
    private final AgentInvoker conductor;
    private final LinkTable links;
    private final LinkTally tally = new LinkTally();
    private final WorkClock clock = new WorkClock(MAX_STEP_NS);
    private final ServerHandshake handshake;
    private final ArrayDeque<Image> came = new ArrayDeque<>();
    private final ArrayDeque<Image> gone = new ArrayDeque<>();
    private final ControlledFragmentHandler fragmentHandler = this::onFragment;
    private ServerLink current;
    private int cursor;
    private long timeNs;
    private long nextId = 1;
    private boolean isShut;
    private boolean isClosed;

    /**
     * Listens from now on; nothing is taken before it is worked.
     *
     * @param aeron    invoked here and closed here; used by nobody else.
     * @param streams  where to listen and to answer.
     * @param settings limits.
     * @param identity said in each Welcome.
     * @param handler  of what comes.
     */
    public LinkServer(
        final Aeron aeron,
        final LinkServerStreams streams,
        final LinkServerSettings settings,
        final LinkIdentity identity,
        final LinkServerHandler handler)
    {
        this.aeron = aeron;
        this.streams = streams;
        this.settings = settings;
        this.handler = handler;
        conductor = aeron.conductorAgentInvoker();
        links = new LinkTable(settings.maxLinks());
        handshake = new ServerHandshake(this, settings, identity, tally);
        streams.listen(aeron, came::add, gone::add);
    }

    /**
     * Take in and move on what is there. Does not wait.
     *
     * @param nowNs of a monotonic clock.
     * @return work done.
     */
    public int work(final long nowNs)
    {
        if (isClosed)
        {
            return 0;
        }

        timeNs = clock.advance(nowNs);
        int work = conductor.invoke();
        if (!gone.isEmpty() || !came.isEmpty())
        {
            work += comeAndGo();
        }
        for (int i = links.hotSize() - 1; i >= 0; i--)
        {
            if (i < links.hotSize())
            {
                work += lookHot(links.hot(i));
            }
        }

        return work + lookInTurns();
    }

    /**
     * What was counted so far.
     *
     * @return the same object always.
     */
    public LinkTally tally()
    {
        return tally;
    }

    /**
     * Links there are, with those whose handshake is under way.
     *
     * @return a count.
     */
    public int size()
    {
        return links.size();
    }

    /**
     * Take no new links: whoever comes is told that the node is not ready.
     */
    public void shut()
    {
        isShut = true;
    }

    /**
     * Say goodbye to all and give everything back. Safe to call twice.
     */
    @Override
    public void close()
    {
        if (!isClosed)
        {
            for (int i = links.size() - 1; i >= 0; i--)
            {
                final ServerLink link = links.get(i);
                if (link.isOpen())
                {
                    handshake.sendGoodbye(link);
                    link.rules.onEnded();
                    tally.closed++;
                    handler.onClosed(link);
                }
                link.release();
                links.remove(link);
            }
            streams.close(aeron);
            for (int i = 0; i < CLOSING_CYCLES; i++)
            {
                conductor.invoke();
            }
            isClosed = true;
            CloseHelper.quietClose(aeron);
        }
    }

    void open(final ServerLink link)
    {
        link.rules.onHello(timeNs);
        tally.opened++;
        handler.onOpen(link);
    }

    void end(final ServerLink link, final DenialReason reason, final byte[] text)
    {
        final boolean wasOpen = link.isOpen();
        if (wasOpen || link.rules.state() == ServerLinkRules.State.YOUNG)
        {
            tally.onDenied(reason);
            link.endReason = reason;
            link.endText = text;
            link.rules.onEnding(timeNs);
            links.heat(link);
            closed(link, wasOpen);
        }
    }

    /**
     * The client said goodbye.
     */
    void part(final ServerLink link)
    {
        final boolean wasOpen = link.isOpen();
        link.rules.onEnding(timeNs);
        links.heat(link);
        closed(link, wasOpen);
    }

    private void closed(final ServerLink link, final boolean wasOpen)
    {
        if (wasOpen)
        {
            tally.closed++;
            handler.onClosed(link);
        }
    }

    private int comeAndGo()
    {
        int work = 0;
        while (!gone.isEmpty())
        {
            final ServerLink link = links.find(gone.poll());
            if (link != null)
            {
                finish(link);
            }
            work++;
        }
        for (int i = 0; i < ADMISSIONS && !came.isEmpty(); i++)
        {
            final Image image = came.poll();
            if (!image.isClosed())
            {
                admit(image);
            }
            work++;
        }

        return work;
    }

    private void admit(final Image image)
    {
        final int termLength = image.termBufferLength();
        final long bytes = settings.streamBytes(termLength);
        if (image.joinPosition() != 0)
        {
            reject(image, DenialReason.NOT_READY, "the node was started anew");
        }
        else if (isShut)
        {
            reject(image, DenialReason.NOT_READY, "the node is closing");
        }
        else if (termLength > settings.maxTermLength() || image.mtuLength() > settings.maxMtu() ||
            image.mtuLength() < LinkProtocol.MIN_MTU)
        {
            reject(image, DenialReason.MALFORMED, "term or datagram length out of range");
        }
        else if (links.isFull() || links.streamBytes() + bytes > settings.maxStreamBytes())
        {
            reject(image, DenialReason.TOO_MANY, "too many clients are connected; try again later");
        }
        else
        {
            links.add(new ServerLink(
                this,
                aeron,
                nextId++,
                image,
                streams.answer(aeron, image),
                new ServerLinkRules(settings.handshakeTimeoutNs(), settings.silenceLimitNs(), timeNs),
                bytes));
        }
    }

    private void reject(final Image image, final DenialReason reason, final String text)
    {
        tally.rejected++;
        tally.onDenied(reason);
        image.reject(reason + ": " + text);
    }

    private int lookHot(final ServerLink link)
    {
        final int work = look(link);
        if (work > 0)
        {
            link.idleCycles = 0;
        }
        else if (++link.idleCycles >= IDLE_CYCLES && link.isOpen() && link.isGreeted)
        {
            links.cool(link);
        }

        return work;
    }

    private int lookInTurns()
    {
        int work = 0;
        for (int i = Math.min(links.size(), LEAST_LOOKS + links.size() / TURNS); i > 0 && links.size() > 0; i--)
        {
            cursor = cursor + 1 < links.size() ? cursor + 1 : 0;
            final ServerLink link = links.get(cursor);
            if (link.rules.isSilent(timeNs))
            {
                end(link, DenialReason.SILENT, handshake.silentText());
                work++;
            }
            else if (link.hotIndex < 0)
            {
                final int taken = look(link);
                if (taken > 0 && link.rules.state() != ServerLinkRules.State.ENDED)
                {
                    links.heat(link);
                }
                work += taken;
            }
        }

        return work;
    }

    private int look(final ServerLink link)
    {
        if (!link.advance())
        {
            finish(link);
            return 1;
        }

        int work = 0;
        if (link.rules.state() == ServerLinkRules.State.ENDING)
        {
            return handshake.isTold(link) || link.rules.isFarewellOver(timeNs) ? finish(link) : 0;
        }
        if (link.isOpen() && !link.isGreeted)
        {
            work += handshake.sendWelcome(link);
        }

        current = link;
        return work + link.image.controlledPoll(fragmentHandler, FRAGMENTS);
    }

    private ControlledFragmentHandler.Action onFragment(
        final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        final ServerLink link = current;
        final ServerLinkRules.State state = link.rules.state();
        if (state != ServerLinkRules.State.YOUNG && state != ServerLinkRules.State.OPEN)
        {
            tally.dropped++;
            return ControlledFragmentHandler.Action.CONTINUE;
        }

        final long tag = header.reservedValue();
        link.rules.onHeard(timeNs);
        if ((header.flags() & FrameDescriptor.UNFRAGMENTED) != FrameDescriptor.UNFRAGMENTED ||
            tag < 0 || tag > Integer.MAX_VALUE || tag > 0 && state == ServerLinkRules.State.YOUNG)
        {
            handshake.onBad(link);
        }
        else if (tag == LinkProtocol.HANDSHAKE_TAG)
        {
            handshake.onMessage(link, buffer, offset, length);
        }
        else if (!handler.onMessage(link, (int) tag, buffer, offset, length))
        {
            return ControlledFragmentHandler.Action.ABORT;
        }

        return ControlledFragmentHandler.Action.CONTINUE;
    }

    private int finish(final ServerLink link)
    {
        final boolean wasOpen = link.isOpen();
        final boolean isBad = link.endReason != null;
        link.rules.onEnded();
        closed(link, wasOpen);
        link.release();
        links.remove(link);
        if (isBad && !link.image.isClosed())
        {
            link.image.reject(link.endReason + ": the link has ended");
        }
        return 1;
    }
}
