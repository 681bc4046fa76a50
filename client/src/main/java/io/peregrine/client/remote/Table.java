package io.peregrine.client.remote;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * Who leads which partition, as far as this client has heard. Immutable.
 */
final class Table
{
    /**
     * No data agent is known to lead.
     */
    static final int NOWHERE = -1;
    /**
     * Data agents that a member may have.
     */
    static final int MAX_AGENTS = 64;
    /**
     * Members that a grid may have.
     */
    static final int MAX_MEMBERS = 1024;
    /**
     * There is no other copy in sync.
     */
    static final int NOBODY = -1;
    /**
     * It was not said who has another copy.
     */
    static final int NOT_TOLD = -2;
    /**
     * Nobody has told the whole table yet.
     */
    static final long NO_VERSION = -1;

    final long gridId;
    final boolean founded;
    final long version;
    final int[] epochs;
    final int[] primaries;
    /**
     * Of each partition another member with a copy in sync, {@link #NOBODY} or {@link #NOT_TOLD}.
     */
    final int[] replicas;
    final Member[] members;
    private final int[] places;
    private final BitSet leading = new BitSet();
    private final boolean several;

    /**
     * @param gridId    the grid whose memory it is about.
     * @param founded   whether that grid was reached; otherwise its id means nothing.
     * @param version   of the control plane's state of which at least this is; or {@link #NO_VERSION}.
     * @param epochs    of the partitions.
     * @param primaries of the partitions, -1 for none.
     * @param replicas  members with other copies.
     * @param members   by their numbers, null where there is none.
     */
    Table(
        final long gridId,
        final boolean founded,
        final long version,
        final int[] epochs,
        final int[] primaries,
        final int[] replicas,
        final Member[] members)
    {
        this.gridId = gridId;
        this.founded = founded;
        this.version = version;
        this.epochs = epochs;
        this.primaries = primaries;
        this.replicas = replicas;
        this.members = members;
        several = Arrays.stream(members).filter(Objects::nonNull).count() > 1;
        places = new int[epochs.length];
        for (int partition = 0; partition < places.length; partition++)
        {
            final Member member = member(primaries[partition]);
            places[partition] = member == null ? NOWHERE : place(member.id, partition % member.agents);
            if (member != null)
            {
                leading.set(places[partition]);
            }
        }
    }

    /**
     * One member of a grid.
     *
     * @param id          number of it.
     * @param incarnation of this life of it.
     * @param agents      data agents that it has.
     * @param endpoint    HOST:PORT at which clients reach it; empty where that is not known.
     */
    record Member(int id, long incarnation, int agents, String endpoint)
    {
    }

    /**
     * The number of a way: that of a member and one of its data agents.
     */
    static int place(final int member, final int agent)
    {
        return member * MAX_AGENTS + agent;
    }

    static int memberOf(final int place)
    {
        return place / MAX_AGENTS;
    }

    static int agentOf(final int place)
    {
        return place % MAX_AGENTS;
    }

    /**
     * Where requests of a partition go.
     *
     * @return {@link #NOWHERE} while that is not known.
     */
    int place(final int partition)
    {
        return places[partition];
    }

    /**
     * Where reads of a partition may go that may be a little old.
     *
     * @return {@link #NOWHERE} while no such place is known.
     */
    int replicaPlace(final int partition)
    {
        final Member member = member(replicas[partition]);
        return member == null ? NOWHERE : place(member.id, partition % member.agents);
    }

    int partitions()
    {
        return places.length;
    }

    /**
     * @return null where there is none.
     */
    Member member(final int id)
    {
        return id >= 0 && id < members.length ? members[id] : null;
    }

    /**
     * Is there such a data agent?
     */
    boolean has(final int place)
    {
        final Member member = member(memberOf(place));
        return member != null && agentOf(place) < member.agents;
    }

    /**
     * Does it lead any partition?
     */
    boolean leads(final int place)
    {
        return leading.get(place);
    }

    /**
     * Are there other members than one?
     */
    boolean isOfSeveral()
    {
        return several;
    }
}
