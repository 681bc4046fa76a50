package io.peregrine.node.partition;

import java.util.Arrays;

/**
 * Which entries are committed: those that every member of the in-sync set has in its log, while the set has its least
 * size. A member whose addition is proposed counts as soon as it is proposed; one whose removal is proposed counts
 * until the removal is decided. Sequences carry the epoch in their high bits, so they compare across epochs.
 * <p>
 * Written by the data agent that owns the partition.
 */
public final class CommitRule
{
    private final int minInSync;
    private int[] members = new int[1];
    private long[] appended = new long[1];
    private int size;
    private int inSync;
    private long committed;

    /**
     * @param minInSync least members of the set for an acknowledgement.
     */
    public CommitRule(final int minInSync)
    {
        this.minInSync = minInSync;
    }

    /**
     * Take the set that was decided. What is known of members that stay is kept; a proposed addition that is not in
     * the set counts no longer.
     *
     * @param decided  members of the in-sync set.
     * @param sequence that a member is taken to have when nothing is known of it.
     */
    public void decided(final int[] decided, final long sequence)
    {
        final long[] positions = new long[decided.length];
        for (int i = 0; i < decided.length; i++)
        {
            final int index = indexOf(decided[i]);
            positions[i] = index >= 0 ? appended[index] : sequence;
        }

        members = decided.clone();
        appended = positions;
        size = decided.length;
        inSync = decided.length;
        advance();
    }

    /**
     * The addition of a member is proposed: from now on an entry needs that member too.
     *
     * @param member   proposed.
     * @param sequence of the last entry that it has.
     */
    public void proposedAddition(final int member, final long sequence)
    {
        if (indexOf(member) < 0)
        {
            members = Arrays.copyOf(members, size + 1);
            appended = Arrays.copyOf(appended, size + 1);
            members[size] = member;
            appended[size] = sequence;
            size++;
        }
    }

    /**
     * A member has every entry up to a sequence in its log.
     *
     * @param member   that said so; one that does not count is ignored.
     * @param sequence of its last entry.
     */
    public void onAppended(final int member, final long sequence)
    {
        final int index = indexOf(member);
        if (index >= 0 && sequence > appended[index])
        {
            appended[index] = sequence;
            advance();
        }
    }

    /**
     * @return the sequence up to which entries are committed; never goes back.
     */
    public long committed()
    {
        return committed;
    }

    /**
     * @return the sequence up to which every member that counts has the entries.
     */
    public long onEveryMember()
    {
        long least = size == 0 ? 0 : appended[0];
        for (int i = 1; i < size; i++)
        {
            least = Math.min(least, appended[i]);
        }

        return least;
    }

    /**
     * @return whether the set is large enough to acknowledge anything.
     */
    public boolean hasQuorum()
    {
        return inSync >= minInSync;
    }

    private void advance()
    {
        if (hasQuorum())
        {
            committed = Math.max(committed, onEveryMember());
        }
    }

    private int indexOf(final int member)
    {
        for (int i = 0; i < size; i++)
        {
            if (members[i] == member)
            {
                return i;
            }
        }

        return -1;
    }
}
