package io.peregrine.client.remote;

import io.peregrine.client.codec.TableReplyDecoder;
import io.peregrine.transport.link.LinkConnection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all lanes of a client know of the grid together: the table, when to ask for a newer one, and which data agents
 * links are needed to. What several nodes say is put together by the epochs of the partitions and the incarnations of
 * the members, so that no old answer takes the place of a newer one. Any thread; rare but for {@link #table}.
 */
final class Tables
{
    private static final long UNKNOWN_LIFE = Long.MIN_VALUE;
    private static final int MAX_ENDPOINT = 255;
    /**
     * Who is to hear of the next primary is late by no more than such a part of the time without one.
     */
    private static final int PART = 32;
    /**
     * Connecting takes so many times longer than asking.
     */
    private static final int SEEK = 10;
    private static final int ALL_TOLD = -1;
    private static final long REFRESH_NS = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong malformed = new AtomicLong();
    private final Pauses asking;
    private final Pauses seeking;
    private volatile Table table;
    private volatile int[] wanted = {};
    private volatile int home;
    private long gridConnection;
    private volatile long nextRefreshNs;
    private volatile boolean refreshed;
    private int sought;
    private long toldVersion;
    private int toldTo;
    private long random;

    /**
     * Begin with one member that leads everything.
     *
     * @param partitions of the grid.
     * @param member     number of the member that was reached.
     * @param agents     of it.
     * @param askNs      the least time between two questions for the table.
     * @param seed       for chance, so that not all clients ask at the same time.
     */
    Tables(final int partitions, final int member, final int agents, final long askNs, final long seed)
    {
        asking = new Pauses(askNs, PART);
        seeking = new Pauses(SEEK * askNs, PART);
        random = seed * 0x9E3779B97F4A7C15L | 1;
        home = member;
        table = alone(0, false, partitions, member, agents);
    }

    Table table()
    {
        return table;
    }

    /**
     * The member that the client is connected to, or was last.
     */
    int home()
    {
        return home;
    }

    /**
     * The client is connected to a member now.
     */
    void home(final int member)
    {
        home = member;
    }

    /**
     * Data agents that links are needed to, by their places; another array once that changes.
     */
    int[] wanted()
    {
        return wanted;
    }

    /**
     * A connection was made. Of two grids the one that was reached by the later connection is the one that there is.
     */
    synchronized void onConnection(final int place, final LinkConnection connection)
    {
        final Table known = table;
        if (!known.founded)
        {
            table = new Table(
                connection.gridId(), true, known.version, known.epochs, known.primaries, known.replicas, known.members);
        }
        else if (connection.gridId() != known.gridId && connection.id() > gridConnection)
        {
            final Table.Member member = known.member(Table.memberOf(place));
            table = alone(
                connection.gridId(), true, known.partitions(), Table.memberOf(place),
                member == null ? Table.agentOf(place) + 1 : member.agents());
            toldTo = ALL_TOLD;
            onNews();
        }
        if (connection.gridId() == table.gridId)
        {
            gridConnection = Math.max(gridConnection, connection.id());
        }
    }

    /**
     * A node says who leads a partition.
     *
     * @return whether that is news.
     */
    synchronized boolean learn(final long gridId, final int partition, final int epoch, final int primary)
    {
        final Table known = table;
        if (gridId != known.gridId || partition < 0 || partition >= known.partitions() ||
            epoch <= known.epochs[partition] || primary < 0 || primary >= Table.MAX_MEMBERS)
        {
            return false;
        }
        final int[] epochs = known.epochs.clone();
        final int[] primaries = known.primaries.clone();
        final int[] replicas = known.replicas.clone();
        epochs[partition] = epoch;
        primaries[partition] = primary;
        replicas[partition] = Table.NOT_TOLD;
        become(new Table(known.gridId, true, known.version, epochs, primaries, replicas, known.members));
        return true;
    }

    /**
     * A node tells the table, or a part of it.
     *
     * @param gridId of the connection that it came by.
     */
    synchronized void learn(final long gridId, final TableReplyDecoder reply)
    {
        final Table known = table;
        if (gridId != known.gridId)
        {
            return;
        }
        final Table.Member[] members = membersOf(reply, known);
        wantNewcomers(known, members);
        final int[] epochs = known.epochs.clone();
        final int[] primaries = known.primaries.clone();
        final int[] replicas = known.replicas.clone();
        boolean news = members != known.members;
        int partition = reply.from();
        for (final TableReplyDecoder.PartitionsDecoder told : reply.partitions())
        {
            if (partition >= 0 && partition < epochs.length && told.epoch() > epochs[partition])
            {
                epochs[partition] = told.epoch();
                primaries[partition] = told.primary();
                replicas[partition] = told.replica();
                news = true;
            }
            else if (partition >= 0 && partition < epochs.length && told.epoch() == epochs[partition] &&
                replicas[partition] == Table.NOT_TOLD)
            {
                replicas[partition] = told.replica();
                news = true;
            }
            partition++;
        }
        final long version = isWhole(reply) ? Math.max(known.version, reply.version()) : known.version;
        if (news)
        {
            become(new Table(known.gridId, true, version, epochs, primaries, replicas, members));
        }
        else if (version != known.version)
        {
            table = new Table(
                known.gridId, true, version, known.epochs, known.primaries, known.replicas, known.members);
        }
    }

    /**
     * An answer was dropped that made no sense.
     */
    void onMalformed()
    {
        malformed.incrementAndGet();
    }

    /**
     * How many answers made no sense.
     */
    long malformed()
    {
        return malformed.get();
    }

    /**
     * May a lane ask for the table now? Then it is the one that does.
     */
    synchronized boolean mayAsk(final long nowNs)
    {
        if (!asking.areOver(nowNs))
        {
            return false;
        }
        asking.begin(nowNs, this::chance);
        return true;
    }

    /**
     * May a lane ask for the table now that has no other reason to than that it may have grown old? Then it is the one
     * that does. So a member that joins is heard of, and connected to, before it leads anything.
     */
    boolean mayRefresh(final long nowNs)
    {
        return (!refreshed || nowNs - nextRefreshNs >= 0) && beginRefresh(nowNs);
    }

    private synchronized boolean beginRefresh(final long nowNs)
    {
        if (refreshed && nowNs - nextRefreshNs < 0)
        {
            return false;
        }
        final boolean isTime = refreshed;
        nextRefreshNs = nowNs + REFRESH_NS / 2 + chance(REFRESH_NS);
        refreshed = true;
        return isTime;
    }

    /**
     * No node is reached that could be asked: look for another.
     */
    synchronized void seek(final long nowNs)
    {
        final Table known = table;
        if (!seeking.areOver(nowNs))
        {
            return;
        }
        seeking.begin(nowNs, this::chance);
        for (int i = 0; i < known.members.length; i++)
        {
            sought = (sought + 1) % known.members.length;
            if (known.members[sought] != null)
            {
                want(Table.place(sought, 0));
                return;
            }
        }
    }

    /**
     * A link to a data agent is needed.
     */
    synchronized void want(final int place)
    {
        for (final int each : wanted)
        {
            if (each == place)
            {
                return;
            }
        }
        final int[] more = Arrays.copyOf(wanted, wanted.length + 1);
        more[wanted.length] = place;
        wanted = more;
    }

    /**
     * A number by chance, from 0 to below the bound.
     */
    synchronized long chance(final long bound)
    {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return bound <= 0 ? 0 : Math.floorMod(random, bound);
    }

    /**
     * Whoever comes into a grid whose table was known is going to lead some of it: connecting takes longer than a
     * hand-over.
     */
    private void wantNewcomers(final Table known, final Table.Member[] members)
    {
        for (int i = 0; i < members.length && members != known.members && known.version != Table.NO_VERSION; i++)
        {
            final Table.Member member = members[i];
            for (int agent = 0; member != null && member != known.member(i) && agent < member.agents(); agent++)
            {
                want(Table.place(i, agent));
            }
        }
    }

    /**
     * Is a table told to its end by this? A long one comes in parts, which are one table if they are of one version.
     */
    private boolean isWhole(final TableReplyDecoder reply)
    {
        if (reply.from() == 0)
        {
            toldVersion = reply.version();
        }
        else if (reply.from() != toldTo || reply.version() != toldVersion)
        {
            return false;
        }
        toldTo = reply.next();
        return toldTo < 0;
    }

    private void become(final Table next)
    {
        table = next;
        onNews();
    }

    private void onNews()
    {
        final Table known = table;
        asking.onNews();
        wanted = Arrays.stream(wanted).filter(known::has).toArray();
    }

    private static Table alone(
        final long gridId, final boolean founded, final int partitions, final int member, final int agents)
    {
        final Table.Member[] members = new Table.Member[member + 1];
        members[member] = new Table.Member(member, UNKNOWN_LIFE, agents, "");
        final int[] primaries = new int[partitions];
        Arrays.fill(primaries, member);
        final int[] replicas = new int[partitions];
        Arrays.fill(replicas, Table.NOT_TOLD);
        return new Table(gridId, founded, Table.NO_VERSION, new int[partitions], primaries, replicas, members);
    }

    /**
     * @return the members known already where no news is told of any.
     */
    private static Table.Member[] membersOf(final TableReplyDecoder reply, final Table known)
    {
        Table.Member[] members = known.members;
        for (final TableReplyDecoder.MembersDecoder told : reply.members())
        {
            final int id = told.member();
            final long incarnation = told.incarnation();
            final int agents = told.agents();
            final byte[] endpoint = new byte[Math.min(MAX_ENDPOINT, told.endpointLength())];
            told.getEndpoint(endpoint, 0, endpoint.length);
            if (id >= 0 && id < Table.MAX_MEMBERS && agents > 0 && agents <= Table.MAX_AGENTS)
            {
                final Table.Member before = known.member(id);
                if (before == null || before.incarnation() < incarnation)
                {
                    members = Arrays.copyOf(members, Math.max(members.length, id + 1));
                    members[id] =
                        new Table.Member(id, incarnation, agents, new String(endpoint, StandardCharsets.US_ASCII));
                }
            }
        }
        return members;
    }
}
