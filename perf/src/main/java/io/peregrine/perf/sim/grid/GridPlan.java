package io.peregrine.perf.sim.grid;

import io.peregrine.node.control.GridSettings;
import io.peregrine.node.partition.Limits;
import io.peregrine.node.replication.ReplicationSettings;

import java.util.SplittableRandom;

/**
 * What a simulated grid is like.
 *
 * @param machines     that nodes run on.
 * @param settings     of the grid.
 * @param limits       on requests.
 * @param memoryBytes  of each node.
 * @param shortMachine machine that has little memory, too little for two data agents; or -1.
 * @param shortBytes   that it has.
 * @param twoAgents    a bit for each machine whose node has two data agents.
 * @param chunkBytes   of a piece of a snapshot.
 * @param pieceNs      that such a piece takes a data agent, by the clock that bounds copying.
 * @param absentNs     without a word until a member is replaced.
 */
public record GridPlan(
    int machines,
    GridSettings settings,
    Limits limits,
    long memoryBytes,
    int shortMachine,
    long shortBytes,
    int twoAgents,
    int chunkBytes,
    long pieceNs,
    long absentNs)
{
    private static final int MAX_STRUCTURES = 16;
    private static final int MAX_KEY = 64;
    private static final int MAX_VALUE = 4096;
    private static final int MAX_REQUEST = 12 * 1024;
    private static final long MEMORY = 16L << 20;
    private static final long SHORT_MEMORY = 3L << 20;
    private static final long TOO_SHORT_MEMORY = 2L << 20;
    private static final long ALONE_LEASE_NS = 2_000_000_000L;
    private static final int SHORT_IN = 16;
    private static final int LEAST_CHUNK = 1024;
    private static final long MOST_PIECE_NS = 25_000_000;
    private static final long ABSENT_NS = 1_000_000_000L;

    /**
     * @param random   that it is drawn from.
     * @param machines of the grid.
     * @param isShort  whether one of them has less memory than clients ask for.
     * @param copyNs   that each KB of a copy takes, by the clock that bounds copying.
     * @return a plan.
     */
    public static GridPlan draw(
        final SplittableRandom random, final int machines, final boolean isShort, final long copyNs)
    {
        final int partitions = 1 + random.nextInt(5);
        final int replicas = Math.min(machines, 2 + random.nextInt(2));
        final int minInSync = replicas > 1 && random.nextInt(4) == 0 ? 2 : 1;
        final GridSettings settings = new GridSettings(
            partitions, Math.max(1, replicas), minInSync, MAX_STRUCTURES, MAX_KEY, MAX_VALUE, ALONE_LEASE_NS);
        final Limits limits = new Limits(partitions, MAX_KEY, MAX_VALUE, MAX_REQUEST, false);
        final int shortMachine =
            machines > 1 && (isShort || random.nextInt(SHORT_IN) == 0) ? random.nextInt(machines) : -1;
        final int oneAgent = shortMachine >= 0 ? 1 << shortMachine : 0;
        final int twoAgents = (random.nextBoolean() ? 0 : random.nextInt(1 << machines)) & ~oneAgent;
        final int chunkBytes = LEAST_CHUNK << random.nextInt(7);
        final long absentNs = ABSENT_NS + random.nextLong(9 * ABSENT_NS);
        return new GridPlan(
            machines,
            settings,
            limits,
            MEMORY,
            shortMachine,
            isShort ? TOO_SHORT_MEMORY : SHORT_MEMORY,
            twoAgents,
            chunkBytes,
            Math.min(MOST_PIECE_NS, chunkBytes / LEAST_CHUNK * copyNs),
            absentNs);
    }

    /**
     * @param copiesAtOnce copies that a data agent takes at one time, and as many that it gives.
     * @return times and sizes of replication.
     */
    ReplicationSettings replication(final int copiesAtOnce)
    {
        final ReplicationSettings usual = ReplicationSettings.defaults();
        return new ReplicationSettings(
            usual.beatNs(),
            usual.leaseNs(),
            usual.marginNs(),
            usual.ackTimeoutNs(),
            usual.resendNs(),
            usual.appendBytes(),
            chunkBytes,
            copiesAtOnce,
            usual.copyPercent(),
            usual.caughtUpEntries());
    }

    /**
     * @param machine index of it.
     * @return data agents of its node.
     */
    public int agentsOf(final int machine)
    {
        return 1 + (twoAgents >> machine & 1);
    }

    /**
     * @param machine index of it.
     * @return memory of its node.
     */
    long memoryOf(final int machine)
    {
        return machine == shortMachine ? shortBytes : memoryBytes;
    }
}
