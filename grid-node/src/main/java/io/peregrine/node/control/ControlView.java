package io.peregrine.node.control;

import java.util.List;

/**
 * What was decided up to one version. Immutable, so that agents and callers read it without a lock.
 *
 * @param version     number of decisions so far.
 * @param settings    of the grid, or null until it is founded.
 * @param members     in the order of their numbers; the number is the index.
 * @param assignments of the partitions; the partition is the index.
 * @param structures  that exist.
 */
public record ControlView(
    long version,
    GridSettings settings,
    List<Member> members,
    List<Assignment> assignments,
    StructureTable structures)
{
    static final ControlView EMPTY = new ControlView(0, null, List.of(), List.of(), StructureTable.EMPTY);

    /**
     * @return 64 bits that are equal for equal content.
     */
    public long digest()
    {
        long digest = Digest.mix(Digest.START, version);
        digest = Digest.mix(digest, settings == null ? 0 : settings.digest());
        for (final Member member : members)
        {
            digest = member.digest(digest);
        }
        for (final Assignment assignment : assignments)
        {
            digest = assignment.digest(digest);
        }

        return structures.digest(digest);
    }
}
