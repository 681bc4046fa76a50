package io.peregrine.client;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/**
 * What a node says of itself. Counters and sizes are of about the same moment, not of one.
 *
 * @param name        of the node.
 * @param address     HOST:PORT at which it is reached; empty for a node that nobody else reaches.
 * @param grid        name of its grid.
 * @param gridId      of the memory that it holds: another one when all was lost.
 * @param incarnation another number after each start of the node.
 * @param uptime      how long it runs.
 * @param partitions  that keys hash to.
 * @param agents      data agents that serve.
 * @param counters    by name, over all agents; which there are depends on the version of the node.
 * @param maps        that there are, in the order of their making.
 * @param members     of the grid, as this node knows them.
 */
public record NodeStatus(
    String name,
    String address,
    String grid,
    long gridId,
    long incarnation,
    Duration uptime,
    int partitions,
    int agents,
    SortedMap<String, Long> counters,
    List<MapStatus> maps,
    List<MemberStatus> members)
{
    /**
     * A node of the grid.
     *
     * @param member  its number.
     * @param life    its incarnation in the grid: another one after each start.
     * @param name    of it.
     * @param address HOST:PORT at which it is reached; empty for a node that nobody else reaches.
     * @param state   live, leaving or absent.
     * @param leads   partitions that it leads.
     * @param inSync  partitions of which it has a copy that counts.
     * @param planned partitions of which it is to have a copy.
     */
    public record MemberStatus(
        int member, long life, String name, String address, String state, int leads, int inSync, int planned)
    {
    }

    /**
     * A map.
     *
     * @param name    of it.
     * @param size    entries in the partitions that the node serves, with those whose expiry is due and not yet
     *                carried out.
     * @param counted how many partitions these are.
     * @param ttl     how long entries live that are written without a word about it, or null for ever.
     * @param maxIdle the same for the time unused.
     */
    public record MapStatus(String name, long size, int counted, Duration ttl, Duration maxIdle)
    {
    }

    /**
     * A counter.
     *
     * @param counter its name.
     * @return its value, or 0 where the node has none of this name.
     */
    public long counter(final String counter)
    {
        return counters.getOrDefault(counter, 0L);
    }
}
