package io.peregrine.storage.partition;

/**
 * What became of a chunk or an entry that was given to a {@link SnapshotLoader}.
 */
public enum LoadResult
{
    /**
     * It is in, and more is needed.
     */
    LOADED,
    /**
     * It is in, and the partition is whole: the store may be used.
     */
    COMPLETE,
    /**
     * Chunk: damaged, not a chunk, or not one that a partition can have written. Nothing has changed.
     */
    GARBAGE,
    /**
     * Chunk: of another version of the format. Nothing has changed.
     */
    OTHER_VERSION,
    /**
     * Of another partition or another snapshot, or not the next chunk or entry. Nothing has changed.
     */
    OUT_OF_ORDER,
    /**
     * Entry: later than the last chunk; its turn comes when the next chunk is in. Nothing has changed.
     */
    NOT_YET,
    /**
     * Memory ran out: the loader and its store are of no more use, and have to be closed.
     */
    NO_MEMORY
}
