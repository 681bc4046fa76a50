package io.peregrine.perf.sim.fault;

import io.peregrine.perf.sim.grid.Machine;
import io.peregrine.perf.sim.grid.Places;
import io.peregrine.perf.sim.grid.SimGrid;
import io.peregrine.perf.sim.world.Network;

import java.util.SplittableRandom;

/**
 * One fault that does not end by itself: one direction of one way between two machines, one data agent, or the way of
 * one machine to the control plane.
 */
public final class KeptFault
{
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final int KINDS = 3;

    private final SimGrid grid;
    private final SplittableRandom random;

    /**
     * @param grid   that has it.
     * @param random that it is drawn from.
     */
    public KeptFault(final SimGrid grid, final SplittableRandom random)
    {
        this.grid = grid;
        this.random = random;
    }

    /**
     * Let it begin.
     *
     * @return what ends it.
     */
    public Runnable begin()
    {
        final int count = grid.machines().length;
        final Machine machine = grid.machines()[random.nextInt(count)];
        switch (random.nextInt(KINDS))
        {
            case 0:
                machine.wedge(random.nextInt(Places.MAX_AGENTS), HOUR_NS);
                return machine::heal;
            case 1:
                return cut(machine.index(), Places.HOST, true);
            default:
                return cut(machine.index(), (machine.index() + 1 + random.nextInt(count - 1)) % count, false);
        }
    }

    private Runnable cut(final int from, final int to, final boolean isBothWays)
    {
        final Network network = grid.network();
        grid.trace().line("network", "cut %d -> %d%s, for good", from, to, isBothWays ? " and back" : "");
        network.cut(from, to, true);
        if (isBothWays)
        {
            network.cut(to, from, true);
        }

        return () ->
        {
            network.heal(from, to);
            if (isBothWays)
            {
                network.heal(to, from);
            }
        };
    }
}
