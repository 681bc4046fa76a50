package io.peregrine.node.partition;

import io.peregrine.node.replication.Leases;

import java.util.Arrays;

/**
 * Members that led a partition and may still think so, as this member gave them leases before it knew better: should it
 * lead, it waits until they know. One that says that it gave the lead up is not waited for. Data agent's thread.
 */
final class GrantWaits
{
    private int[] members = new int[2];
    private long[] untilNs = new long[2];
    private int size;
    private int gaveUpMember = -1;
    private long gaveUpEpoch;

    /**
     * A member leads no longer.
     *
     * @param memberId    that led.
     * @param overNs      when the last lease given to it is over, or {@link Leases#NONE}.
     * @param epoch       from which on it does not lead.
     */
    void add(final int memberId, final long overNs, final long epoch)
    {
        if (overNs == Leases.NONE || memberId == gaveUpMember && gaveUpEpoch >= epoch)
        {
            return;
        }

        remove(memberId);
        if (size == members.length)
        {
            members = Arrays.copyOf(members, size * 2);
            untilNs = Arrays.copyOf(untilNs, size * 2);
        }
        members[size] = memberId;
        untilNs[size++] = overNs;
    }

    /**
     * A member says that it never leads under an epoch below one.
     *
     * @param memberId that said so.
     * @param epoch    that it has taken.
     * @param ownEpoch that is known here.
     */
    void onGaveUp(final int memberId, final long epoch, final long ownEpoch)
    {
        gaveUpMember = memberId;
        gaveUpEpoch = epoch;
        if (epoch >= ownEpoch)
        {
            remove(memberId);
        }
    }

    /**
     * @param nowNs of the node's monotonic clock.
     * @return whether nobody is waited for any more.
     */
    boolean areOver(final long nowNs)
    {
        int kept = 0;
        for (int i = 0; i < size; i++)
        {
            if (nowNs < untilNs[i])
            {
                members[kept] = members[i];
                untilNs[kept++] = untilNs[i];
            }
        }
        size = kept;
        return size == 0;
    }

    private void remove(final int memberId)
    {
        for (int i = 0; i < size; i++)
        {
            if (members[i] == memberId)
            {
                size--;
                members[i] = members[size];
                untilNs[i] = untilNs[size];
                return;
            }
        }
    }
}
