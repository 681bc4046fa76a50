package io.peregrine.client.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.codec.CloseSessionRequestEncoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.TableReplyDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How the sessions of a lane are ended, in hand-driven time, with two members of which the first leads everything.
 */
class FarewellTest
{
    private static final int PARTITIONS = 4;
    private static final long END_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long GRID = 7;
    private static final FakeNode.Door ADMITS = (node, template, id, partition) -> true;

    private final Tables tables = new Tables(PARTITIONS, 0, 1, 10, 1);
    private final LaneIds ids = new LaneIds(3);
    private final Farewell farewell = new Farewell(1, ids, tables, END_NS);
    private final FakeNode[] nodes = {new FakeNode(GRID, 1), new FakeNode(GRID, 1)};
    private final FakeConnection[] connections = new FakeConnection[2];
    private FakeNode.Door door = ADMITS;
    private boolean full;
    private long nowNs;

    @BeforeEach
    void connect()
    {
        connections[0] = connect(nodes[0]);
        connections[1] = connect(nodes[1]);
        tables.onConnection(0, connections[0]);
        introduce();
        for (int member = 0; member < 2; member++)
        {
            farewell.onConnection(member, connections[member]);
        }
        for (int partition = 0; partition < PARTITIONS; partition++)
        {
            open(0, partition);
        }
    }

    @Test
    void shouldEndAllSessions()
    {
        assertFalse(farewell.work(nowNs));
        exchange(0);
        assertEquals(0, nodes[0].sessionsOpen());
        assertTrue(farewell.work(nowNs));
    }

    @Test
    void shouldAskAgainWhereWhatWasSaidWasLost()
    {
        farewell.work(nowNs);
        connections[0].toNode.clear();
        awaitDone(false);
        assertEquals(0, nodes[0].sessionsOpen());
    }

    @Test
    void shouldAskAgainWhereAnAnswerWasLost()
    {
        nodes[0].mute(true);
        farewell.work(nowNs);
        exchange(0);
        assertEquals(0, nodes[0].sessionsOpen());
        assertFalse(farewell.work(nowNs));
        nodes[0].mute(false);
        awaitDone(false);
    }

    @Test
    void shouldAskAgainWhereItWasRefused()
    {
        nodes[0].refuseEarly = Reason.BACK_PRESSURE;
        farewell.work(nowNs);
        exchange(0);
        assertEquals(1, nodes[0].sessionsOpen());
        awaitDone(false);
        assertEquals(0, nodes[0].sessionsOpen());
    }

    @Test
    void shouldTellTheRestOnceThereIsRoom()
    {
        full = true;
        assertFalse(farewell.work(nowNs));
        assertEquals(0, connections[0].toNode.size());
        full = false;
        awaitDone(false);
        assertEquals(0, nodes[0].sessionsOpen());
    }

    @Test
    void shouldGoWhereItIsSent()
    {
        for (int partition = 0; partition < PARTITIONS; partition++)
        {
            open(1, partition);
        }
        farewell.work(nowNs);
        door = (node, template, id, partition) ->
        {
            node.redirect(id, partition, 2, 1, 2, false);
            return false;
        };
        exchange(0);
        door = ADMITS;
        assertFalse(farewell.work(nowNs));
        exchange(1);
        assertEquals(0, nodes[1].sessionsOpen());
        assertTrue(farewell.work(nowNs));
    }

    @Test
    void shouldAskAnotherWhoLeadsWhereTheLeaderIsLost()
    {
        connections[0].lose();
        farewell.work(nowNs);
        assertEquals(PARTITIONS, connections[1].toNode.size());
    }

    @Test
    void shouldNotTakeAnotherAnswerForItsOwn()
    {
        farewell.work(nowNs);
        connections[0].toNode.clear();
        final FakeNode other = new FakeNode(GRID, 1);
        other.onMessage(connections[0], closing(1), door);
        take(0);
        nowNs += END_NS / 2;
        farewell.work(nowNs);
        assertEquals(PARTITIONS, connections[0].toNode.size());
    }

    @Test
    void shouldBeDoneWhenNobodyIsReached()
    {
        connections[0].lose();
        connections[1].lose();
        assertTrue(farewell.work(nowNs));
    }

    @Test
    void shouldNotTryForEver()
    {
        nodes[0].mute(true);
        awaitDone(true);
    }

    private FakeConnection connect(final FakeNode node)
    {
        return new FakeConnection(node.gridId, new UnsafeBuffer(new byte[8]), 1024, () -> full);
    }

    private void open(final int member, final int partition)
    {
        final long id = nodes[member].sessions.computeIfAbsent(partition, (absent) -> new FakeSessions()).open(10);
        if (member == 0)
        {
            farewell.add(partition, id);
        }
    }

    /**
     * Both members are known.
     */
    private void introduce()
    {
        final int[][] partitions = new int[PARTITIONS][];
        Arrays.setAll(partitions, (partition) -> new int[]{1, 0});
        nodes[0].onMessage(connections[0], closing(1), (node, template, id, ignored) ->
        {
            node.table(id, 1, List.of(new Table.Member(0, 1, 1, ""), new Table.Member(1, 1, 1, "")), partitions);
            return false;
        });
        final UnsafeBuffer told = new UnsafeBuffer(connections[0].takeAnswer().bytes());
        tables.learn(GRID, new TableReplyDecoder().wrapAndApplyHeader(told, 0, new MessageHeaderDecoder()));
    }

    /**
     * A question that the lane has asked before.
     */
    private FakeConnection.Message closing(final int partition)
    {
        final byte[] bytes =
            new byte[MessageHeaderEncoder.ENCODED_LENGTH + CloseSessionRequestEncoder.BLOCK_LENGTH];
        new CloseSessionRequestEncoder().wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder())
            .correlationId(ids.own(LaneIds.CLOSE_SESSION, partition))
            .sessionId(1)
            .partition(partition);
        return new FakeConnection.Message(1, bytes);
    }

    private void awaitDone(final boolean isLate)
    {
        while (!farewell.work(nowNs))
        {
            exchange(0);
            nowNs += STEP_NS;
        }
        assertEquals(isLate, nowNs >= END_NS);
    }

    private void exchange(final int member)
    {
        while (!connections[member].toNode.isEmpty())
        {
            nodes[member].onMessage(connections[member], connections[member].takeRequest(), door);
        }
        take(member);
    }

    private void take(final int member)
    {
        while (!connections[member].toClient.isEmpty())
        {
            final UnsafeBuffer message = new UnsafeBuffer(connections[member].takeAnswer().bytes());
            farewell.onAnswer(member, message, 0, message.capacity());
        }
    }
}
