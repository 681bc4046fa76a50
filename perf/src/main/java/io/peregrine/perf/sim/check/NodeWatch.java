package io.peregrine.perf.sim.check;

import io.peregrine.node.partition.Inspection;
import io.peregrine.node.partition.Partition;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.perf.sim.grid.GridPlan;
import io.peregrine.perf.sim.grid.Life;
import io.peregrine.perf.sim.grid.Machine;
import io.peregrine.perf.sim.grid.Places;
import io.peregrine.perf.sim.world.Violation;

/**
 * Watches what a node takes upon itself, after each of its cycles: its memory is within its limit, and no data agent
 * takes or gives more copies at one time than it may.
 */
final class NodeWatch
{
    private static final int MOST_COPIES = ReplicationSettings.defaults().maxLearning();

    private final GridPlan plan;
    private boolean isMemoryFull;
    private int pauses;

    NodeWatch(final GridPlan plan)
    {
        this.plan = plan;
    }

    /**
     * @return whether the memory of a node has been full, so that it told the others that it has no room.
     */
    boolean isMemoryFull()
    {
        return isMemoryFull;
    }

    /**
     * @return how often a copy was not gone on with in a cycle, as the time that may go into copies was used up; 0
     *         where pieces take none.
     */
    int pauses()
    {
        return pauses;
    }

    void look(final Machine machine, final Life life)
    {
        if (life.memoryTaken() > life.memoryLimit())
        {
            throw new Violation(Places.key(machine.index()) + " uses more memory than it may: " +
                life.memoryTaken() + " of " + life.memoryLimit());
        }

        final int agents = plan.agentsOf(machine.index());
        for (int agent = 0; agent < agents; agent++)
        {
            lookAtMoves(machine, life, agent, agents);
        }
    }

    private void lookAtMoves(final Machine machine, final Life life, final int agent, final int agents)
    {
        int taking = 0;
        int giving = 0;
        for (int number = agent; number < plan.settings().partitions(); number += agents)
        {
            final Partition partition = life.partition(number);
            taking += Inspection.isTaking(partition) ? 1 : 0;
            giving += Inspection.isGiving(partition) ? 1 : 0;
            pauses += plan.pieceNs() > 0 && Inspection.isCopyPausing(partition, life.clock().now()) ? 1 : 0;
            isMemoryFull |= number == agent && Inspection.isShort(life.memoryOf(number));
        }
        if (taking > MOST_COPIES || giving > MOST_COPIES)
        {
            throw new Violation(Places.key(machine.index()) + " moves more copies at one time than it may: agent " +
                agent + " takes " + taking + " and gives " + giving);
        }
    }
}
