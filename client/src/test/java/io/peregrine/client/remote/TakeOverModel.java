package io.peregrine.client.remote;

import io.peregrine.client.codec.LockLookDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.StructureReplyDecoder;
import io.peregrine.client.codec.TableRequestDecoder;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One lane of a client whose partition loses its primary: nobody leads it for a while, then another is decided, which
 * serves a little later. Virtual time in steps of a millisecond, and the pauses of a real client.
 */
final class TakeOverModel
{
    static final long MILLI = 1_000_000;

    private static final int MEMBERS = 3;
    private static final int LOST = 0;
    private static final int NEXT = 1;
    private static final int PARTITION = 0;
    private static final long BEAT_NS = 250 * MILLI;
    private static final long SILENCE_NS = 2_000 * MILLI;
    private static final long CONNECT_NS = 150 * MILLI;

    /**
     * What the caller waits for when the primary is lost.
     */
    enum Asked
    {
        WRITE_BEFORE, WRITE_MEANWHILE, TURN_IN_LINE
    }

    private final FakeConnection[] connections = new FakeConnection[MEMBERS];
    private final long[] connectsNs = new long[MEMBERS];
    private final FakeNode node = new FakeNode(1, 1);
    private final Requests requests = new Requests();
    private final Random random;
    private final Tables tables;
    private final LaneCore lane;
    private final List<Table.Member> members =
        IntStream.range(0, MEMBERS).mapToObj((id) -> new Table.Member(id, 1, 1, "")).toList();
    private long now = MILLI;
    private long lostNs = Long.MAX_VALUE;
    private long decidedNs = Long.MAX_VALUE;
    private long servesNs = Long.MAX_VALUE;
    private long cameNs = -1;
    private boolean isStalled;
    private int map;
    private int questions;
    private int tries;

    /**
     * @param connected members to which there are connections, from the first on; others take a while once they are
     *                  needed.
     */
    TakeOverModel(final long seed, final int connected)
    {
        random = new Random(seed);
        tables = new Tables(1, LOST, 1, RemotePort.TABLE_NS, seed);
        lane = new LaneCore(
            new LaneSettings(7, 3, 1, 16, 8192, 60_000 * MILLI, RemotePort.ASK_AGAIN_NS, RemotePort.PAUSE_NS),
            new RemoteStructures(),
            tables);
        for (int member = 0; member < connected; member++)
        {
            connect(member);
        }
        commit(requests.open("a"));
        runFor(100);
    }

    /**
     * A life with some stalls, none of which is the loss of anybody, and then the loss.
     *
     * @param asked    by the caller.
     * @param outageMs from the loss until the next one serves.
     * @param gapMs    of which from the decision.
     */
    void run(final Asked asked, final long outageMs, final long gapMs)
    {
        for (int stalls = random.nextInt(8); stalls > 0; stalls--)
        {
            isStalled = true;
            commit(write());
            runFor(250 + random.nextInt(300));
            isStalled = false;
            runFor(random.nextInt(2_000));
        }
        for (int i = 0; i < 20; i++)
        {
            commit(write());
            runFor(100);
        }
        if (asked == Asked.TURN_IN_LINE)
        {
            commit(requests.await(PARTITION, "lock"));
            runFor(random.nextInt(5_000));
        }

        lostNs = now;
        servesNs = now + outageMs * MILLI;
        decidedNs = servesNs - gapMs * MILLI;
        questions = 0;
        tries = 0;
        if (asked != Asked.TURN_IN_LINE)
        {
            runFor(asked == Asked.WRITE_BEFORE ? 0 : random.nextInt((int) outageMs));
            commit(write());
        }
        final long heardNs = lostNs - random.nextInt((int) (BEAT_NS / MILLI)) * MILLI;
        while (cameNs < 0 && now - servesNs < 60_000 * MILLI)
        {
            if (now - heardNs >= SILENCE_NS)
            {
                connections[LOST].lose();
            }
            connections[LOST].quiet(now - heardNs >= 2 * BEAT_NS);
            step();
        }
    }

