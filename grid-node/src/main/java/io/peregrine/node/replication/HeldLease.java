package io.peregrine.node.replication;

/**
 * What one data agent of another node gave this one. An answer given under a later state of the control plane than
 * this agent has applied is kept until it has; of several the one that will count soonest and the newest. Data agent's
 * thread.
 */
final class HeldLease
{
    private static final int MAX_PENDING = 4;

    private final Rules rules;
    private final long leaseNs;
    private final long[] pendingEndNs = new long[MAX_PENDING];
    private final long[] pendingVersion = new long[MAX_PENDING];
    private int pending;
    private long untilNs = Leases.NONE;

    HeldLease(final Rules rules, final long leaseNs)
    {
        this.rules = rules;
        this.leaseNs = leaseNs;
    }

    /**
     * The giver lives another life: what it gave in the one before counts for nothing.
     */
    void reset()
    {
        pending = 0;
        untilNs = Leases.NONE;
    }

    /**
     * @param sentAtNs       when the beat was sent that is answered.
     * @param nowNs          when the answer was taken.
     * @param answerVersion  of the control plane's state, as the giver had it.
     * @param appliedVersion of it here.
     */
    void onAnswer(final long sentAtNs, final long nowNs, final long answerVersion, final long appliedVersion)
    {
        final long endNs = rules.leaseEnd(sentAtNs, nowNs, leaseNs);
        if (rules.renews(answerVersion, appliedVersion))
        {
            untilNs = Math.max(untilNs, endNs);
        }
        else
        {
            keep(endNs, answerVersion);
        }
    }

    /**
     * @param appliedVersion of the control plane's state, here and now.
     */
    void onApplied(final long appliedVersion)
    {
        int kept = 0;
        for (int i = 0; i < pending; i++)
        {
            if (rules.renews(pendingVersion[i], appliedVersion))
            {
                untilNs = Math.max(untilNs, pendingEndNs[i]);
            }
            else
            {
                pendingEndNs[kept] = pendingEndNs[i];
                pendingVersion[kept++] = pendingVersion[i];
            }
        }
        pending = kept;
    }

    /**
     * @return when the lease ends, {@link Leases#NONE} if there never was one.
     */
    long untilNs()
    {
        return untilNs;
    }

    /**
     * @return when the lease ends if all that is kept comes to count.
     */
    long expectedUntilNs()
    {
        long expected = untilNs;
        for (int i = 0; i < pending; i++)
        {
            expected = Math.max(expected, pendingEndNs[i]);
        }

        return expected;
    }

    private void keep(final long endNs, final long version)
    {
        for (int i = 0; i < pending; i++)
        {
            if (pendingVersion[i] == version)
            {
                pendingEndNs[i] = Math.max(pendingEndNs[i], endNs);
                return;
            }
        }

        final int index = Math.min(pending, MAX_PENDING - 1);
        pendingEndNs[index] = endNs;
        pendingVersion[index] = version;
        pending = index + 1;
    }
}
