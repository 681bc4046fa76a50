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
    private final LinkServer server;

    /**
     * The network of a data agent.
     *
     * @param host   to be driven here, or null.
     * @param server closed here.
     */
    public ServedNetwork(final LinkHost host, final LinkServer server)
    {
        this.host = host;
        this.server = server;
    }

    @Override
    public int work(final long nowNs)
    {
        final int work = host == null ? 0 : host.work();
        return work + server.work(nowNs);
    }

    @Override
    public LinkTally tally()
    {
        return server.tally();
    }

    @Override
    public void close()
    {
        server.close();
    }
}
