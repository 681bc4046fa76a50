package io.peregrine.perf.verify.fault;

import java.util.Locale;

/**
 * One fault.
 *
 * @param kind       of it.
 * @param node       that it befalls, counted from 0.
 * @param peer       the other end of a cut, {@link #EVERYBODY} for all other nodes; -1 for other kinds.
 * @param outgoing   whether a cut loses what the node sends to the peer.
 * @param incoming   whether a cut loses what the peer sends to the node.
 * @param durationNs of it; of a killed node, how long it is away before it is started again.
 */
public record Fault(FaultKind kind, int node, int peer, boolean outgoing, boolean incoming, long durationNs)
{
    /**
     * The other end of a cut that severs a node from all others.
     */
    public static final int EVERYBODY = -2;

    private static final double NS_PER_S = 1e9;

    /**
     * Does it befall only links, so that processes and what they hold stay?
     *
     * @return whether it is a cut.
     */
    public boolean isCut()
    {
        return kind == FaultKind.CUT;
    }

    /**
     * For people.
     *
     * @return what happens.
     */
    @Override
    public String toString()
    {
        final String what = switch (kind)
        {
            case KILL -> String.format(Locale.ROOT, "kill node %d, back after", node);
            case PAUSE -> String.format(Locale.ROOT, "pause node %d for", node);
            case RESTART -> String.format(Locale.ROOT, "restart node %d, away for", node);
            case CUT -> String.format(Locale.ROOT, "cut node %d %s %s for", node,
                outgoing && incoming ? "<->" : outgoing ? "->" : "<-",
                peer == EVERYBODY ? "all others" : "node " + peer);
        };
        return String.format(Locale.ROOT, "%s %.2f s", what, durationNs / NS_PER_S);
    }
}
