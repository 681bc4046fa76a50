package io.peregrine.node.gateway;

import io.peregrine.transport.link.LinkTally;

/**
 * Where the links of a gateway come in. On the data agent's thread.
 */
public interface GatewayNetwork
{
    /**
     * Of a node that nobody else reaches.
     */
    GatewayNetwork NONE = new GatewayNetwork()
    {
        @Override
        public int work(final long nowNs)
        {
            return 0;
        }

        @Override
        public LinkTally tally()
        {
            return null;
        }

        @Override
        public long dropped()
        {
            return 0;
        }

        @Override
        public void close()
        {
            // There is nothing to give back.
        }
    };

    /**
     * Drive it.
     *
     * @param nowNs of the node's monotonic clock.
     * @return work done.
     */
    int work(long nowNs);

    /**
     * What was counted.
     *
     * @return null where there is no network.
     */
    LinkTally tally();

    /**
     * Datagrams and messages that were dropped unread.
     *
     * @return a count.
     */
    long dropped();

    /**
     * Part from all clients.
     */
    void close();
}
