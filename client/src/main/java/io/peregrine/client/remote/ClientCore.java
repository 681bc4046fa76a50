package io.peregrine.client.remote;

import io.peregrine.client.port.LocalReads;
import io.peregrine.client.port.RequestPort;
import io.peregrine.transport.link.LinkConnection;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * The rules of a client of a grid without its threads, clock and network: whoever holds it makes the connections that
 * it asks for, brings the messages that come by them, and says what time it is. One thread at a time, that of the
 * callers too.
 */
public final class ClientCore implements RequestPort
{
    private final RemoteStructures structures = new RemoteStructures();
    private final List<CoreLane> lanes = new ArrayList<>();
    private final Int2ObjectHashMap<LinkConnection> connections = new Int2ObjectHashMap<>();
    private final Settings settings;
    private final Tables tables;
    private final ClientRules rules;
    private final Runnable onIdle;
    private boolean closed;
    private long nowNs;

    /**
     * What a client is made with.
     *
     * @param partitions     of the grid.
     * @param maxKeyLength   bytes.
     * @param maxValueLength bytes.
     * @param member         number of the member that is reached first.
     * @param agents         data agents of it.
     * @param maxInFlight    the most requests of a lane without an answer.
     * @param laneMemory     bytes of a lane's requests that are kept, a power of two.
     * @param sessionNs      how long sessions live when nobody is connected.
     * @param askAgainNs     after how long without an answer a request is sent again.
     * @param pauseNs        the least time that a partition is left alone which is not served.
     * @param tableNs        the least time between two questions for the table.
     * @param seed           for chance.
     */
    public record Settings(
        int partitions,
        int maxKeyLength,
        int maxValueLength,
        int member,
        int agents,
        int maxInFlight,
        int laneMemory,
        long sessionNs,
        long askAgainNs,
        long pauseNs,
        long tableNs,
        long seed)
    {
    }

    /**
     * A client.
     *
     * @param settings of it.
     * @param rules    that it keeps to.
     * @param onIdle   called by callers that wait.
     */
    public ClientCore(final Settings settings, final ClientRules rules, final Runnable onIdle)
    {
        this.settings = settings;
        this.rules = rules;
        this.onIdle = onIdle;
        tables = new Tables(
            settings.partitions, settings.member, settings.agents, settings.tableNs, settings.seed);
    }

    /**
     * Connections that are needed, as places: numbers that stand for a member and one of its data agents each. The one
     * to the first member's first agent is needed always.
     *
     * @return another array once that changes.
     */
    public int[] wanted()
    {
        return tables.wanted();
    }

    /**
     * The place of a data agent.
     *
     * @param member number of the member.
     * @param agent  number of its data agent.
     * @return its place.
     */
    public static int place(final int member, final int agent)
    {
        return Table.place(member, agent);
    }

    /**
     * The member of a place.
     *
     * @param place of a data agent.
     * @return number of the member.
     */
    public static int memberOf(final int place)
    {
        return Table.memberOf(place);
    }

    /**
     * The data agent of a place.
     *
     * @param place of it.
     * @return its number at its member.
     */
    public static int agentOf(final int place)
    {
        return Table.agentOf(place);
    }

    /**
     * A connection was made. That it is lost is seen from itself.
     *
     * @param place      of the data agent that it leads to.
     * @param connection to it.
     */
    public void onConnection(final int place, final LinkConnection connection)
    {
        connections.put(place, connection);
        for (final CoreLane lane : lanes)
        {
            lane.core.onConnection(place, connection);
        }
    }

    /**
     * A message came.
     *
     * @param place  of the data agent that sent it.
     * @param tag    that it came with.
     * @param buffer with the message.
     * @param offset where.
     * @param length bytes.
     */
    public void onMessage(
        final int place, final int tag, final DirectBuffer buffer, final int offset, final int length)
    {
        if (tag > 0 && tag <= lanes.size())
        {
            lanes.get(tag - 1).onMessage(place, buffer, offset, length);
        }
    }

    /**
     * Answers that made no sense and were dropped.
     *
     * @return how many.
     */
    public long malformedAnswers()
    {
        return tables.malformed();
    }

    /**
     * Time goes on: send what is to be sent.
     *
     * @param newNowNs of a monotonic clock.
     * @return work done.
     */
    public int work(final long newNowNs)
    {
        nowNs = newNowNs;
        int work = 0;
        for (final CoreLane lane : lanes)
        {
            work += lane.core.work(newNowNs);
        }
        return work;
    }

    /**
     * Refuse all that comes from callers from now on.
     */
    public void close()
    {
        closed = true;
    }

    @Override
    public int partitions()
    {
        return settings.partitions;
    }

    @Override
    public int maxKeyLength()
    {
        return settings.maxKeyLength;
    }

    @Override
    public int maxValueLength()
    {
        return settings.maxValueLength;
    }

    /**
     * Open a lane; its tag is the number of lanes then.
     *
     * @return the lane.
     */
    @Override
    public CoreLane openLane()
    {
        final LaneSettings lane = new LaneSettings(
            lanes.size() + 1,
            lanes.size() + 1,
            settings.partitions,
            settings.maxInFlight,
            settings.laneMemory,
            settings.sessionNs,
            settings.askAgainNs,
            settings.pauseNs);
        final CoreLane opened = new CoreLane(this, new LaneCore(lane, structures, tables, rules));
        connections.forEachInt(opened.core::onConnection);
        lanes.add(opened);
        return opened;
    }

    @Override
    public LocalReads localReads(final int structureId)
    {
        return null;
    }

    @Override
    public boolean isClosed()
    {
        return closed;
    }

    long nowNs()
    {
        return nowNs;
    }

    void idle()
    {
        onIdle.run();
    }
}
