package io.peregrine.client.remote;

import io.peregrine.client.port.LocalReads;
import io.peregrine.client.port.RequestLane;
import io.peregrine.client.port.RequestPort;
import io.peregrine.transport.link.LinkConnection;
import io.peregrine.transport.link.LinkHandler;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/**
 * The way to a remote node. Messages are moved by one thread at a time, which has the {@link Turn}: a thread that waits
 * for an answer tries to take it, and puts the answers that have come into the inboxes of their lanes;
 * {@link Upkeep} takes it when nobody has for a while. Each lane sends by itself. Any thread.
 */
public final class RemotePort implements RequestPort, AutoCloseable
{
    private static final AtomicLong SERIALS = new AtomicLong();
    static final long ASK_AGAIN_NS = TimeUnit.SECONDS.toNanos(1);
    static final long TABLE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long CLOSE_STEP_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int POLL_LIMIT = 64;
    private static final int POLL_STEP = 8;
    private static final int LONG_ANSWER = 8 * 1024;

    private final Turn turn = new Turn();
    private final RemoteStructures structures = new RemoteStructures();
    private final Tables tables;
    private final RemoteSettings settings;
    private final Roads roads;
    private final GridFacts facts;
    private final Fitness fitness;
    private final LaneTable lanes;
    private final Lines lines;
    private final Input input = new Input();
    private final Upkeep upkeep;
    private RemoteLane current;
    private volatile long droppedAnswers;
    private volatile long lastTurnNs;
    private volatile boolean closed;
    private volatile boolean barred;
    private volatile boolean down;

    /**
     * @param settings of it.
     * @param roads    to the node, which has answered; owned from now on.
     */
    RemotePort(final RemoteSettings settings, final Roads roads)
    {
        this.settings = settings;
        this.roads = roads;
        facts = GridFacts.of(roads.open(0).connection());
        fitness = new Fitness(facts, settings.errorHandler());
        tables = new Tables(facts.partitions(), facts.member(), facts.agents(), TABLE_NS, System.nanoTime());
        lanes = new LaneTable(Math.min(settings.lanes(), facts.maxTags()), settings.inbox());
        lines = new Lines(roads, tables, facts, settings.errorHandler());
        roads.beforeUnmaking(this::bar);
        roads.onlyWhere(fitness::isFitForHome);
        upkeep = new Upkeep(this, settings);
        upkeep.start(settings.threadFactory());
    }

    @Override
    public int partitions()
    {
        return facts.partitions();
    }

    @Override
    public int maxKeyLength()
    {
        return facts.maxKeyLength();
    }

    @Override
    public int maxValueLength()
    {
        return facts.maxValueLength();
    }

