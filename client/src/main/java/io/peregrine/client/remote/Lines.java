package io.peregrine.client.remote;

import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.link.LinkConnection;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ErrorHandler;

/**
 * The links of a client: those to the node that it was told of, or that took its place, and those to the data agents
 * of other members that lanes ask for. Whoever moves messages, but for {@link #reached}.
 */
final class Lines
{
    private static final Reached[] NONE = {};

    private final List<Line> all = new ArrayList<>();
    private final Roads roads;
    private final Tables tables;
    private final ErrorHandler errorHandler;
    private final Line[] homes;
    private int[] followed = {};
    private volatile Reached[] reached = NONE;

    /**
     * A connection that is open, and whose it is.
     *
     * @param place      of the data agent, as tables number them.
     * @param connection to it.
     */
    record Reached(int place, LinkConnection connection)
    {
    }

    /**
     * Takes connections into use.
     */
    interface Listener
    {
        /**
         * A connection, that was told before or not.
         */
        void onConnection(int place, LinkConnection connection);
    }

    /**
     * A link and the data agent that it leads to.
     */
    static final class Line
    {
        final ClientLink link;
        final boolean isHome;
        final int agent;
        final String endpoint;
        /**
         * Of the data agent that it led to last.
         */
        int place;
        /**
         * Bytes of the longest message that came.
         */
        int longest;
        LinkConnection connection;
        /**
         * Whether it leads to a node of the grid.
         */
        boolean isFit;

        Line(final ClientLink link, final boolean isHome, final int place, final String endpoint)
        {
            this.link = link;
            this.isHome = isHome;
            this.place = place;
            this.endpoint = endpoint;
            agent = Table.agentOf(place);
        }
    }

    /**
     * @param roads        makes links.
     * @param tables       says where to.
     * @param facts        what the node that was reached first said.
     * @param errorHandler is told of links that cannot be made.
     */
    Lines(final Roads roads, final Tables tables, final GridFacts facts, final ErrorHandler errorHandler)
    {
        this.errorHandler = errorHandler;
        this.roads = roads;
        this.tables = tables;
        homes = new Line[facts.agents()];
        for (int agent = 0; agent < homes.length; agent++)
        {
            homes[agent] = new Line(roads.open(agent), true, Table.place(facts.member(), agent), "");
            all.add(homes[agent]);
        }
    }

    /**
     * Connections that lanes can use, one for each data agent at most; another array once that changes. Any thread.
     */
    Reached[] reached()
    {
        return reached;
    }

    /**
     * Is the node that the client was told of reached, all of it? Any thread.
     */
    boolean isHomeReached()
    {
        for (final Line line : homes)
        {
            if (line.link.connection() == null)
            {
                return false;
            }
        }
        return true;
    }

    int size()
    {
        return all.size();
    }

    Line get(final int index)
    {
        return all.get(index);
    }

    /**
     * A line has another connection than before, or none.
     */
    void onConnection(final Line line, final LinkConnection connection)
    {
        line.connection = connection;
        final GridFacts facts = connection == null || !line.isHome ? null : GridFacts.of(connection);
        if (facts != null)
        {
            line.place = Table.place(facts.member(), line.agent);
            tables.home(facts.member());
        }
        publish();
    }

    /**
     * Open the links that lanes ask for, and close those to members that are gone or live elsewhere now.
     *
     * @return work done.
     */
    int follow()
    {
        final int[] wanted = tables.wanted();
        if (wanted == followed)
        {
            return 0;
        }
        followed = wanted;
        final Table table = tables.table();
        for (int i = all.size() - 1; i >= homes.length; i--)
        {
            final Line line = all.get(i);
            final Table.Member member = table.member(Table.memberOf(line.place));
            if (member == null || !member.endpoint().equals(line.endpoint) || !isIn(wanted, line.place))
            {
                all.remove(i);
                line.link.close();
            }
        }
        for (final int place : wanted)
        {
            final Table.Member member = table.member(Table.memberOf(place));
            if (member != null && !member.endpoint().isEmpty() && !has(place))
            {
                open(place, member.endpoint());
            }
        }
        publish();
        return 1;
    }

    private void open(final int place, final String endpoint)
    {
        try
        {
            all.add(new Line(roads.open(endpoint, Table.agentOf(place)), false, place, endpoint));
        }
        catch (final RuntimeException ex)
        {
            errorHandler.onError(ex);
        }
    }

    void close()
    {
        for (final Line line : all)
        {
            line.link.close();
        }
    }

    private boolean has(final int place)
    {
        for (final Line line : all)
        {
            if (line.place == place)
            {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(final int[] places, final int place)
    {
        for (final int each : places)
        {
            if (each == place)
            {
                return true;
            }
        }
        return false;
    }

    /**
     * Where two lines lead to one data agent, the first of them is the one that is used.
     */
    private void publish()
    {
        final List<Reached> open = new ArrayList<>();
        for (final Line line : all)
        {
            if (line.connection != null && line.isFit && open.stream().noneMatch((other) -> other.place == line.place))
            {
                open.add(new Reached(line.place, line.connection));
            }
        }
        reached = open.toArray(NONE);
    }
}
