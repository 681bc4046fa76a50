package io.peregrine.node.partition.learning;

import io.peregrine.storage.partition.PartitionStore;

/**
 * The partition of which a learner gets its copy. Data agent's thread.
 */
public interface LearnerHost
{
    /**
     * @return sequence of the last entry that is applied to a whole copy, or {@link SnapshotGiver#NOTHING_WHOLE} where
     *         there is none.
     */
    long have();

    /**
     * @return an empty store for a new copy, beside the one that may be there.
     */
    PartitionStore newStore();

    /**
     * @param bytes of a chunk.
     * @return whether its records find memory beside what is left to entries that are on their way.
     */
    boolean hasRoomFor(int bytes);

    /**
     * Put a store in the place of the former, which is closed; and begin the log anew. The copy is not whole yet.
     *
     * @param store    that has the first chunk.
     * @param sequence of the entry after which the log begins.
     */
    void beginCopy(PartitionStore store, long sequence);

    /**
     * Close the store, if there is one, and forget its log.
     */
    void dropCopy();

    /**
     * Ask the primary; what gets lost is asked again.
     *
     * @param attempt number of it.
     * @param index   of the chunk.
     * @param have    sequence up to which the copy is whole, or {@link SnapshotGiver#NOTHING_WHOLE}.
     */
    void ask(int attempt, int index, long have);
}
