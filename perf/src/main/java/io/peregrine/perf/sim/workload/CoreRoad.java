package io.peregrine.perf.sim.workload;

import io.peregrine.client.codec.Kind;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.StructureAction;
import io.peregrine.client.codec.StructureRequestEncoder;
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
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The way of one client's requests to the grid, by the rules of the real one: its table, its sessions, its numbers, its
 * redirects and its reads at copies, over links that are lost.
 */
public final class CoreRoad implements Receiver
{
    private static final int FEW = 4;
    private static final int LANE_MEMORY = 1 << 17;
    private static final int AT_ONCE = 64;
    private static final int MAX_KEY = 64;
    private static final int MAX_VALUE = 4096;
    private static final long MILLI = 1_000_000;
    private static final long TURN_NS = 4 * MILLI;
    private static final long SHORT_SESSION_NS = 400 * MILLI;
    private static final long LONG_SESSION_NS = 20_000 * MILLI;
    private static final byte[] MAP = Keys.bytes("map");

    private final ArrayDeque<UnsafeBuffer> answers = new ArrayDeque<>();
    private final Timeline timeline;
    private final SplittableRandom random;
    private final Taker taker;
    private final SimLinks links;
    private final ClientCore core;
    private final CoreLane lane;
    private long nextId;
    private long mapId;
    private boolean isOpen;

    /**
     * Is given the answers, one after the other, and may ask meanwhile.
     */
    public interface Taker
    {
        /**
         * @param id     of the request.
         * @param answer all of an array.
         */
        void onAnswer(long id, UnsafeBuffer answer);

        /**
         * From time to time.
         */
        default void work()
        {
        }
    }

    /**
     * @param grid     to ask.
     * @param rules    that it goes by.
     * @param number   of the client, from 0.
     * @param random   to draw from, together with who owns it.
     * @param inFlight requests at the most.
     * @param shortIn  one road in so many has short sessions; 0 for none.
     * @param taker    of the answers.
     */
    public CoreRoad(
        final SimGrid grid,
        final ClientRules rules,
        final int number,
        final SplittableRandom random,
        final int inFlight,
        final int shortIn,
        final Taker taker)
    {
        this.timeline = grid.timeline();
        this.random = random;
        this.taker = taker;
        final List<Member> members = grid.host().view().members();
        final Member home = members.get(random.nextInt(members.size()));
        this.core = new ClientCore(
            new ClientCore.Settings(
                grid.plan().settings().partitions(),
                MAX_KEY,
                MAX_VALUE,
                home.id(),
                home.agents(),
                inFlight,
                LANE_MEMORY,
                shortIn != 0 && random.nextInt(shortIn) == 0 ? SHORT_SESSION_NS : LONG_SESSION_NS,
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
    }

    /**
     * @param grid   to ask.
     * @param rules  that it goes by.
     * @param number of the client, from 0.
     * @param taker  of the answers.
     * @return a way for one who waits for most answers before it asks again, with long sessions.
     */
    public static CoreRoad narrow(
        final SimGrid grid, final ClientRules rules, final int number, final Taker taker)
    {
        return new CoreRoad(grid, rules, number, grid.timeline().newRandom(), FEW, 0, taker);
    }

    /**
     * Begin to move messages, and have the map opened.
     */
    public void open()
    {
        timeline.after(random.nextLong(TURN_NS), this::work);
    }

    /**
     * @return whether the map is known to be there, so that it can be asked.
     */
    public boolean isOpen()
    {
        return isOpen;
    }

    /**
     * @return id of the next request.
     */
    public long nextId()
    {
        return nextId;
    }

    /**
     * @param partition that it is about.
     * @param bytes     of the request, with {@link #nextId()} in them.
     * @return whether there was room for it.
     */
    public boolean commit(final int partition, final byte[] bytes)
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

    /**
     * Wait for an answer no longer.
     *
     * @return what {@link CoreLane#abandon} does.
     */
    public int abandon(final long id)
    {
        return lane.abandon(id);
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

    private void work()
    {
        links.work(timeline.nowNs());
        if (!isOpen && mapId == 0)
        {
            openMap();
        }
        taker.work();
        turn();
        timeline.after(TURN_NS / 2 + random.nextLong(TURN_NS), this::work);
    }

    private void turn()
    {
        core.work(timeline.nowNs());
        lane.poll(this::onAnswer, AT_ONCE);
        while (!answers.isEmpty())
        {
            final UnsafeBuffer answer = answers.poll();
            taker.onAnswer(id(answer, 0), answer);
        }
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

    private void onAnswer(final DirectBuffer buffer, final int offset, final int length)
    {
        if (id(buffer, offset) == mapId)
        {
            isOpen = true;
        }
        else
        {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            answers.add(new UnsafeBuffer(bytes));
        }
    }

    private static long id(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + MessageHeaderDecoder.ENCODED_LENGTH, ByteOrder.LITTLE_ENDIAN);
    }
}
