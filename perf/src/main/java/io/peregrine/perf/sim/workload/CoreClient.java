package io.peregrine.perf.sim.workload;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.port.RequestLane;
import io.peregrine.client.remote.ClientRules;
import io.peregrine.perf.sim.grid.SimGrid;
import io.peregrine.perf.sim.world.Timeline;
import io.peregrine.perf.sim.world.Violation;
import io.peregrine.storage.map.MapStore;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.SplittableRandom;

/**
 * A client that goes by the rules of the real one, see {@link CoreRoad}. What it asks and hears is as with the others.
 */
public final class CoreClient implements CoreRoad.Taker, Client
{
    private static final int WIDTH = 3;
    private static final int IN_FLIGHT = 16;
    private static final int SCAN_ONE_IN = 40;
    private static final int SHORT_SESSIONS_ONE_IN = 4;

    private final Letters letters = new Letters();
    private final Answers answers = new Answers();
    private final Long2ObjectHashMap<Asking> underWay = new Long2ObjectHashMap<>();
    private final SimGrid grid;
    private final Timeline timeline;
    private final SplittableRandom random;
    private final History history;
    private final Chooser chooser;
    private final int number;
    private final long thinkNs;
    private final CoreRoad road;
    private boolean isIdle;

    /**
     * @param grid    to ask.
     * @param history of what it is told.
     * @param keys    to ask about.
     * @param rules   that it goes by.
     * @param number  of the client, from 0.
     * @param thinkNs between two requests.
     */
    public CoreClient(
        final SimGrid grid,
        final History history,
        final Keys keys,
        final ClientRules rules,
        final int number,
        final long thinkNs)
    {
        this.grid = grid;
        this.timeline = grid.timeline();
        this.random = timeline.newRandom();
        this.history = history;
        this.number = number;
        this.thinkNs = thinkNs;
        this.chooser = new Chooser(timeline, random, keys, "c" + number);
        this.road = new CoreRoad(grid, rules, number, random, IN_FLIGHT, SHORT_SESSIONS_ONE_IN, this);
        timeline.after(random.nextLong(thinkNs), this::think);
        road.open();
    }

    @Override
    public void rest()
    {
        isIdle = true;
    }

    @Override
    public void close()
    {
        rest();
        for (final Asking asking : new ArrayList<>(underWay.values()))
        {
            giveUp(asking);
        }
    }

    @Override
    public int underWay()
    {
        return underWay.size();
    }

    private void think()
    {
        if (!isIdle)
        {
            final Asking asking = random.nextInt(SCAN_ONE_IN) == 0 ?
                chooser.scan(random.nextInt(grid.plan().settings().partitions())) : chooser.next();
            final long others =
                underWay.values().stream().filter((other) -> other.isWrite() == asking.isWrite()).count();
            if (road.isOpen() && others < WIDTH)
            {
                begin(asking);
            }
            timeline.after(1 + random.nextLong(2 * thinkNs), this::think);
        }
    }

    @Override
    public void work()
    {
        for (final Asking asking : new ArrayList<>(underWay.values()))
        {
            if (timeline.nowNs() > asking.deadlineNs)
            {
                giveUp(asking);
            }
        }
    }

    private void begin(final Asking asking)
    {
        asking.correlationId = road.nextId();
        asking.copies = 1;
        if (road.commit(asking.partition, letters.write(asking, 0, 0)))
        {
            underWay.put(asking.correlationId, asking);
            if (grid.trace().isRead())
            {
                grid.trace().line("c" + number, "asks %s", asking);
            }
        }
    }

    @Override
    public void onAnswer(final long id, final UnsafeBuffer answered)
    {
        final Asking asking = underWay.remove(id);
        if (asking == null)
        {
            throw new Violation("c" + number + " was given an answer to nothing that it asks: " + id);
        }
        grid.trace().mark(id);
        final Answer answer = answers.read(asking, answered.byteArray());
        if (grid.trace().isRead())
        {
            grid.trace().line("c" + number, "told of %s: %s", asking, answer);
        }
        take(asking, answer);
    }

    private void take(final Asking asking, final Answer answer)
    {
        if (answer.refusal() == null)
        {
            answer.seen().forEach(chooser::saw);
            history.answered(number, asking, answer);
            if (asking.kind == Asking.Kind.SCAN && answer.next() != MapStore.SCAN_END && !isIdle)
            {
                begin(chooser.page(asking.partition, answer.next(), asking.scan));
            }
        }
        else if (answer.refusal() == AnswerKind.FAILED)
        {
            throw new Violation("c" + number + " was answered FAILED " + answer.reason() + ": " + asking);
        }
        else if (answer.refusal() == AnswerKind.UNKNOWN && asking.isWrite())
        {
            history.unknown(number, asking);
        }
    }

    private void giveUp(final Asking asking)
    {
        underWay.remove(asking.correlationId);
        if (road.abandon(asking.correlationId) != RequestLane.NOT_DONE && asking.isWrite())
        {
            history.unknown(number, asking);
        }
    }
}
