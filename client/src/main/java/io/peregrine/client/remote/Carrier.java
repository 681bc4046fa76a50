package io.peregrine.client.remote;

import io.peregrine.transport.link.ClientLink;

/**
 * Makes links of one kind, over UDP or through the memory of one node, and drives what they stand on. One thread at a
 * time.
 */
interface Carrier extends AutoCloseable
{
    /**
     * Open a link to a data agent of a node.
     *
     * @return connects by being worked.
     */
    ClientLink open(Address address, int agent);

    /**
     * Drive media driver and Aeron client once.
     *
     * @return work done.
     */
    int work(long nowNs);

    /**
     * Who is asked to let nobody send before the memory of the connections goes away.
     *
     * @param barrier called by the thread that works; while it runs and after it nothing is sent by an old connection.
     */
    void beforeUnmaking(Runnable barrier);

    /**
     * Close all links and give everything back. Safe to call twice.
     */
    @Override
    void close();
}
