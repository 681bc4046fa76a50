package io.peregrine.node.gateway;

import io.peregrine.transport.link.LinkHost;
import io.peregrine.transport.link.LinkServer;
import io.peregrine.transport.link.LinkTally;

/**
 * The links of one data agent, and the media driver where this agent drives it. On the data agent's thread.
 */
public final class ServedNetwork implements GatewayNetwork
{
    private final LinkHost host;
    private final boolean isFirst;
    private final LinkServer server;

    /**
     * The network of a data agent.
     *
     * @param host    of all data agents.
     * @param isFirst whether this agent drives the host.
     * @param server  closed here.
     */
    public ServedNetwork(final LinkHost host, final boolean isFirst, final LinkServer server)
    {
        this.host = host;
        this.isFirst = isFirst;
        this.server = server;
    }

    @Override
    public int work(final long nowNs)
    {
        if (!isFirst)
        {
            return server.work(nowNs);
        }

        final int work = host.work() + server.work(nowNs);
        host.flush();
        return work;
    }

    @Override
    public LinkTally tally()
    {
        return server.tally();
    }

    @Override
    public long dropped()
    {
        return server.tally().dropped() + (isFirst ? host.droppedDatagrams() : 0);
    }

    @Override
    public void close()
    {
        server.close();
    }
}
