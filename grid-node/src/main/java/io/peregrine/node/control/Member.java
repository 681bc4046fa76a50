package io.peregrine.node.control;

/**
 * A node of the grid in one of its lives.
 *
 * @param id          small number that stays with the node's key for good.
 * @param key         what the node calls itself; unique in the grid.
 * @param address     where its peers reach it, or empty when it is embedded and not reachable.
 * @param incarnation number of this life; rises with every start of the node and never goes back.
 * @param live        whether it takes part; a member that left keeps its id and may return in a new life.
 */
public record Member(int id, String key, String address, long incarnation, boolean live)
{
    long digest(final long digest)
    {
        long mixed = Digest.mix(digest, id);
        mixed = Digest.mix(mixed, key);
        mixed = Digest.mix(mixed, address);
        mixed = Digest.mix(mixed, incarnation);
        return Digest.mix(mixed, live ? 1 : 0);
    }
}
