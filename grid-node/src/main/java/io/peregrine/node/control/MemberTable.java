package io.peregrine.node.control;

import io.peregrine.node.control.placement.Seat;

import java.util.ArrayList;
import java.util.List;

/**
 * The nodes that the grid knows, by number. Single-threaded.
 */
final class MemberTable
{
    private static final int MAX_TEXT = StructureTable.MAX_NAME_LENGTH;

    private final List<Member> members = new ArrayList<>();
    private List<Member> copy = List.of();

    void load(final List<Member> other)
    {
        members.clear();
        members.addAll(other);
        copy = List.copyOf(other);
    }

    List<Member> view()
    {
        return copy;
    }

    List<Seat> seats()
    {
        return members.stream().filter(member -> member.status() == MemberStatus.LIVE).map(Member::seat).toList();
    }

    static boolean isValid(final ControlCommand.Join join)
    {
        return !join.key().isEmpty() && join.key().length() <= MAX_TEXT && join.address().length() <= MAX_TEXT &&
            join.zone().length() <= MAX_TEXT && join.startId() >= 0 &&
            join.agents() >= 1 && join.agents() <= Member.MAX_AGENTS &&
            join.weight() >= 1 && join.weight() <= Seat.MAX_WEIGHT;
    }

    /**
     * @return its number, or the next one if it is not known.
     */
    int find(final String key)
    {
        int id = 0;
        while (id < members.size() && !members.get(id).key().equals(key))
        {
            id++;
        }

        return id;
    }

    /**
     * @return incarnation of the latest life of that member; 0 when there was none.
     */
    long incarnation(final int id)
    {
        return id < members.size() ? members.get(id).incarnation() : 0;
    }

    int size()
    {
        return members.size();
    }

    Member get(final int id)
    {
        return members.get(id);
    }

    void put(final Member member)
    {
        if (member.id() == members.size())
        {
            members.add(member);
        }
        else
        {
            members.set(member.id(), member);
        }
        copy = List.copyOf(members);
    }

    /**
     * @return whether this life of the member is the latest that is known.
     */
    boolean isCurrent(final int memberId, final long incarnation)
    {
        return memberId >= 0 && memberId < members.size() && members.get(memberId).incarnation() == incarnation;
    }

    boolean isCurrent(final Replica replica)
    {
        return isCurrent(replica.memberId(), replica.incarnation());
    }

    /**
     * @return whether the member began another life since, and so has nothing of this replica.
     */
    boolean hasReturned(final Replica replica)
    {
        return !isCurrent(replica) && members.get(replica.memberId()).startId() != Member.NO_START;
    }
}
