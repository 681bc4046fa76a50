package io.peregrine.perf.verify.fault;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws one fault after the other from a seed. Pure; single-threaded.
 */
public final class FaultPlan
{
    /**
     * The shortest and the longest fault, in leases.
     */
    static final double SHORTEST_LEASES = 0.2;
    static final double LONGEST_LEASES = 10;

    private static final double SHORTEST_GAP_LEASES = 1;
    private static final double LONGEST_GAP_LEASES = 6;

    private final SplittableRandom random;
    private final List<FaultKind> kinds;
    private final int nodes;
    private final long leaseNs;
    private final boolean isSevering;

    /**
     * A plan.
     *
     * @param seed    of the run.
     * @param kinds   of faults; cuts are drawn only where there are two nodes.
     * @param nodes   of the grid.
     * @param leaseNs that primaries hold.
     */
    public FaultPlan(final long seed, final Set<FaultKind> kinds, final int nodes, final long leaseNs)
    {
        this(seed, kinds, nodes, leaseNs, false);
    }

    private FaultPlan(
        final long seed, final Set<FaultKind> kinds, final int nodes, final long leaseNs, final boolean isSevering)
    {
        this.isSevering = isSevering;
        this.random = new SplittableRandom(seed);
        this.kinds = kinds.stream().filter(kind -> kind != FaultKind.CUT || nodes > 1).sorted().toList();
        this.nodes = nodes;
        this.leaseNs = leaseNs;
    }

    /**
     * Nodes are cut off from all others, both ways and for as long as there are faults: others take over meanwhile, and
     * a node that serves nevertheless is found out.
     *
     * @param seed    of the run.
     * @param nodes   of the grid, at least two.
     * @param leaseNs that primaries hold.
     * @return a plan of nothing else.
     */
    public static FaultPlan severing(final long seed, final int nodes, final long leaseNs)
    {
        return new FaultPlan(seed, Set.of(FaultKind.CUT), nodes, leaseNs, true);
    }

    /**
     * Is there nothing that can happen?
     *
     * @return whether no fault can be drawn.
     */
    boolean isEmpty()
    {
        return kinds.isEmpty();
    }

    /**
     * The next one.
     *
     * @return a fault.
     */
    Fault next()
    {
        final FaultKind kind = kinds.get(random.nextInt(kinds.size()));
        final int node = random.nextInt(nodes);
        if (isSevering)
        {
            return new Fault(kind, node, Fault.EVERYBODY, true, true, leases(LONGEST_LEASES));
        }

        final boolean isCut = kind == FaultKind.CUT;
        final int peer = isCut ? peer(node) : -1;
        final int direction = isCut ? random.nextInt(3) : -1;
        // Short ones are as frequent as long ones, by their order of magnitude.
        final double leases =
            SHORTEST_LEASES * Math.pow(LONGEST_LEASES / SHORTEST_LEASES, random.nextDouble());
        return new Fault(kind, node, peer, isCut && direction != 1, isCut && direction != 0, leases(leases));
    }

    /**
     * Half of all cuts sever a node from everybody.
     */
    private int peer(final int node)
    {
        return random.nextBoolean() ? Fault.EVERYBODY : (node + 1 + random.nextInt(nodes - 1)) % nodes;
    }

    /**
     * How long after the beginning of a fault the next one is due.
     *
     * @return nanoseconds.
     */
    long gapNs()
    {
        return leases(SHORTEST_GAP_LEASES + random.nextDouble() * (LONGEST_GAP_LEASES - SHORTEST_GAP_LEASES));
    }

    private long leases(final double count)
    {
        return (long) (count * leaseNs);
    }
}
