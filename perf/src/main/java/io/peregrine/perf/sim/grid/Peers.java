package io.peregrine.perf.sim.grid;

import io.peregrine.node.replication.PeerNetwork;
import io.peregrine.node.replication.PeerSink;

/**
 * The ways from one life of a node to the data agents of others.
 */
final class Peers implements PeerNetwork
{
    private final WayToPeer[] ways = new WayToPeer[Places.MAX_MACHINES];
    private final SimGrid grid;
    private final Life life;

    Peers(final SimGrid grid, final Life life)
    {
        this.grid = grid;
        this.life = life;
    }

    @Override
    public PeerSink sinkTo(final int memberId, final int agent)
    {
        final int machine = grid.machineOf(memberId).index();
        if (ways[machine] == null)
        {
            ways[machine] = new WayToPeer(grid.network(), life.clock(), life.machine.index(), machine);
        }
        return ways[machine];
    }
}
