package io.peregrine.node.agent;

import io.peregrine.node.partition.Partition;
import org.agrona.concurrent.NanoClock;

/**
 * Where one partition is found in this process.
 *
 * @param partition the copy.
 * @param agent     that owns it.
 * @param clock     for reads of it: the agent's, or the node's own where the agent may stand still.
 */
record Shard(Partition partition, AgentHandle agent, NanoClock clock)
{
}
