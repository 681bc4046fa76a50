package io.peregrine.perf.sim.grid;

import io.peregrine.node.replication.PeerNetwork;
import io.peregrine.node.replication.PeerSink;

/**
 * The ways from one data agent, in one life of its node, to those of others.
 */
final class Peers implements PeerNetwork
{
    private final WayToPeer[] ways = new WayToPeer[Places.MAX_MACHINES * Places.MAX_AGENTS];
    private final SimGrid grid;
    private final Life life;
    private final int own;

    Peers(final SimGrid grid, final Life life, final int own)
    {
        this.grid = grid;
        this.life = life;
        this.own = own;
    }

    @Override
    public PeerSink sinkTo(final int memberId, final int agent)
    {
        final int machine = grid.machineOf(memberId).index();
        final int way = machine * Places.MAX_AGENTS + agent;
        if (ways[way] == null)
        {
            ways[way] = new WayToPeer(grid.network(), life.clock(), life.machine.index(), own, machine, agent);
        }
        return ways[way];
    }
}
