package io.peregrine.node.peer;

import io.peregrine.transport.monitor.CounterType;
import io.peregrine.transport.monitor.NodeFile;
import io.peregrine.transport.peer.PeerTally;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * What one data agent shows of its streams to and from other nodes in the node's mapped file. Shown now and then, so
 * that counting costs nothing on the way of a message. On the data agent's thread.
 */
public final class PeerCounters
{
    private final PeerTally tally;
    private final AtomicCounter received;
    private final AtomicCounter sent;
    private final AtomicCounter delayed;
    private final AtomicCounter lost;
    private final AtomicCounter dropped;
    private final AtomicCounter rejected;
    private final AtomicCounter failed;
    private final AtomicCounter assembling;

    /**
     * The counters of one data agent.
     *
     * @param file  that they are shown in.
     * @param agent number of the data agent.
     * @param peers whose streams are counted.
     */
    public PeerCounters(final NodeFile file, final int agent, final Peers peers)
    {
        tally = peers.tally();
        received = file.newCounter(CounterType.PEERS_RECEIVED, agent);
        sent = file.newCounter(CounterType.PEERS_SENT, agent);
        delayed = file.newCounter(CounterType.PEERS_DELAYED, agent);
        lost = file.newCounter(CounterType.PEERS_LOST, agent);
        dropped = file.newCounter(CounterType.PEERS_PIECES_DROPPED, agent);
        rejected = file.newCounter(CounterType.PEERS_REJECTED, agent);
        failed = file.newCounter(CounterType.PEERS_FAILED, agent);
        assembling = file.newCounter(CounterType.PEERS_ASSEMBLY_BYTES, agent);
    }

    /**
     * Show what was counted so far.
     */
    public void show()
    {
        received.setRelease(tally.received);
        sent.setRelease(tally.sent);
        delayed.setRelease(tally.backPressured);
        lost.setRelease(tally.lost);
        dropped.setRelease(tally.piecesDropped);
        rejected.setRelease(tally.rejected);
        failed.setRelease(tally.failed);
        assembling.setRelease(tally.assembling);
    }
}
