package io.peregrine.node;

import io.peregrine.node.control.Member;
import io.peregrine.node.partition.Limits;
import io.peregrine.node.peer.PeerCounters;
import io.peregrine.node.peer.Peers;
import io.peregrine.transport.PeerLimits;
import io.peregrine.transport.link.LinkHost;
import io.peregrine.transport.peer.PeerProtocol;
import io.peregrine.transport.peer.PeerSettings;
import io.peregrine.transport.peer.PeerStreams;

/**
 * The ways of a node to others, those of each data agent apart: made by the launching thread, then each on its agent's.
 */
final class NodePeers
{
    private static final int MAX_PEERS = 64;
    private static final int TERM_LENGTH = 256 * 1024;
    private static final int MTU_OF_THE_WAY = 0;
    private static final int MESSAGE_OVERHEAD = 1024 * 1024;
    private static final int ASSEMBLED_AT_ONCE = 8;

    private final NodeContext context;
    private final NodeResources resources;
    private final Member self;
    private final PeerSettings settings;
    private final PeerCounters[] counters;

    NodePeers(final NodeContext context, final NodeResources resources, final Member self, final Limits limits)
    {
        this.context = context;
        this.resources = resources;
        this.self = self;
        this.counters = new PeerCounters[context.get(NodeSettings.AGENTS)];
        final int maxMessage = limits.maxEntryLength() + MESSAGE_OVERHEAD;
        settings = new PeerSettings(
            MAX_PEERS, TERM_LENGTH, MTU_OF_THE_WAY, maxMessage, (long) ASSEMBLED_AT_ONCE * maxMessage);
    }

    /**
     * @return what the media driver has to let in of other nodes.
     */
    static PeerLimits limits(final NodeContext context)
    {
        return NodeControl.hasPeers(context) ?
            new PeerLimits(
                PeerProtocol.FIRST_STREAM,
                context.get(NodeSettings.AGENTS) * PeerProtocol.KINDS,
                MAX_PEERS,
                TERM_LENGTH) :
            PeerLimits.NONE;
    }

    /**
     * @return ways of a data agent, driven and closed by it; null where there can be no other node.
     */
    Peers open(final int agent)
    {
        if (!NodeControl.hasPeers(context))
        {
            return null;
        }

        final LinkHost host = resources.host();
        final String endpoint = context.get(NodeSettings.BIND);
        // The first data agent drives the media driver, so only its own messages leave at once.
        final Peers peers = new Peers(
            self.replica(),
            (handler) -> new PeerStreams(host, endpoint, agent, settings, handler),
            agent == 0 ? host::flush : () -> { });
        counters[agent] = new PeerCounters(resources.file(), agent, peers);
        return peers;
    }

    /**
     * Show what was counted so far, on the thread of the data agent.
     */
    void show(final int agent)
    {
        if (counters[agent] != null)
        {
            counters[agent].show();
        }
    }
}
