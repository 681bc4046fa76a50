package io.peregrine.node.replication;

import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlView;

/**
 * The way to the control plane. Decisions come back as views; whether one command was decided is seen there. Data
 * agent's thread.
 */
public interface ControlPort
{
    /**
     * Hand a command on. It may get lost, and may come twice.
     *
     * @param command to decide.
     */
    void submit(ControlCommand command);

    /**
     * @return whether the control plane was heard of lately.
     */
    boolean isReachable();

    /**
     * Another node told a later state than this one has: all agents of the node are to have it.
     *
     * @param view of the control plane.
     */
    void learned(ControlView view);
}
