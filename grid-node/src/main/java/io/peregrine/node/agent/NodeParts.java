package io.peregrine.node.agent;

import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * What the data agents of a node share.
 *
 * @param gate         whether requests are taken, and what is decided.
 * @param lanes        of callers.
 * @param agents       what other threads see of each agent.
 * @param clock        monotonic.
 * @param epochClock   of the wall, for what is shown only.
 * @param errorHandler for faults.
 */
record NodeParts(
    NodeGate gate,
    Lanes lanes,
    AgentHandle[] agents,
    NanoClock clock,
    EpochClock epochClock,
    ErrorHandler errorHandler)
{
}
