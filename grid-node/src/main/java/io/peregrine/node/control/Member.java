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
 * @param startId       number that it drew when it started, 0 or higher; {@link #NO_START} once its last life was
 *                      declared dead, until it begins another.
 * @param incarnation   number of this life; rises with every start of the node and never goes back.
 * @param status        whether copies belong on it.
 * @param aloneUntilNs  grid time until which it may serve partitions whose only copy it has; 0 if it never asked.
 */
public record Member(
    int id,
    String key,
    String address,
    int weight,
    String zone,
    long startId,
    long incarnation,
    MemberStatus status,
    long aloneUntilNs)
{
    static final long NO_START = -1;

    Member with(final MemberStatus newStatus)
    {
        return new Member(id, key, address, weight, zone, startId, incarnation, newStatus, aloneUntilNs);
    }

    Member aloneUntil(final long timeNs)
    {
        return new Member(id, key, address, weight, zone, startId, incarnation, status, timeNs);
    }

    Replica replica()
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
        mixed = Digest.mix(mixed, startId);
        mixed = Digest.mix(mixed, incarnation);
        mixed = Digest.mix(mixed, status.ordinal());
        return Digest.mix(mixed, aloneUntilNs);
    }
}
