package io.peregrine.node.partition;

import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.replication.ControlPort;

/**
 * A control plane that is out of reach.
 */
final class DeafControl implements ControlPort
{
    @Override
    public void submit(final ControlCommand command)
    {
    }

    @Override
    public boolean isReachable()
    {
        return false;
    }

    @Override
    public void learned(final ControlView view)
    {
    }
}
