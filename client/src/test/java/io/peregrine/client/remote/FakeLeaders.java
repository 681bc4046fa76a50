package io.peregrine.client.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Who leads which partition, as it was decided.
 */
final class FakeLeaders
{
    final List<FakeMember> members = new ArrayList<>();
    final int agents;
    /**
     * Epoch, primary and another copy of each.
     */
    final int[][] partitions;
    long version = 1;
    /**
     * Reads that copies answered.
     */
    int copyReads;

    FakeLeaders(final int partitions, final int agents)
    {
        this.agents = agents;
        this.partitions = new int[partitions][];
        for (int i = 0; i < partitions; i++)
        {
            this.partitions[i] = new int[]{1, 0, 1};
        }
    }

    /**
     * Another member, or the same anew, or none leads a partition from now on.
     */
    void moveBy(final Random random, final int partition)
    {
        final boolean nobody = random.nextInt(6) == 0;
        move(partition, nobody ? -1 : random.nextInt(members.size()));
    }

    void move(final int partition, final int to)
    {
        final int next = (to + 2) % members.size();
        partitions[partition] = new int[]{partitions[partition][0] + 1, to, next == to ? -1 : next};
        version++;
    }
}
