package io.peregrine.node.peer;

import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlPlane;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.replication.ControlPort;

/**
 * The control plane as replication sees it. What is lost is asked for again by whoever asked, so no answer is waited
 * for.
 */
public final class PlanePort implements ControlPort
{
    private final ControlPlane plane;

    /**
     * @param plane that this node has.
     */
    public PlanePort(final ControlPlane plane)
    {
        this.plane = plane;
    }

    @Override
    public void submit(final ControlCommand command)
    {
        plane.submit(command);
    }

    @Override
    public boolean isReachable()
    {
        return plane.isReachable();
    }

    @Override
    public void learned(final ControlView view)
    {
        plane.learned(view);
    }
}
