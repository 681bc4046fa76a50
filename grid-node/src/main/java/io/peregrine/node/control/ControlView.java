package io.peregrine.node.control;

import java.util.List;

/**
 * What was decided up to one version. Immutable, so that agents and callers read it without a lock.
 *
 * @param version     number of decisions so far.
 * @param timeNs      grid time of the last decision.
 * @param gridId      number that tells the grid from all others; 0 until it is founded.
 * @param settings    of the grid, or null until it is founded.
 * @param members     in the order of their numbers; the number is the index.
 * @param assignments of the partitions; the partition is the index.
 * @param plan        members that are to hold each partition, the primary first.
 * @param structures  that exist.
 */
public record ControlView(
    long version,
    long timeNs,
    long gridId,
    GridSettings settings,
    List<Member> members,
    List<Assignment> assignments,
    List<List<Integer>> plan,
    StructureTable structures)
{
    /**
     * Nothing is decided yet.
     */
    public static final ControlView EMPTY =
        new ControlView(0, 0, 0, null, List.of(), List.of(), List.of(), StructureTable.EMPTY);

    /**
     * Most decisions are about few partitions, and what was not decided anew is the same object.
     *
     * @param partition to look at.
     * @param former    state of the same grid, or null.
     * @return whether nothing that concerns the partition is different from then; false where that takes longer to see.
     */
    public boolean isSameFor(final int partition, final ControlView former)
    {
        return former != null && members == former.members && settings == former.settings &&
            assignments.get(partition) == former.assignments.get(partition) &&
            plan.get(partition) == former.plan.get(partition);
    }

    /**
     * @return 64 bits that are equal for equal content.
     */
    public long digest()
    {
        long digest = Digest.mix(Digest.mix(Digest.START, version), timeNs);
        digest = Digest.mix(digest, gridId);
        digest = Digest.mix(digest, settings == null ? 0 : settings.digest());
        for (final Member member : members)
        {
            digest = member.digest(digest);
        }
        for (final Assignment assignment : assignments)
        {
            digest = assignment.digest(digest);
        }
        for (final List<Integer> planned : plan)
        {
            digest = Digest.mix(digest, planned.size());
            for (final int member : planned)
            {
                digest = Digest.mix(digest, member);
            }
        }

        return structures.digest(digest);
    }
}
