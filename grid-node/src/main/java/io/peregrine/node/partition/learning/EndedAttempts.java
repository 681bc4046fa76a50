package io.peregrine.node.partition.learning;

import org.agrona.collections.Int2ObjectHashMap;

/**
 * The last attempt of each member that is over, so that a request that comes late, or twice, cannot bring it back. Kept
 * as long as this node lives, also while another member leads.
 */
final class EndedAttempts
{
    private final Int2ObjectHashMap<Last> lastOf = new Int2ObjectHashMap<>();

    boolean isFormerLife(final int memberId, final long incarnation)
    {
        final Last last = lastOf.get(memberId);
        return last != null && last.incarnation > incarnation;
    }

    boolean isNewLife(final int memberId, final long incarnation)
    {
        final Last last = lastOf.get(memberId);
        return last == null || last.incarnation < incarnation;
    }

    /**
     * A member is in a life that is not a former one. Attempts are counted anew in each.
     */
    void onLife(final int memberId, final long incarnation)
    {
        if (isNewLife(memberId, incarnation))
        {
            lastOf.put(memberId, new Last(incarnation));
        }
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