    /**
     * How long after the next one served the request came there.
     */
    long lateNs()
    {
        return cameNs < 0 ? Long.MAX_VALUE : cameNs - servesNs;
    }

    /**
     * Questions for the table since the loss.
     */
    int questions()
    {
        return questions;
    }

    /**
     * Requests that came to those who did not serve, since the loss.
     */
    int tries()
    {
        return tries;
    }

    private byte[] write()
    {
        return requests.write(map, PARTITION, "a-key", 10);
    }

    private void commit(final byte[] message)
    {
        final int at = lane.tryClaim(message.length);
        final UnsafeBuffer source = new UnsafeBuffer(message);
        source.putLong(MessageHeaderDecoder.ENCODED_LENGTH, lane.requests().nextId(), ByteOrder.LITTLE_ENDIAN);
        lane.buffer().putBytes(at, message);
        lane.commit(PARTITION, true);
    }

    private void runFor(final long millis)
    {
        for (long i = 0; i < millis; i++)
        {
            step();
        }
    }

    private void step()
    {
        for (int member = 0; member < MEMBERS; member++)
        {
            if (connections[member] != null && (member != LOST || !isStalled))
            {
                exchange(member);
            }
        }
        for (final int place : tables.wanted())
        {
            want(Table.memberOf(place));
        }
        if (!lane.isEmpty())
        {
            lane.work(now);
            lane.handOwn(this::onAnswer);
        }
        now += MILLI;
    }

    private void want(final int member)
    {
        if (connections[member] == null && connectsNs[member] == 0)
        {
            connectsNs[member] = now + CONNECT_NS;
        }
        else if (connections[member] == null && now >= connectsNs[member])
        {
            connect(member);
        }
    }

    private void connect(final int member)
    {
        connections[member] = new FakeConnection(1, new UnsafeBuffer(new byte[8]), 1024, () -> false);
        lane.onConnection(Table.place(member, 0), connections[member]);
    }

    private void exchange(final int member)
    {
        final FakeConnection connection = connections[member];
        if (member == LOST && now >= lostNs)
        {
            connection.toNode.clear();
            connection.toClient.clear();
        }
        while (!connection.toNode.isEmpty())
        {
            node.onMessage(
                connection,
                connection.takeRequest(),
                (of, template, id, partition) -> admits(member, template, id));
        }
        while (!connection.toClient.isEmpty())
        {
            final UnsafeBuffer message = new UnsafeBuffer(connection.takeAnswer().bytes());
            lane.receiving().onMessage(
                Table.place(member, 0), message, 0, message.capacity(), this::onAnswer);
        }
    }

    private boolean admits(final int member, final int template, final long id)
    {
        final boolean isDecided = now >= decidedNs;
        final int primary = isDecided ? NEXT : LOST;
        if (template == TableRequestDecoder.TEMPLATE_ID)
        {
            questions++;
            node.table(id, isDecided ? 2 : 1, members, new int[][]{{isDecided ? 2 : 1, primary, isDecided ? 2 : NEXT}});
            return false;
        }
        if (member != primary || isDecided && now < servesNs)
        {
            tries++;
            node.redirect(id, PARTITION, isDecided ? 2 : 1, primary, isDecided ? 2 : 1, false);
            return false;
        }
        if (isDecided && cameNs < 0)
        {
            cameNs = now;
        }
        return template != LockLookDecoder.TEMPLATE_ID;
    }

    private void onAnswer(final DirectBuffer buffer, final int offset, final int length)
    {
        if (new MessageHeaderDecoder().wrap(buffer, offset).templateId() == StructureReplyDecoder.TEMPLATE_ID)
        {
            map = OwnAnswers.openedId(buffer, offset);
        }
    }
}
