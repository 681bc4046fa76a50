package io.peregrine.node.agent;

import io.peregrine.node.control.ControlPlane;
import io.peregrine.node.control.ControlView;

/**
 * Whether the node takes requests, and what its control plane has decided. Any thread.
 */
public final class NodeGate
{
    private final ControlPlane control;
    private volatile boolean open;
    private volatile boolean closed;

    /**
     * @param control of the node.
     */
    public NodeGate(final ControlPlane control)
    {
        this.control = control;
    }

    /**
     * @return whether new requests are taken.
     */
    public boolean isOpen()
    {
        return open;
    }

    /**
     * @return whether nothing will be answered any more.
     */
    public boolean isClosed()
    {
        return closed;
    }

    /**
     * Take requests.
     */
    public void open()
    {
        open = true;
    }

    /**
     * Take no more requests; those that came are still answered.
     */
    public void shut()
    {
        open = false;
    }

    /**
     * Answer nothing any more.
     */
    public void close()
    {
        open = false;
        closed = true;
    }

    /**
     * @return number that tells the grid from all others; 0 where nobody has to tell it.
     */
    public long gridId()
    {
        return control.view().gridId();
    }

    ControlPlane control()
    {
        return control;
    }

    ControlView view()
    {
        return control.view();
    }
}
