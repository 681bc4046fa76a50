package io.peregrine.node.control;

import io.peregrine.node.control.placement.Seat;

/**
 * A node of the grid in one of its lives.
 *
 * @param id            small number that stays with the node's key for good.
 * @param key           what the node calls itself; unique in the grid.
 * @param address       where its peers reach it, or empty when it is embedded and not reachable.
 * @param weight        share of the copies that it takes, compared with others.
 * @param zone          that it fails with.
 * @param agents        data agents that it has: a partition belongs to the one whose number is the remainder.
 * @param startId       number that it drew when it started, 0 or higher; {@link #NO_START} once its last life was
 *                      declared dead, until it begins another.
 * @param incarnation   number of this life; rises with every start of the node and never goes back.
 * @param status        whether copies belong on it.
 * @param aloneUntilNs  grid time until which it may serve partitions whose only copy it has; 0 if it never asked.
 * @param aloneAskedNs  when it asked for that, by its own clock.
 */
public record Member(
    int id,
    String key,
    String address,
    int weight,
    String zone,
    int agents,
    long startId,
    long incarnation,
    MemberStatus status,
    long aloneUntilNs,
    long aloneAskedNs)
{
    /**
     * The most data agents of a node.
     */
    public static final int MAX_AGENTS = 64;

    /**
     * Number of a start of one whose last life was declared dead.
     */
    public static final long NO_START = -1;

    Member with(final MemberStatus newStatus)
    {
        return new Member(
            id, key, address, weight, zone, agents, startId, incarnation, newStatus, aloneUntilNs, aloneAskedNs);
    }

    /**
     * A question that comes late or twice takes nothing back.
     */
    Member alone(final long untilNs, final long askedAtNs)
    {
        final long asked = aloneUntilNs == 0 ? askedAtNs : Math.max(askedAtNs, aloneAskedNs);
        return new Member(
            id, key, address, weight, zone, agents, startId, incarnation, status, untilNs, asked);
    }

    /**
     * @param newIncarnation of a life that nobody begins.
     * @return this member with its last life ended.
     */
    Member dead(final long newIncarnation)
    {
        return new Member(
            id, key, address, weight, zone, agents, NO_START, newIncarnation, MemberStatus.ABSENT, 0, 0);
    }

    /**
     * @param partition of the grid.
     * @return which of the member's data agents has it.
     */
    public int agentOf(final int partition)
    {
        return partition % agents;
    }

    /**
     * @return what this member holds in this life.
     */
    public Replica replica()
    {
        return new Replica(id, incarnation);
    }

    Seat seat()
    {
        return new Seat(id, key, weight, zone);
    }

    long digest(final long digest)
    {
        long mixed = Digest.mix(digest, id);
        mixed = Digest.mix(mixed, key);
        mixed = Digest.mix(mixed, address);
        mixed = Digest.mix(mixed, weight);
        mixed = Digest.mix(mixed, zone);
        mixed = Digest.mix(mixed, agents);
        mixed = Digest.mix(mixed, startId);
        mixed = Digest.mix(mixed, incarnation);
        mixed = Digest.mix(mixed, status.ordinal());
        mixed = Digest.mix(mixed, aloneUntilNs);
        return Digest.mix(mixed, aloneAskedNs);
    }
}
