package io.peregrine.client.remote;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.MapReadReplyDecoder;
import io.peregrine.client.codec.MapReplyDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.client.codec.StructureReplyDecoder;
import io.peregrine.client.port.RequestLane;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One lane against a node, a network and a clock that are all at the mercy of a seed; checks what a caller relies on.
 * With every third seed the node forgets nothing, refuses nothing for good and does not restart: then no outcome may
 * be unknown.
 */
final class LaneModel
{
    private static final int PARTITIONS = 3;
    private static final String[] MAPS = {"a", "b"};
    private static final Reason[] EARLY = {Reason.TOO_MANY_IN_FLIGHT, Reason.NOT_SERVING, Reason.CLOSED};

    /**
     * What the caller asked for and what became of it.
     */
    private static final class Asked
    {
        String key;
        boolean read;
        boolean abandoned;
        boolean answered;
        boolean mustBeDone;
        boolean mustNotBeDone;
        long found;
        FakeNode foundAt;
    }

    private final Random random;
    private final boolean remembering;
    private final List<FakeNode> nodes = new ArrayList<>();
    private final List<FakeConnection> lost = new ArrayList<>();
    private final Map<FakeConnection, FakeNode> nodeOf = new HashMap<>();
    private final Map<Long, Asked> asked = new HashMap<>();
    private final List<Long> open = new ArrayList<>();
    private final Requests requests = new Requests();
    private final LaneCore lane;
    private final int[] structureIds = new int[MAPS.length];
    private FakeConnection connection;
    private FakeNode node;
    private long now = 1;
    private boolean healed;

    LaneModel(final long seed)
    {
        random = new Random(seed);
        remembering = seed % 3 == 0;
        lane = new LaneCore(
            new LaneSettings(7, 3, 1, PARTITIONS, 16, 8192, 1_000, 500, 5), new RemoteStructures());
        restart();
        connect();
        openMaps();
    }

