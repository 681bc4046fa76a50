package io.peregrine.node.partition.learning;

import org.agrona.collections.Int2ObjectHashMap;

/**
 * The last attempt of each member that is over, so that a request that comes late, or twice, cannot bring it back. Kept
 * as long as this node lives, also while another member leads.
 */
final class EndedAttempts
{
    private final Int2ObjectHashMap<Last> lastOf = new Int2ObjectHashMap<>();

    /**
     * A request came from a life of a member. Attempts are counted anew in each.
     *
     * @return false if a later life is known.
     */
    boolean onLife(final int memberId, final long incarnation)
    {
        final Last last = lastOf.get(memberId);
        if (last == null || last.incarnation < incarnation)
        {
            lastOf.put(memberId, new Last(incarnation));
            return true;
        }

        return last.incarnation == incarnation;
    }

    boolean isNewLife(final int memberId, final long incarnation)
    {
        final Last last = lastOf.get(memberId);
        return last == null || last.incarnation < incarnation;
    }

    boolean isOver(final int memberId, final int attempt)
    {
        return attempt <= lastOf.get(memberId).attempt;
    }

    void end(final int memberId, final int attempt)
    {
        final Last last = lastOf.get(memberId);
        last.attempt = Math.max(last.attempt, attempt);
    }

    private static final class Last
    {
        private final long incarnation;
        private int attempt;

        private Last(final long incarnation)
        {
            this.incarnation = incarnation;
        }
    }
}
