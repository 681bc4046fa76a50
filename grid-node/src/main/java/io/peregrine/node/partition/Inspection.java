package io.peregrine.node.partition;

import io.peregrine.node.partition.learning.LearnerState;
import io.peregrine.storage.log.EntryLog;
import io.peregrine.storage.log.EntryStamp;

import java.util.zip.CRC32C;

/**
 * Looks into copies of partitions from outside, for those who check that copies agree. On the thread that drives the
 * data agent; it changes nothing.
 */
public final class Inspection
{
    private Inspection()
    {
    }

    /**
     * Takes the entries of a log.
     */
    @FunctionalInterface
    public interface Entries
    {
        /**
         * @param sequence of the entry.
         * @param checksum of its bytes.
         */
        void onEntry(long sequence, int checksum);
    }

    /**
     * @param partition to look into.
     * @return whether it takes requests.
     */
    public static boolean isServing(final Partition partition)
    {
        return partition.isServing();
    }

    /**
     * @param partition to look into.
     * @param nowNs     of its node's clock.
     * @return whether it takes requests and would answer them, as its lease holds.
     */
    public static boolean serves(final Partition partition, final long nowNs)
    {
        final ServingTerm term = partition.term();
        return term != null && (term.lease() == null || term.lease().endsAfter(nowNs));
    }

    /**
     * @param partition to look into.
     * @return whether this copy is one that counts: nothing of it is still to come.
     */
    public static boolean isWhole(final Partition partition)
    {
        return partition.role() == Role.LEADING || partition.role() == Role.FOLLOWING;
    }

    /**
     * @param partition to look into.
     * @return whether a snapshot of it is on its way to this copy.
     */
    public static boolean isTaking(final Partition partition)
    {
        return partition.learning().learner().isUnderWay();
    }

    /**
     * @param partition to look into.
     * @return whether a copy is to be here, and waits until there is memory for it.
     */
    public static boolean isStarved(final Partition partition)
    {
        return partition.learning().learner().state() == LearnerState.STARVED;
    }

    /**
     * @param partition to look into.
     * @return whether this copy gives others a snapshot of it.
     */
    public static boolean isGiving(final Partition partition)
    {
        return partition.learning().giver().isGiving();
    }

    /**
     * @param partition to look into, when its agent has worked.
     * @param nowNs     of its node's clock.
     * @return whether a snapshot of it waits, taken or given, as its agent's share of time for that is used up.
     */
    public static boolean isCopyPausing(final Partition partition, final long nowNs)
    {
        return partition.learning().isPausing(nowNs);
    }

    /**
     * @param memory of an agent.
     * @return whether it has so little room left that what is led elsewhere may take no more, or soon may not.
     */
    public static boolean isShort(final AgentMemory memory)
    {
        return memory.leavesRoom() && memory.isShort();
    }

    /**
     * @param partition to look into.
     * @return epoch of its log.
     */
    public static int epoch(final Partition partition)
    {
        return partition.log().epoch();
    }

    /**
     * @param partition to look into.
     * @return how often what it held was lost, as its node knows.
     */
    public static int losses(final Partition partition)
    {
        return partition.assignment() == null ? 0 : partition.assignment().losses();
    }

    /**
     * @param partition to look into.
     * @return sequence of the last entry.
     */
    public static long last(final Partition partition)
    {
        return partition.log().last();
    }

    /**
     * @param partition to look into.
     * @return sequence of the last entry that is known to be committed.
     */
    public static long committed(final Partition partition)
    {
        return partition.log().committed();
    }

    /**
     * @param partition to look into.
     * @return sequence of the last entry that is applied.
     */
    public static long applied(final Partition partition)
    {
        return partition.log().applied();
    }

    /**
     * @param partition to look into.
     * @return digest of its replicated state; visits everything.
     */
    public static long digest(final Partition partition)
    {
        return partition.store().digest();
    }

    /**
     * @param partition to look into.
     * @return what it holds, or null where the copy here is none that counts; visits everything.
     */
    public static CopyState state(final Partition partition)
    {
        return !isWhole(partition) || partition.isBroken() ? null : new CopyState(
            partition.id(), partition.role() == Role.LEADING, applied(partition), digest(partition));
    }

    /**
     * @param partition to look into.
     * @param memory    of its agent.
     * @param after     sequence behind which to begin; entries that are trimmed are left out.
     * @param consumer  of the entries, in their order.
     */
    public static void entries(
        final Partition partition, final AgentMemory memory, final long after, final Entries consumer)
    {
        final EntryLog entries = memory.entries();
        final long from = Math.max(after, partition.log().trimmed());
        for (long at = entries.after(partition.log(), from); at != EntryLog.NO_POSITION; at = entries.next(at))
        {
            final byte[] bytes = new byte[entries.length(at)];
            entries.buffer().getBytes(entries.offset(at), bytes);
            final CRC32C checksum = new CRC32C();
            checksum.update(bytes);
            consumer.onEntry(
                EntryStamp.sequence(entries.buffer(), entries.offset(at)),
                (int) checksum.getValue());
        }
    }

    /**
     * @param partition to look into.
     * @param nowNs     of its node's clock.
     * @return for people: what this member is to the partition, and what it waits for.
     */
    public static String describe(final Partition partition, final long nowNs)
    {
        return partition.role() + (partition.isServing() ? " serves" : "") +
            (partition.isStale() ? " knows of a later epoch" : "") +
            (partition.isReconciled() ? " reconciled" : "") +
            (partition.waits().areOver(nowNs) ? "" : " waits for grants") +
            (partition.lead().lease().endsAfter(nowNs) ? " has its lease" : "") + ' ' + partition.log();
    }

    /**
     * Give the memory of an agent that works no more back at once, where no other thread reads.
     *
     * @param memory of the agent.
     */
    public static void discard(final AgentMemory memory)
    {
        memory.pool().closeNow();
        memory.entries().close();
    }
}
