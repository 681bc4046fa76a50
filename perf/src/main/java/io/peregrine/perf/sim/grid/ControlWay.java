package io.peregrine.perf.sim.grid;

import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.replication.ControlPort;

/**
 * How one life of a node reaches the control plane.
 */
final class ControlWay implements ControlPort
{
    private final Life life;

    ControlWay(final Life life)
    {
        this.life = life;
    }

    @Override
    public void submit(final ControlCommand command)
    {
        life.toHost(command);
    }

    @Override
    public boolean isReachable()
    {
        return life.isReachable();
    }

    @Override
    public void learned(final ControlView view)
    {
        life.hint(view);
    }
}
