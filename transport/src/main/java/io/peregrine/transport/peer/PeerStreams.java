package io.peregrine.transport.peer;

import io.aeron.Aeron;
import io.aeron.Image;
import io.peregrine.transport.link.ImageRejecter;
import io.peregrine.transport.link.LinkHost;
import io.peregrine.transport.link.Outbox;
import io.peregrine.transport.link.PacedConductor;
import io.peregrine.transport.link.PathMtu;
import org.agrona.CloseHelper;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.function.Supplier;

/**
 * The streams of one data agent from and to the data agents of other nodes. Those of the same kind are looked at one
 * after the other, the first kind first, and of the last one little is taken at a time. Data agent's thread.
 */
public final class PeerStreams implements AutoCloseable
{
    private static final int[] FRAGMENTS = {16, 64, 8};
    private static final int CLOSING_CYCLES = 3;

    private final ArrayDeque<Image> came = new ArrayDeque<>();
    private final ArrayDeque<Image> gone = new ArrayDeque<>();
    private final ArrayList<ArrayList<PeerIn>> in = new ArrayList<>();
    private final ArrayList<PeerWay> ways = new ArrayList<>();
    private final ImageRejecter rejecter = new ImageRejecter();
    private final PeerTally tally = new PeerTally();
    private final Supplier<Aeron> clients;
    private final Outbox outbox;
    private final String endpoint;
    private final int agent;
    private final PeerSettings settings;
    private final PeerHandler handler;
    private Aeron aeron;
    private PacedConductor conductor;
    private boolean isClosed;

    /**
     * Listens from now on; nothing is taken before it is worked. Before the driver is given to the thread that drives
     * it.
     *
     * @param host     driver of the node.
     * @param endpoint host and port that the node listens at.
     * @param agent    number of the data agent.
     * @param settings sizes.
     * @param handler  of what comes.
     */
    public PeerStreams(
        final LinkHost host,
        final String endpoint,
        final int agent,
        final PeerSettings settings,
        final PeerHandler handler)
    {
        clients = host::connect;
        outbox = host.newOutbox();
        this.endpoint = endpoint;
        this.agent = agent;
        this.settings = settings;
        this.handler = handler;
        for (int kind = 0; kind < PeerProtocol.KINDS; kind++)
        {
            in.add(new ArrayList<>());
        }
        // A driver that is invoked shows that it lives only then.
        host.work();
        connect();
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

        int work = conductor.work(nowNs);
        if (aeron.isClosed())
        {
            connect();
            return 1;
        }
        if (!came.isEmpty() || !gone.isEmpty())
        {
            work += comeAndGo();
        }
        for (int kind = 0; kind < PeerProtocol.KINDS; kind++)
        {
            work += poll(in.get(kind), FRAGMENTS[kind]);
        }
        for (int i = 0; i < ways.size(); i++)
        {
            work += ways.get(i).work(nowNs);
        }

        return work;
    }

    /**
     * Open streams to a data agent.
     *
     * @param to    host and port that its node listens at.
     * @param other number of it.
     * @return streams that lead there as soon as they are there; closed by {@link #close(PeerWay)}.
     */
    public PeerWay open(final String to, final int other)
    {
        final int mtu = settings.mtu() > 0 ? settings.mtu() : PathMtu.to(to);
        final String channel = "aeron:udp?endpoint=" + to + "|term-length=" + settings.termLength() + "|mtu=" + mtu +
            "|sparse=true";
        final PeerOut[] streams = new PeerOut[PeerProtocol.KINDS];
        for (int kind = 0; kind < PeerProtocol.KINDS; kind++)
        {
            streams[kind] = new PeerOut(
                channel, PeerProtocol.stream(other, kind), settings.maxMessage(), outbox, tally);
        }

        final PeerWay way = new PeerWay(to, streams);
        way.open(aeron);
        ways.add(way);
        return way;
    }

    /**
     * Close streams. What was sent last may be lost.
     *
     * @param way of this.
     */
    public void close(final PeerWay way)
    {
        if (ways.remove(way))
        {
            way.close();
        }
    }

    /**
     * What was counted so far.
     *
     * @return the same object always.
     */
    public PeerTally tally()
    {
        return tally;
    }

    /**
     * Streams that come in.
     *
     * @return a count.
     */
    public int incoming()
    {
        int incoming = 0;
        for (final ArrayList<PeerIn> kind : in)
        {
            incoming += kind.size();
        }
        return incoming;
    }

    /**
     * Give everything back. Safe to call twice.
     */
    @Override
    public void close()
    {
        if (!isClosed)
        {
            isClosed = true;
            ways.forEach(PeerWay::close);
            ways.clear();
            for (int i = 0; i < CLOSING_CYCLES; i++)
            {
                conductor.invoke();
            }
            CloseHelper.quietClose(aeron);
        }
    }

    /**
     * At the beginning, and when the Aeron client died, as after a long pause of the process.
     */
    private void connect()
    {
        came.clear();
        gone.clear();
        in.forEach((kind) -> kind.forEach(PeerIn::drop));
        in.forEach(ArrayList::clear);
        aeron = clients.get();
        conductor = new PacedConductor(aeron.conductorAgentInvoker());
        rejecter.connected(aeron);
        for (int kind = 0; kind < PeerProtocol.KINDS; kind++)
        {
            aeron.asyncAddSubscription(
                "aeron:udp?endpoint=" + endpoint, PeerProtocol.stream(agent, kind), came::add, gone::add);
        }
        for (final PeerWay way : ways)
        {
            way.open(aeron);
        }
    }

    private int comeAndGo()
    {
        int work = 0;
        for (Image image = gone.poll(); image != null; image = gone.poll())
        {
            remove(image);
            work++;
        }
        for (Image image = came.poll(); image != null; image = came.poll())
        {
            admit(image);
            work++;
        }
        return work;
    }

    private void admit(final Image image)
    {
        final ArrayList<PeerIn> all = in.get(kindOf(image));
        if (image.isClosed())
        {
            return;
        }
        if (all.size() >= settings.maxPeers())
        {
            tally.rejected++;
            rejecter.reject(image, "too many nodes send to this one");
        }
        else
        {
            all.add(new PeerIn(image, settings, handler, tally));
        }
    }

    private void remove(final Image image)
    {
        final ArrayList<PeerIn> all = in.get(kindOf(image));
        for (int i = all.size() - 1; i >= 0; i--)
        {
            if (all.get(i).image == image)
            {
                all.get(i).drop();
                all.remove(i);
            }
        }
    }

    private int kindOf(final Image image)
    {
        return image.subscription().streamId() - PeerProtocol.stream(agent, 0);
    }

    private static int poll(final ArrayList<PeerIn> streams, final int limit)
    {
        int work = 0;
        for (int i = 0; i < streams.size(); i++)
        {
            work += streams.get(i).poll(limit);
        }
        return work;
    }
}
