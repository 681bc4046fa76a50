package io.peregrine.perf.sim.workload;

import io.peregrine.client.remote.ClientCore;
import io.peregrine.perf.sim.grid.Parcel;
import io.peregrine.perf.sim.grid.Places;
import io.peregrine.perf.sim.grid.SimGrid;
import io.peregrine.perf.sim.world.Network;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The links of one client: knocks where it needs one, and takes one for lost that is silent or has a gap.
 */
public final class SimLinks
{
    private static final int SMALL = 64;
    private static final long KNOCK_NS = 100_000_000;
    private static final long PING_NS = 60_000_000;
    private static final long QUIET_NS = 2 * PING_NS;
    private static final long SILENT_NS = 250_000_000;

    private final Int2ObjectHashMap<SimLink> links = new Int2ObjectHashMap<>();
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
    private final ClientCore core;
    private final SimGrid grid;
    private final int own;
    private final int home;
    private long made;

    /**
     * @param core of the client.
     * @param grid that it asks.
     * @param own  place of the client in the network.
     * @param home data agent to which a link is needed always, as the core numbers them.
     */
    public SimLinks(final ClientCore core, final SimGrid grid, final int own, final int home)
    {
        this.core = core;
        this.grid = grid;
        this.own = own;
        this.home = home;
    }

    /**
     * Knock and ping, and give up links that are silent.
     *
     * @param nowNs of the client.
     */
    public void work(final long nowNs)
    {
        look(home, nowNs);
        for (final int place : core.wanted())
        {
            look(place, nowNs);
        }
    }

    /**
     * @param parcel that has come.
     * @param nowNs  of the client.
     */
    public void onParcel(final Parcel parcel, final long nowNs)
    {
        for (final SimLink link : links.values())
        {
            if (link.id() == parcel.link() && !link.isGone())
            {
                onParcel(link, parcel, nowNs);
                return;
            }
        }
    }

    private void look(final int place, final long nowNs)
    {
        final SimLink link = links.get(place);
        if (link == null || link.isGone() && nowNs - link.pingedNs >= KNOCK_NS)
        {
            knock(place, nowNs);
        }
        else if (!link.isGone() && nowNs - link.heardNs >= SILENT_NS)
        {
            lose(link, "is silent");
        }
        else if (!link.isGone() && nowNs - link.pingedNs >= PING_NS)
        {
            link.pingedNs = nowNs;
            send(link.machine, Parcel.of(link.isOpen() ? Parcel.Kind.PING : Parcel.Kind.KNOCK, link.agent, link.id()));
        }
        links.get(place).quiet(nowNs - links.get(place).heardNs >= QUIET_NS);
    }

    private void knock(final int place, final long nowNs)
    {
        final int machine = grid.machineOf(ClientCore.memberOf(place)).index();
        final int agent = ClientCore.agentOf(place);
        made++;
        final SimLink link = new SimLink(
            made * Places.FIRST_CLIENT * 2 + own, place, machine, agent, nowNs, (parcel) -> send(machine, parcel));
        links.put(place, link);
        send(machine, Parcel.of(Parcel.Kind.KNOCK, agent, link.id()));
    }

    private void onParcel(final SimLink link, final Parcel parcel, final long nowNs)
    {
        link.heardNs = nowNs;
        switch (parcel.kind())
        {
            case WELCOME:
                if (link.welcome())
                {
                    core.onConnection(link.place, link);
                }
                break;

            case GONE:
                lose(link, "is not known there");
                break;

            case DATA:
                if (link.takes(parcel.number()))
                {
                    message.wrap(parcel.bytes());
                    core.onMessage(link.place, parcel.tag(), message, 0, parcel.bytes().length);
                }
                else
                {
                    lose(link, "has a gap");
                }
                break;

            default:
                break;
        }
    }

    private void lose(final SimLink link, final String why)
    {
        link.lose();
        if (grid.trace().isRead())
        {
            grid.trace().line("c" + (own - Places.FIRST_CLIENT), "link to n%d.%d %s", link.machine, link.agent, why);
        }
    }

    private boolean send(final int machine, final Parcel parcel)
    {
        return grid.network().send(
            own, machine, Places.CLIENT_CHANNEL, parcel, SMALL + parcel.bytes().length, 0) == Network.SENT;
    }
}