    @Override
    public RequestLane openLane()
    {
        return closed ? null : lanes.add(this::newLane);
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

    @Override
    public boolean isConnected()
    {
        return lines.isHomeReached();
    }

    /**
     * What the grid calls a structure that was opened through this port.
     *
     * @param structureId that lanes of this port use.
     * @return the grid's own number, 0 where there is none.
     */
    public int gridStructure(final int structureId)
    {
        return structures.remote(structureId);
    }

    /**
     * Have the port's own thread say goodbye and give everything back: any other may be in the middle of using a lane,
     * whose sessions could not be ended then. Waits for that, at most for the time set; but not in a callback, behind
     * which it is done. Safe to call twice.
     */
    @Override
    public void close()
    {
        closed = true;
        upkeep.wake();
        final long startNs = System.nanoTime();
        while (!isInCallback() && !upkeep.isEnded() &&
            System.nanoTime() - startNs <= settings.closeNs() + CLOSE_STEP_NS)
        {
            LockSupport.parkNanos(CLOSE_STEP_NS);
        }
    }

    private boolean isInCallback()
    {
        return turn.isMine() || lanes.isPolledByCaller();
    }

    /**
     * Answers that found no room at their lane, which asks again, or no lane any more.
     *
     * @return how many since this was made. Any thread.
     */
    public long droppedAnswers()
    {
        return droppedAnswers;
    }

    /**
     * Answers that made no sense.
     *
     * @return how many since this was made. Any thread.
     */
    public long malformedAnswers()
    {
        return tables.malformed();
    }

    boolean isBarred()
    {
        return barred;
    }

    void onLaneClosed(final RemoteLane lane)
    {
        lanes.onClosed(lane);
    }

    /**
     * Tell all connections that can be used. Any thread.
     */
    void tellConnections(final Lines.Listener listener)
    {
        for (final Lines.Reached reached : lines.reached())
        {
            listener.onConnection(reached.place(), reached.connection());
        }
    }

    /**
     * How long closing tries to tell the grid.
     */
    long closeNs()
    {
        return settings.closeNs();
    }

    /**
     * Take the turn if it is free, and move messages once. The lane's thread.
     */
    int takeTurn(final RemoteLane lane, final int limit)
    {
        return settings.agent() ? 0 : tryMove(lane, limit);
    }

    /**
     * Take the turn if it is free, and move messages once.
     *
     * @param lane whose inbox must not overflow; or null.
     */
    int tryMove(final RemoteLane lane, final int limit)
    {
        if (closed || !turn.tryTake())
        {
            return 0;
        }
        try
        {
            current = lane;
            return move(limit);
        }
        finally
        {
            current = null;
            turn.giveBack();
        }
    }

    int tryMove()
    {
        return tryMove(null, POLL_LIMIT);
    }

    long lastTurnNs()
    {
        return lastTurnNs;
    }

    /**
     * The port is closed: give everything back, once nobody moves messages. The port's own thread.
     */
    void finishIfFree()
    {
        if (turn.tryTake())
        {
            try
            {
                if (!down)
                {
                    down = true;
                    finish();
                }
            }
            finally
            {
                turn.giveBack();
            }
        }
    }

    boolean isDown()
    {
        return turn.isFree() && down;
    }

    private int move(final int limit)
    {
        final long nowNs = System.nanoTime();
        int work = roads.work(nowNs);
        barred = false;
        work += carry(nowNs, limit) + lanes.end(nowNs);
        lastTurnNs = nowNs;
        return work;
    }

    private int carry(final long nowNs, final int limit)
    {
        int work = lines.follow();
        for (int i = 0; i < lines.size(); i++)
        {
            final Lines.Line line = lines.get(i);
            work += line.link.work(nowNs);
            final LinkConnection connection = line.link.connection();
            if (connection != line.connection)
            {
                onConnection(line, connection);
            }
            work += poll(line, limit);
        }
        return work;
    }

    /**
     * Take as much as the inbox of the own lane has room for.
     */
    private int poll(final Lines.Line line, final int limit)
    {
        input.line = line;
        int taken = 0;
        while (taken < limit && (current == null || current.hasRoom()))
        {
            final int step = line.link.poll(input, line.longest > LONG_ANSWER ? 1 : POLL_STEP);
            if (step == 0)
            {
                break;
            }
            taken += step;
        }
        return taken;
    }

    private void onConnection(final Lines.Line line, final LinkConnection connection)
    {
        if (connection != null)
        {
            line.isFit = line.isHome ? fitness.isHomeFit(connection) : fitness.isOfGrid(connection);
            closed |= line.isHome && !line.isFit;
        }
        lines.onConnection(line, connection);
    }

    private RemoteLane newLane(final int tag)
    {
        return new RemoteLane(
            this,
            new LaneSettings(
                tag,
                SERIALS.incrementAndGet(),
                facts.partitions(),
                Math.min(settings.maxInFlight(), facts.maxInFlight()),
                settings.laneMemory(),
                Math.min(settings.sessionNs(), facts.sessionNs()),
                ASK_AGAIN_NS,
                PAUSE_NS),
            structures,
            tables,
            lanes.inbox(tag),
            facts.maxRequestLength(),
            settings.idleStrategies().get());
    }

    /**
     * The memory of the connections goes away: wait until nobody is in the middle of sending, and let nobody begin.
     */
    private void bar()
    {
        barred = true;
        VarHandle.fullFence();
        for (int tag = 1; tag <= lanes.limit(); tag++)
        {
            final RemoteLane lane = lanes.find(tag);
            while (lane != null && lane.isSending())
            {
                Thread.yield();
            }
        }
    }

    private void finish()
    {
        barred = true;
        VarHandle.fullFence();
        try
        {
            endSessions();
        }
        finally
        {
            bar();
            lines.close();
            roads.close();
        }
    }

    private void endSessions()
    {
        long nowNs = System.nanoTime();
        final long endNs = nowNs + settings.closeNs();
        while (!lanes.endAll(nowNs) && nowNs - endNs < 0)
        {
            nowNs = System.nanoTime();
            roads.work(nowNs);
            carry(nowNs, POLL_LIMIT);
            Thread.yield();
        }
    }

    /**
     * Sorts what comes from a data agent. Whoever has the turn.
     */
    private final class Input implements LinkHandler
    {
        private Lines.Line line;

        @Override
        public void onMessage(final int tag, final DirectBuffer buffer, final int offset, final int length)
        {
            line.longest = Math.max(line.longest, length);
            final RemoteLane lane = lanes.find(tag);
            if (lane == null || !lane.deliver(line.place, buffer, offset, length))
            {
                droppedAnswers++;
            }
        }
    }
}
