package io.peregrine.perf.sim.workload;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.Kind;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.StructureAction;
import io.peregrine.client.codec.StructureRequestEncoder;
import io.peregrine.client.port.RequestLane;
import io.peregrine.client.remote.ClientCore;
import io.peregrine.client.remote.ClientRules;
import io.peregrine.client.remote.CoreLane;
import io.peregrine.node.control.Member;
import io.peregrine.perf.sim.grid.Parcel;
import io.peregrine.perf.sim.grid.Places;
import io.peregrine.perf.sim.grid.SimGrid;
import io.peregrine.perf.sim.world.Message;
import io.peregrine.perf.sim.world.Receiver;
import io.peregrine.perf.sim.world.Timeline;
import io.peregrine.perf.sim.world.Violation;
import io.peregrine.storage.map.MapStore;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.Long2ObjectHashMap;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A client that goes by the rules of the real one: its table, its sessions, its numbers, its redirects and its reads at
 * copies, over links that are lost. What it asks and hears is as with the others.
 */
public final class CoreClient implements Receiver, Client
{
    private static final int WIDTH = 3;
    private static final int IN_FLIGHT = 16;
    private static final int LANE_MEMORY = 1 << 17;
    private static final int AT_ONCE = 64;
    private static final int MAX_KEY = 64;
    private static final int MAX_VALUE = 4096;
    private static final int SCAN_ONE_IN = 40;
    private static final long MILLI = 1_000_000;
    private static final long TURN_NS = 4 * MILLI;
    private static final long SHORT_SESSION_NS = 400 * MILLI;
    private static final long LONG_SESSION_NS = 20_000 * MILLI;
    private static final byte[] MAP = Keys.bytes("map");

    private final Letters letters = new Letters();
    private final Answers answers = new Answers();
    private final Long2ObjectHashMap<Asking> underWay = new Long2ObjectHashMap<>();
    private final List<Asking> next = new ArrayList<>();
    private final SimGrid grid;
    private final Timeline timeline;
    private final SplittableRandom random;
    private final History history;
    private final Chooser chooser;
    private final int number;
    private final long thinkNs;
    private final SimLinks links;
    private final ClientCore core;
    private final CoreLane lane;
    private long nextId;
    private long mapId;
    private boolean isOpen;
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
        final List<Member> members = grid.host().view().members();
        final Member home = members.get(random.nextInt(members.size()));
        this.core = new ClientCore(
            new ClientCore.Settings(
                grid.plan().settings().partitions(),
                MAX_KEY,
                MAX_VALUE,
                home.id(),
                home.agents(),
                IN_FLIGHT,
                LANE_MEMORY,
                random.nextInt(4) == 0 ? SHORT_SESSION_NS : LONG_SESSION_NS,
                300 * MILLI,
                10 * MILLI,
                20 * MILLI,
                random.nextLong()),
            rules,
            () ->
            {
            });
        this.lane = core.openLane();
        this.nextId = lane.firstCorrelationId();
        this.links = new SimLinks(core, grid, Places.FIRST_CLIENT + number, ClientCore.place(home.id(), 0));
        grid.network().put(Places.FIRST_CLIENT + number, this);
        timeline.after(random.nextLong(thinkNs), this::think);
        timeline.after(random.nextLong(TURN_NS), this::work);
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

    @Override
    public void onMessage(final Message message)
    {
        message.take();
        if (message.payload() instanceof Parcel parcel)
        {
            links.onParcel(parcel, timeline.nowNs());
            turn();
        }
    }

    private void think()
    {
        if (!isIdle)
        {
            final Asking asking = random.nextInt(SCAN_ONE_IN) == 0 ?
                chooser.scan(random.nextInt(grid.plan().settings().partitions())) : chooser.next();
            final long others =
                underWay.values().stream().filter((other) -> other.isWrite() == asking.isWrite()).count();
            if (isOpen && others < WIDTH)
            {
                begin(asking);
            }
            timeline.after(1 + random.nextLong(2 * thinkNs), this::think);
        }
    }

    private void work()
    {
        links.work(timeline.nowNs());
        if (!isOpen && mapId == 0)
        {
            openMap();
        }
        for (final Asking asking : new ArrayList<>(underWay.values()))
        {
            if (timeline.nowNs() > asking.deadlineNs)
            {
                giveUp(asking);
            }
        }
        turn();
        timeline.after(TURN_NS / 2 + random.nextLong(TURN_NS), this::work);
    }

    private void turn()
    {
        core.work(timeline.nowNs());
        lane.poll(this::onAnswer, AT_ONCE);
        next.forEach(this::begin);
        next.clear();
    }

    private void openMap()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final StructureRequestEncoder open = new StructureRequestEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .correlationId(nextId)
            .ttl(0)
            .maxIdle(0)
            .structureId(0)
            .action(StructureAction.OPEN)
            .kind(Kind.MAP)
            .reserved1(0)
            .putName(MAP, 0, MAP.length);
        final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + open.encodedLength()];
        buffer.getBytes(0, bytes);
        if (commit(0, bytes))
        {
            mapId = nextId - 1;
        }
    }

    private boolean commit(final int partition, final byte[] bytes)
    {
        final int at = lane.tryClaim(partition, bytes.length);
        if (at < 0)
        {
            return false;
        }

        lane.buffer().putBytes(at, bytes);
        lane.commit();
        nextId++;
        return true;
    }

    private void begin(final Asking asking)
    {
        asking.correlationId = nextId;
        asking.copies = 1;
        if (commit(asking.partition, letters.write(asking, 0, 0)))
        {
            underWay.put(asking.correlationId, asking);
            if (grid.trace().isRead())
            {
                grid.trace().line("c" + number, "asks %s", asking);
            }
        }
    }

    private void onAnswer(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        final long id = Answers.correlationId(bytes);
        if (id == mapId)
        {
            isOpen = true;
            return;
        }

        final Asking asking = underWay.remove(id);
        if (asking == null)
        {
            throw new Violation("c" + number + " was given an answer to nothing that it asks: " + id);
        }
        grid.trace().mark(id);
        final Answer answer = answers.read(asking, bytes);
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
                next.add(chooser.page(asking.partition, answer.next(), asking.scan));
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
        if (lane.abandon(asking.correlationId) != RequestLane.NOT_DONE && asking.isWrite())
        {
            history.unknown(number, asking);
        }
    }
}