    void run(final int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            step();
        }
        heal();
        check();
    }

    private void openMaps()
    {
        for (int i = 0; i < MAPS.length; i++)
        {
            final long id = commit(0, requests.open(MAPS[i]));
            asked.put(id, new Asked());
            while (!asked.get(id).answered)
            {
                turn();
            }
            structureIds[i] = (int) asked.get(id).found;
        }
    }

    private void step()
    {
        final int dice = random.nextInt(1000);
        if (dice < 300)
        {
            ask();
        }
        else if (dice < 900)
        {
            turn();
        }
        else if (dice < 920)
        {
            abandon();
        }
        else if (dice < 935)
        {
            lose();
        }
        else if (dice < 940 && !remembering)
        {
            restart();
        }
        else
        {
            trouble(dice);
        }
    }

    private void trouble(final int dice)
    {
        if (dice < 950 && !remembering)
        {
            node.expireSessions();
        }
        else if (dice < 960 && !remembering)
        {
            node.forgetResults();
        }
        else if (dice < 970)
        {
            node.refuseEarly = EARLY[random.nextInt(EARLY.length)];
        }
        else if (dice < 980 && !remembering)
        {
            node.refuseLate = Reason.STORE_FULL;
        }
        else if (dice < 985 && connection != null)
        {
            connection.toClient.clear();
            if (random.nextBoolean())
            {
                lane.onAnswersLost();
            }
        }
        else
        {
            now += random.nextInt(1_000);
        }
    }

    private void ask()
    {
        final int map = random.nextInt(MAPS.length);
        final int partition = random.nextInt(PARTITIONS);
        final boolean read = random.nextInt(3) == 0;
        final String key = MAPS[map] + "-" + partition + "-" + random.nextInt(2);
        final byte[] message = read ?
            requests.read(structureIds[map], partition, key) :
            requests.write(structureIds[map], partition, key, random.nextInt(8) == 0 ? 5000 : random.nextInt(700));
        if (lane.requests().nextId() - lane.requests().oldestId() < lane.requests().capacity())
        {
            final long id = commit(partition, message);
            if (id != 0)
            {
                final Asked ask = new Asked();
                ask.key = key;
                ask.read = read;
                asked.put(id, ask);
                open.add(id);
            }
        }
    }

    private long commit(final int partition, final byte[] message)
    {
        final int at = lane.tryClaim(message.length);
        if (at == RequestLane.BACK_PRESSURED)
        {
            return 0;
        }
        final long id = lane.requests().nextId();
        final UnsafeBuffer source = new UnsafeBuffer(message);
        source.putLong(8, id, ByteOrder.LITTLE_ENDIAN);
        requests.operand(source, id);
        lane.buffer().putBytes(at, message);
        lane.commit(partition, random.nextInt(8) != 0);
        return id;
    }

    private void turn()
    {
        if (connection == null && random.nextInt(4) == 0)
        {
            connect();
        }
        if (connection != null)
        {
            for (int i = random.nextInt(4); i > 0 && !connection.toNode.isEmpty(); i--)
            {
                node.onMessage(connection, connection.takeRequest());
            }
            receive(connection, random.nextInt(4));
        }
        if (!lost.isEmpty() && random.nextInt(3) == 0)
        {
            late(lost.get(random.nextInt(lost.size())));
        }
        lane.onConnection(0, connection);
        lane.work(now);
        lane.handOwn(this::onAnswer);
        now += random.nextInt(4);
    }

    /**
     * A connection that the client has given up still reaches the node, and what it had brought is taken yet.
     */
    private void late(final FakeConnection old)
    {
        final FakeNode its = nodeOf.get(old);
        if (!old.toNode.isEmpty() && its == node)
        {
            its.onMessage(old, old.takeRequest());
        }
        else
        {
            lost.remove(old);
        }
    }

    private void receive(final FakeConnection from, final int limit)
    {
        for (int i = 0; i < limit && !from.toClient.isEmpty(); i++)
        {
            final UnsafeBuffer message = new UnsafeBuffer(from.takeAnswer().bytes());
            lane.receiving().onMessage(0, message, 0, message.capacity(), this::onAnswer);
        }
    }

    private void lose()
    {
        if (connection != null)
        {
            receive(connection, random.nextInt(3));
            connection.lose();
            for (int i = random.nextInt(4); i > 0; i--)
            {
                connection.toNode.pollLast();
            }
            lost.add(connection);
            connection = null;
        }
    }

    private void restart()
    {
        lose();
        node = new FakeNode(1 + nodes.size(), 1 + random.nextInt(3));
        nodes.add(node);
    }

    private void connect()
    {
        connection = new FakeConnection(
            node.gridId, new UnsafeBuffer(new byte[8]), 1024, () -> !healed && random.nextInt(5) == 0);
        nodeOf.put(connection, node);
    }

    private void abandon()
    {
        if (!open.isEmpty())
        {
            final long id = open.remove(random.nextInt(open.size()));
            final Asked ask = asked.get(id);
            ask.abandoned = true;
            ask.mustNotBeDone = lane.abandon(id) == RequestLane.NOT_DONE;
        }
    }

    private void onAnswer(final DirectBuffer buffer, final int offset, final int length)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        final long id = buffer.getLong(offset + 8, ByteOrder.LITTLE_ENDIAN);
        final Asked ask = asked.get(id);
        require(ask != null && !ask.answered && !ask.abandoned, "an answer that nobody waits for", id);
        ask.answered = true;
        open.remove(id);
        switch (header.templateId())
        {
            case MapReplyDecoder.TEMPLATE_ID:
                final long put = new MapReplyDecoder().wrapAndApplyHeader(buffer, offset, header).version();
                require(put == id, "the answer of another request", id);
                ask.mustBeDone = true;
                break;

            case MapReadReplyDecoder.TEMPLATE_ID:
                ask.found = new MapReadReplyDecoder().wrapAndApplyHeader(buffer, offset, header).version();
                ask.foundAt = nodes.stream().filter((each) -> holds(each, ask)).findFirst().orElse(node);
                break;

            case StructureReplyDecoder.TEMPLATE_ID:
                ask.found = OwnAnswers.openedId(buffer, offset);
                break;

            default:
                final RefusalDecoder refusal = new RefusalDecoder().wrapAndApplyHeader(buffer, offset, header);
                ask.mustNotBeDone = refusal.kind() != AnswerKind.UNKNOWN;
                require(!remembering || ask.mustNotBeDone, "unknown although the node forgets nothing", id);
                require(!ask.read || refusal.kind() != AnswerKind.UNKNOWN, "a read cannot be unknown", id);
                break;
        }
    }

    private static boolean holds(final FakeNode each, final Asked ask)
    {
        return each.applied.getOrDefault(ask.key, List.of()).contains(ask.found);
    }

    private void heal()
    {
        healed = true;
        node.refuseEarly = null;
        node.refuseLate = null;
        for (int i = 0; i < 5_000 && !(lane.isEmpty() && connection != null && lost.isEmpty()); i++)
        {
            turn();
            now += 10;
        }
        require(lane.isEmpty(), "requests are held for ever", lane.requests().oldestId());
        require(lane.unsent() == 0, "counted as to be sent although there is nothing", 0);
        for (int i = 0; i < 50; i++)
        {
            turn();
        }
    }

    private void check()
    {
        final Map<Long, Integer> times = new HashMap<>();
        for (final FakeNode each : nodes)
        {
            for (final List<Long> values : each.applied.values())
            {
                long last = 0;
                for (final long value : values)
                {
                    times.merge(value, 1, Integer::sum);
                    require(value > last, "carried out after a later one of its key", value);
                    last = value;
                }
            }
        }
        asked.forEach((id, ask) ->
        {
            if (ask.key != null && !ask.read)
            {
                final int done = times.getOrDefault(id, 0);
                require(done <= 1, "carried out " + done + " times", id);
                require(done == 1 || !ask.mustBeDone, "answered as done, and was not", id);
                require(done == 0 || !ask.mustNotBeDone, "answered as not done, and was", id);
            }
            else if (ask.read && ask.answered && ask.foundAt != null)
            {
                checkRead(id, ask);
            }
        });
    }

    /**
     * A read has to see what the lane put before it under the key, unless the caller had given that up.
     */
    private void checkRead(final long id, final Asked ask)
    {
        for (final long value : ask.foundAt.applied.getOrDefault(ask.key, List.of()))
        {
            require(value > id || value <= ask.found || asked.get(value).abandoned,
                "read " + ask.found + " without " + value + ", which was put before", id);
        }
    }

    private void require(final boolean condition, final String what, final long id)
    {
        if (!condition)
        {
            throw new AssertionError("request " + id + ": " + what);
        }
    }
}
