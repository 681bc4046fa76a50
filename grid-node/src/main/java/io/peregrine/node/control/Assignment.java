package io.peregrine.node.control;

import java.util.List;

/**
 * Who holds one partition.
 *
 * @param epoch   rises with every change of this partition; 0 until it is placed for the first time.
 * @param primary member that orders and answers, or {@link #NO_MEMBER}.
 * @param inSync  the replicas that every acknowledged entry is on, the primary among them.
 * @param losses  how many times what the partition held was lost.
 */
public record Assignment(long epoch, int primary, List<Replica> inSync, int losses)
{
    /**
     * No member leads.
     */
    public static final int NO_MEMBER = -1;

    /**
     * Nobody held the partition yet.
     */
    public static final Assignment UNPLACED = new Assignment(0, NO_MEMBER, List.of(), 0);

    /**
     * @return a copy that nobody can change.
     */
    public Assignment
    {
        inSync = List.copyOf(inSync);
    }

    /**
     * @param memberId to look for.
     * @return the in-sync replica on that member, or null.
     */
    public Replica replicaOn(final int memberId)
    {
        // Asked all the time by data agents, which are to make no garbage.
        for (int i = 0; i < inSync.size(); i++)
        {
            if (inSync.get(i).memberId() == memberId)
            {
                return inSync.get(i);
            }
        }

        return null;
    }

    Assignment next(final int newPrimary, final List<Replica> newInSync)
    {
        return new Assignment(epoch + 1, newPrimary, newInSync, losses);
    }

    /**
     * Begin again with one empty copy.
     */
    Assignment lost(final Replica replica)
    {
        return new Assignment(epoch + 1, replica.memberId(), List.of(replica), losses + 1);
    }

    long digest(final long digest)
    {
        long mixed = Digest.mix(digest, epoch);
        mixed = Digest.mix(mixed, primary);
        mixed = Digest.mix(mixed, losses);
        for (final Replica replica : inSync)
        {
            mixed = Digest.mix(mixed, replica.memberId());
            mixed = Digest.mix(mixed, replica.incarnation());
        }

        return mixed;
    }
}
