package io.peregrine.transport.link;

import io.aeron.Aeron;
import io.aeron.Image;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import io.peregrine.transport.codec.DenialReason;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

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
    private static final int ADMISSIONS = 8;
    private static final int CLOSING_CYCLES = 3;

    final Outbox outbox;

    private final Supplier<Aeron> clients;
    private final LinkServerStreams streams;
    private final LinkServerSettings settings;
    private final LinkServerHandler handler;
    private final LinkTable links;
    private final Rotation rotation = new Rotation();
    private final LinkTally tally = new LinkTally();
    private final ImageRejecter rejecter = new ImageRejecter();
    private final LinkAdmission admission;
    private final WorkClock clock = new WorkClock(MAX_STEP_NS);
    private final ServerHandshake handshake;
    private final ArrayDeque<Image> came = new ArrayDeque<>();
    private final ArrayDeque<Image> gone = new ArrayDeque<>();
    private final ControlledFragmentHandler fragmentHandler = this::onFragment;
    private Aeron aeron;
    private PacedConductor conductor;
    private ServerLink current;
    private int cursor;
    private long timeNs;
    private long nextId = 1;
    private boolean isShut;
    private boolean isClosed;

    /**
     * Listens from now on; nothing is taken before it is worked.
     *
     * @param clients  gives an Aeron client, invoked and closed here and used by nobody else; asked again when that
     *                 died, as after a long pause of the process.
     * @param streams  where to listen and to answer.
     * @param settings limits.
     * @param identity said in each Welcome.
     * @param outbox   for links that have something to send.
     * @param handler  of what comes.
     */
    LinkServer(
        final Supplier<Aeron> clients,
        final LinkServerStreams streams,
        final LinkServerSettings settings,
        final LinkIdentity identity,
        final Outbox outbox,
        final LinkServerHandler handler)
    {
        this.outbox = outbox;
        this.clients = clients;
        this.streams = streams;
        this.settings = settings;
        this.handler = handler;
        admission = new LinkAdmission(settings, tally, rejecter);
        links = new LinkTable(settings.maxLinks());
        handshake = new ServerHandshake(this, settings, identity, tally);
        listen();
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
        int work = conductor.work(nowNs);
        if (aeron.isClosed())
        {
            dropAll();
            listen();
            return 1;
        }
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
     * Does the driver listen at the address?
     *
     * @return false as long as it is about to.
     * @throws io.aeron.exceptions.AeronException when it cannot.
     */
    boolean isListening()
    {
        return streams.isListening(aeron);
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
                if (links.get(i).isOpen())
                {
                    handshake.sendGoodbye(links.get(i));
                }
            }
            dropAll();
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

    private void listen()
    {
        aeron = clients.get();
        conductor = new PacedConductor(aeron.conductorAgentInvoker());
        rejecter.connected(aeron);
        streams.listen(aeron, settings.windowLength(), came::add, gone::add);
    }

    private void dropAll()
    {
        came.clear();
        gone.clear();
        for (int i = links.size() - 1; i >= 0; i--)
        {
            final ServerLink link = links.get(i);
            final boolean wasOpen = link.isOpen();
            link.rules.onEnded();
            closed(link, wasOpen);
            link.release();
            links.remove(link);
        }
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
        if (admission.admits(image, links, isShut))
        {
            links.add(new ServerLink(
                this,
                aeron,
                nextId++,
                image,
                streams.answer(aeron, image),
                new ServerLinkRules(settings.handshakeTimeoutNs(), settings.silenceLimitNs(), timeNs),
                settings.streamBytes(image.termBufferLength())));
        }
    }

    private int lookHot(final ServerLink link)
    {
        final int work = look(link);
        if (link.isAsked)
        {
            link.isAsked = false;
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
        for (int i = rotation.looks(timeNs, links.size()); i > 0 && links.size() > 0; i--)
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
                work += look(link);
                if (link.isAsked && link.rules.state() != ServerLinkRules.State.ENDED)
                {
                    links.heat(link);
                }
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
        else
        {
            link.isAsked = true;
            return handler.onMessage(link, (int) tag, buffer, offset, length) ?
                ControlledFragmentHandler.Action.CONTINUE : ControlledFragmentHandler.Action.ABORT;
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
        if (isBad)
        {
            rejecter.reject(link.image, link.endReason + ": the link has ended");
        }
        return 1;
    }
}
