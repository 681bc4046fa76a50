package io.peregrine.client.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.MapReadReplyDecoder;
import io.peregrine.client.codec.MapReplyDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.client.codec.StructureReplyDecoder;
import io.peregrine.client.port.RequestLane;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The rules of a lane one by one, in hand-driven time.
 */
class LaneCoreTest
{
    private static final LaneSettings SETTINGS = new LaneSettings(1, 1, 4, 8, 4096, 1_000, 100, 5);
    private static final String KEY = "a-key";

    private final Requests requests = new Requests();
    private final RemoteStructures structures = new RemoteStructures();
    private final LaneCore lane = new LaneCore(SETTINGS, structures, new Tables(4, 0, 1, 10, 1));
    private final Map<Long, String> answers = new HashMap<>();
    private FakeNode node = new FakeNode(1, 1);
    private FakeConnection connection;
    private boolean full;
    private long now = 1;
    private int map;

    @BeforeEach
    void open()
    {
        connect();
        final long id = commit(requests.open("a"));
        exchange();
        assertEquals("opened", answers.get(id));
    }

    @Test
    void shouldOpenOneSessionForAPartitionAndOnlyBeforeItsFirstWrite()
    {
        final long read = read();
        exchange();
        assertEquals(0, node.sessionsOpen());
        final long first = write();
        final long second = write();
        exchange();
        assertEquals(1, node.sessionsOpen());
        assertEquals("read", answers.get(read));
        assertEquals("done", answers.get(first));
        assertEquals(List.of(first, second), node.applied.get(KEY));
        assertTrue(lane.isEmpty());
    }

    @Test
    void shouldGetTheFirstAnswerWhenTheAnswerWasLostWithTheConnection()
    {
        final long id = settledWrite();
        nodeTakesAll();
        loseConnection();
        connect();
        exchange();
        assertEquals("done", answers.get(id));
        assertEquals(2, node.applied.get(KEY).size());
    }

    @Test
    void shouldSayUnknownWhenAnAnswerIsMissingAndTheNodeIsStartedAnew()
    {
        final long id = settledWrite();
        nodeTakesAll();
        loseConnection();
        node = new FakeNode(2, 50);
        connect();
        exchange();
        assertEquals(AnswerKind.UNKNOWN + " " + Reason.ANSWER_LOST, answers.get(id));
        assertTrue(node.applied.isEmpty());
    }

    @Test
    void shouldSendToTheMapOfTheSameNameWhenTheNodeIsStartedAnew()
    {
        settledWrite();
        exchange();
        loseConnection();
        node = new FakeNode(2, 50);
        connect();
        final long id = write();
        exchange();
        assertEquals("done", answers.get(id));
        assertEquals(List.of(id), node.applied.get(KEY));
    }

    @Test
    void shouldRefuseTheHandleOfADestroyedMapWhenTheNodeIsStartedAnew()
    {
        final long destroyed = commit(requests.destroy(map));
        exchange();
        assertEquals("opened", answers.get(destroyed));
        loseConnection();
        node = new FakeNode(2, 1);
        connect();
        final long id = write();
        exchange();
        assertEquals(AnswerKind.FAILED + " " + Reason.DESTROYED, answers.get(id));
    }

    @Test
    void shouldCountADestroyThatIsRepeatedAsDone()
    {
        final long id = commit(requests.destroy(map));
        nodeTakesAll();
        loseConnection();
        connect();
        exchange();
        assertEquals("opened", answers.get(id));
    }

    @Test
    void shouldWriteInANewSessionWhenTheOldOneHasExpired()
    {
        settledWrite();
        exchange();
        node.expireSessions();
        final long id = write();
        exchange();
        assertEquals("done", answers.get(id));
        assertEquals(1, node.sessionsOpen());
    }

    @Test
    void shouldSayUnknownWhenTheSessionExpiredBetweenTwoCopies()
    {
        final long id = settledWrite();
        nodeTakesAll();
        loseConnection();
        node.expireSessions();
        connect();
        exchange();
        assertEquals(AnswerKind.UNKNOWN + " " + Reason.SESSION_EXPIRED, answers.get(id));
    }

    @Test
    void shouldNotSendWhatWasAbandonedBeforeItWasSent()
    {
        settledWrite();
        exchange();
        full = true;
        final long id = write();
        assertEquals(RequestLane.NOT_DONE, lane.abandon(id));
        full = false;
        exchange();
        assertFalse(node.applied.get(KEY).contains(id));
        assertTrue(lane.isEmpty());
    }

    @Test
    void shouldNotSendAgainWhatWasAbandoned()
    {
        settledWrite();
        exchange();
        final long id = write();
        connection.toNode.clear();
        assertEquals(RequestLane.GIVEN_UP, lane.abandon(id));
        loseConnection();
        connect();
        final long next = write();
        exchange();
        assertEquals("done", answers.get(next));
        assertFalse(node.applied.get(KEY).contains(id));
    }

    @Test
    void shouldAskAgainWhenAnAnswerDoesNotCome()
    {
        final long id = settledWrite();
        nodeTakesAll();
        connection.toClient.clear();
        lane.work(now += 50);
        assertTrue(connection.toNode.isEmpty());
        lane.work(now += 60);
        exchange();
        assertEquals("done", answers.get(id));
        assertEquals(2, node.applied.get(KEY).size());
    }

