package io.peregrine.node.partition.learning;

/**
 * One attempt of one learner, as its primary sees it.
 */
final class Session
{
    final int memberId;
    final int attempt;
    /**
     * Chunks made so far; the last of them can be sent again.
     */
    int made;
    /**
     * It has every chunk, or needs none.
     */
    boolean hasChunks;
    /**
     * Its copy is joined with the log.
     */
    boolean isWhole;
    /**
     * The last chunk found no room on its way.
     */
    boolean isOwed;
    /**
     * The next chunk is asked for, and not made yet.
     */
    boolean isAwaited;
    long heardNs;

    Session(final int memberId, final int attempt, final long nowNs)
    {
        this.memberId = memberId;
        this.attempt = attempt;
        heardNs = nowNs;
    }
}