    @Test
    void shouldNotTakeTheRefusalOfOneCopyForThatOfAnother()
    {
        settledWrite();
        exchange();
        final long id = write();
        node.refuseLate = Reason.STORE_FULL;
        nodeTakesAll();
        assertNull(node.refuseLate);
        node.sessions.values().forEach(FakeSessions::leadAnew);
        lane.work(now += 110);
        exchange();
        assertEquals("done", answers.get(id));
        assertTrue(node.applied.get(KEY).contains(id));
    }

    @Test
    void shouldRefuseWhatIsRefusedInAllItsCopies()
    {
        settledWrite();
        exchange();
        final long id = write();
        node.refuseLate = Reason.STORE_FULL;
        nodeTakesAll();
        lane.work(now += 110);
        exchange();
        assertEquals(AnswerKind.REFUSED + " " + Reason.BACK_PRESSURE, answers.get(id));
    }

    @Test
    void shouldNotSayWhatBecameOfAWriteOneCopyOfWhichIsNeverAnswered()
    {
        settledWrite();
        exchange();
        final long id = write();
        lane.work(now);
        connection.toNode.clear();
        node.refuseLate = Reason.STORE_FULL;
        for (int sent = 1; sent <= 4; sent++)
        {
            assertNull(answers.get(id), "after " + sent + " copies");
            lane.work(now += 10_000);
            exchange();
        }
        assertEquals(AnswerKind.UNKNOWN + " " + Reason.ANSWER_LOST, answers.get(id));
    }

    @Test
    void shouldRefuseWritesWhenNoSessionIsToBeHad()
    {
        node.refuseSessions = true;
        final long id = write();
        exchange();
        assertEquals(AnswerKind.REFUSED + " " + Reason.TOO_MANY_SESSIONS, answers.get(id));
        node.refuseSessions = false;
        final long next = write();
        exchange();
        assertEquals("done", answers.get(next));
    }

    @Test
    void shouldTakeNoMoreThanItsLimitsAndFreeAllOfThem()
    {
        for (int round = 0; round < 20; round++)
        {
            full = true;
            int taken = 0;
            while (lane.tryClaim(600) >= 0)
            {
                write(400);
                taken++;
            }
            assertTrue(taken > 4 && taken <= 8, taken + " taken");
            full = false;
            exchange();
            assertTrue(lane.isEmpty());
        }
    }

    @Test
    void shouldKeepOneLongRequestOutsideTheRing()
    {
        full = true;
        final long id = write(20_000);
        assertEquals(RequestLane.BACK_PRESSURED, lane.tryClaim(20_000));
        full = false;
        exchange();
        assertEquals("done", answers.get(id));
        assertNotEquals(RequestLane.BACK_PRESSURED, lane.tryClaim(20_000));
        lane.abort();
    }

    /**
     * A write when the session is open already: the node has it as soon as it takes what was sent.
     */
    private long settledWrite()
    {
        write();
        exchange();
        return write();
    }

    private long write()
    {
        return write(10);
    }

    private long write(final int valueLength)
    {
        return commit(requests.write(map, 1, KEY, valueLength));
    }

    private long read()
    {
        return commit(requests.read(map, 1, KEY));
    }

    private long commit(final byte[] message)
    {
        final int at = lane.tryClaim(message.length);
        assertTrue(at >= 0);
        final long id = lane.requests().nextId();
        final UnsafeBuffer source = new UnsafeBuffer(message);
        source.putLong(8, id, ByteOrder.LITTLE_ENDIAN);
        requests.operand(source, id);
        lane.buffer().putBytes(at, message);
        lane.commit(1, true);
        return id;
    }

    private void connect()
    {
        connection = new FakeConnection(node.gridId, new UnsafeBuffer(new byte[8]), 1024, () -> full);
        lane.onConnection(0, connection);
        lane.work(now);
    }

    private void loseConnection()
    {
        connection.lose();
    }

    private void nodeTakesAll()
    {
        lane.work(now);
        while (!connection.toNode.isEmpty())
        {
            node.onMessage(connection, connection.takeRequest());
        }
    }

    private void exchange()
    {
        for (int i = 0; i < 20; i++)
        {
            nodeTakesAll();
            while (!connection.toClient.isEmpty())
            {
                final UnsafeBuffer message = new UnsafeBuffer(connection.takeAnswer().bytes());
                lane.receiving().onMessage(0, message, 0, message.capacity(), this::onAnswer);
            }
            lane.handOwn(this::onAnswer);
            now++;
        }
    }

    private void onAnswer(final DirectBuffer buffer, final int offset, final int length)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        final long id = buffer.getLong(offset + 8, ByteOrder.LITTLE_ENDIAN);
        if (header.templateId() == StructureReplyDecoder.TEMPLATE_ID && map == 0)
        {
            map = OwnAnswers.openedId(buffer, offset);
        }
        final String answer = switch (header.templateId())
        {
            case MapReplyDecoder.TEMPLATE_ID -> "done";
            case MapReadReplyDecoder.TEMPLATE_ID -> "read";
            case StructureReplyDecoder.TEMPLATE_ID -> "opened";
            default ->
            {
                final RefusalDecoder refusal = new RefusalDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield refusal.kind() + " " + refusal.reason();
            }
        };
        assertEquals(null, answers.put(id, answer), "answered twice");
    }
}
