package io.peregrine.node.partition;

import io.peregrine.client.codec.Action;
import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.Condition;
import io.peregrine.client.codec.MapBatchReplyDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.Status;
import io.peregrine.node.control.Change;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.Replica;
import io.peregrine.node.partition.Requests.Op;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AgentPartitionsTest
{
    private static final long SECOND = 1_000_000_000L;

    private final Bench bench = new Bench(16 << 20, false);
    private final int map = bench.define("map", 0, 0);

    @AfterEach
    void close()
    {
        bench.close();
    }

    @Test
    void shouldRefuseWhatIsOverLimits()
    {
        assertRefused(new Op(map, "k".repeat(4097)), Reason.KEY_TOO_LONG);
        assertRefused(new Op(map, ""), Reason.KEY_EMPTY);
        assertRefused(new Op(map, "k").put(new byte[(1 << 20) + 1]), Reason.VALUE_TOO_LONG);
        assertRefused(new Op(map, "k").ttl(-2), Reason.EXPIRY_INVALID);
        assertRefused(new Op(map, "k").ttl(Long.MAX_VALUE), Reason.EXPIRY_INVALID);
        assertRefused(new Op(map, "k").maxIdle(Long.MIN_VALUE), Reason.EXPIRY_INVALID);
        assertRefused(new Op(map + 1, "k"), Reason.DESTROYED);
        assertRefused(new Op(map, "k").put(new byte[1]).action(Action.REMOVE), Reason.MALFORMED);
        assertEquals(0, bench.size(0, map));
    }

    @Test
    void shouldSurviveGarbage()
    {
        final Random random = new Random(42);
        final int length = bench.requests.batch(1, List.of(
            new Op(map, "a").put(new byte[40]), new Op(map, "b").add(1), new Op(map, "c").action(Action.REMOVE)));
        final byte[] good = new byte[length];
        bench.requests.buffer.getBytes(0, good);
        for (int i = 0; i < 20_000; i++)
        {
            bench.requests.buffer.putBytes(0, good);
            for (int j = random.nextInt(4); j >= 0; j--)
            {
                bench.requests.buffer.putByte(16 + random.nextInt(length - 16), (byte) random.nextInt());
            }
            bench.deliver(random.nextInt(3) == 0 ? 16 + random.nextInt(length - 16) : length);
        }
        assertFalse(bench.partitions.isBroken());
        assertTrue(bench.deliver(bench.requests.command(0, new Op(map, "k").put(new byte[]{1}))));
    }

    @Test
    void shouldSayWhatTheRefusedCommandOfABatchFound()
    {
        final int map = bench.define("batches", 0, 0);
        assertTrue(bench.deliver(bench.requests.command(1, new Op(map, "there").put(new byte[]{7, 8}))));

        assertTrue(bench.deliver(bench.requests.batch(1, List.of(
            new Op(map, "first").put(new byte[1]),
            new Op(map, "there").put(new byte[1]).when(Condition.ABSENT)))));

        final MapBatchReplyDecoder reply = bench.batchReply();
        assertEquals(1, reply.firstRefused());
        final MapBatchReplyDecoder.ResultsDecoder results = reply.results().next();
        assertEquals(Status.NOT_DONE, results.status());
        assertEquals(0, results.version());
        assertFalse(results.flags().present());
        results.skipValue();
        results.next();
        assertEquals(Status.CONDITION_FAILED, results.status());
        assertTrue(results.flags().present());
        assertTrue(results.version() > 0);
        assertEquals(2, results.valueLength());
    }

    @Test
    void shouldRefusePartitionsThatAreNotThere()
    {
        assertFalse(bench.deliver(bench.requests.command(Bench.PARTITIONS, new Op(map, "k"))));
        assertEquals(Reason.MALFORMED, bench.reason());
        assertFalse(bench.deliver(bench.requests.command(-1, new Op(map, "k"))));
        assertEquals(Reason.MALFORMED, bench.reason());
    }

    @Test
    void shouldExpireBeforeNextCommandOfKey()
    {
        put("k", 10 * SECOND, 0);
        bench.nowNs += 10 * SECOND - 1;
        assertNotNull(bench.read(0, map, "k"));
        bench.nowNs += 1;
        assertTrue(bench.deliver(bench.requests.command(0, new Op(map, "k").when(Condition.PRESENT))));
        assertEquals(Status.CONDITION_FAILED, bench.mapReply().status());
        assertEquals(0, bench.size(0, map));
        assertEquals(1, bench.partitions.tally().expired());
    }

    @Test
    void shouldExpireWithoutBeingAsked()
    {
        for (int i = 0; i < 1000; i++)
        {
            put("k" + i, SECOND + i, 0);
        }
        bench.nowNs += 2 * SECOND;
        bench.settle();
        assertEquals(0, bench.size(0, map));
        assertEquals(1000, bench.partitions.tally().expired());
    }

    @Test
    void shouldGoOnInTheNextPartitionsUntilThePageIsFull()
    {
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < 30; i++)
        {
            final int partition = i % 2 == 0 ? 1 : 3;
            assertTrue(bench.deliver(bench.requests.command(partition, new Op(map, "k" + i).put(new byte[]{1}))));
            expected.add("k" + i);
        }
        for (final int most : new int[]{1, 7, 15, 16, 29, 30, 31, 500})
        {
            final List<String> keys = new ArrayList<>();
            int requests = 0;
            int partition = 0;
            long cursor = 0;
            while (partition < Bench.PARTITIONS)
            {
                assertTrue(bench.deliver(bench.requests.scan(partition, map, cursor, most, true)));
                final int before = keys.size();
                partition = bench.keysOfScan(keys);
                cursor = bench.scanReply().nextCursor();
                assertTrue(keys.size() - before <= most);
                requests++;
            }
            assertEquals(0, cursor);
            assertEquals(new TreeSet<>(expected), new TreeSet<>(keys));
            assertEquals(expected.size(), keys.size());
            assertTrue(requests <= 30 / most + 2, requests + " requests of " + most);
        }
        assertFalse(bench.deliver(bench.requests.scan(0, map, -1, 5, true)));
    }

    @Test
    void shouldApplyExpiryOfMapWhenRequestHasNone()
    {
        final int timed = bench.define("timed", 5 * SECOND, 0);
        assertTrue(bench.deliver(bench.requests.command(0, new Op(timed, "default"))));
        assertTrue(bench.deliver(bench.requests.command(0, new Op(timed, "counter").add(7))));
        assertTrue(bench.deliver(bench.requests.command(0, new Op(timed, "for ever").ttl(-1))));
        bench.nowNs += 5 * SECOND;
        assertNull(bench.read(0, timed, "default"));
        assertNull(bench.read(0, timed, "counter"));
        assertNotNull(bench.read(0, timed, "for ever"));
    }

    @Test
    void shouldKeepIdleEntryThatIsReadAndExpireOneThatIsNot()
    {
        final int idle = bench.define("idle", 0, 10 * SECOND);
        assertTrue(bench.deliver(bench.requests.command(0, new Op(idle, "read"))));
        assertTrue(bench.deliver(bench.requests.command(0, new Op(idle, "unread"))));
        for (int i = 0; i < 6; i++)
        {
            bench.nowNs += 4 * SECOND;
            bench.settle();
            assertNotNull(bench.read(0, idle, "read"), "lost at " + i);
        }
        assertNull(bench.read(0, idle, "unread"));
        bench.nowNs += 11 * SECOND;
        bench.settle();
        assertEquals(0, bench.size(0, idle));
    }

    @Test
    void shouldRefuseIdleTimeWhereReadsLeaveNoTrace()
    {
        assertRefused(new Op(map, "k").maxIdle(SECOND), Reason.EXPIRY_INVALID);
        assertFalse(bench.deliver(bench.requests.batch(0, List.of(new Op(map, "k").maxIdle(SECOND)))));
        assertEquals(Reason.EXPIRY_INVALID, bench.reason());
        final int idle = bench.define("idle", 0, SECOND);
        assertTrue(bench.deliver(bench.requests.command(0, new Op(idle, "k").maxIdle(5 * SECOND))));
        assertTrue(bench.deliver(bench.requests.command(0, new Op(map, "k").maxIdle(-1))));
    }

    @Test
    void shouldDropStructureEverywhereAndTakeMemoryBack()
    {
        final int gone = bench.define("gone", 0, 0);
        for (int i = 0; i < 4000; i++)
        {
            assertTrue(bench.deliver(bench.requests.command(
                i % Bench.PARTITIONS, new Op(gone, "k" + i).put(new byte[500]))));
        }
        bench.drop(gone);
        assertEquals(-1, bench.partitions.controlVersionDone());
        assertRefused(new Op(gone, "k"), Reason.DESTROYED);
        bench.settle();
        assertEquals(bench.control.view().version(), bench.partitions.controlVersionDone());
        for (int i = 0; i < Bench.PARTITIONS; i++)
        {
            assertEquals(0, bench.partitions.partition(i).store().maps().size());
        }
        final int again = bench.define("gone", 0, 0);
        assertEquals(0, bench.size(0, again));
        for (int i = 0; i < 16_000; i++)
        {
            assertTrue(bench.deliver(bench.requests.command(
                i % Bench.PARTITIONS, new Op(again, "k" + i).put(new byte[500]))), "full at " + i);
        }
    }

    @Test
    void shouldAnswerUnknownSessionAsUnknownOutcome()
    {
        bench.requests.session(12345, 1, 1);
        assertFalse(bench.deliver(bench.requests.command(0, new Op(map, "k"))));
        assertEquals(Reason.SESSION_EXPIRED, bench.reason());
        assertEquals(AnswerKind.UNKNOWN, bench.refusal().kind());
        assertNull(bench.read(0, map, "k"));
    }

    @Test
    void shouldRefuseNumbersWithGapUntilItIsFilled()
    {
        final long session = bench.openSession(0, SECOND);
        bench.requests.session(session, 2, 1);
        assertFalse(bench.deliver(bench.requests.command(0, new Op(map, "second"))));
        assertEquals(AnswerKind.REFUSED, bench.refusal().kind());
        bench.requests.session(session, 1, 1);
        assertTrue(bench.deliver(bench.requests.command(0, new Op(map, "first"))));
        bench.requests.session(session, 2, 1);
        assertTrue(bench.deliver(bench.requests.command(0, new Op(map, "second"))));
    }

    @Test
    void shouldEndSessionThatIsNotUsed()
    {
        final long session = bench.openSession(0, SECOND);
        assertEquals(1, bench.partitions.sessions());
        bench.nowNs += 2 * SECOND;
        bench.settle();
        assertEquals(0, bench.partitions.sessions());
        bench.requests.session(session, 1, 1);
        assertFalse(bench.deliver(bench.requests.command(0, new Op(map, "k"))));
        assertEquals(Reason.SESSION_EXPIRED, bench.reason());
    }

    @Test
    void shouldEndSessionWhenItsClientCloses()
    {
        final long session = bench.openSession(0, SECOND);
        bench.closeSession(0, session);
        assertEquals(0, bench.partitions.sessions());
    }

    @Test
    void shouldContinueSequencesAndTimeUnderNextEpoch()
    {
        put("k", 0, 0);
        final long before = bench.mapReply().version();
        final Partition partition = bench.partitions.partition(0);
        final ServingTerm term = partition.term();
        final long time = partition.store().time();
        final Replica self = bench.control.view().assignments().get(0).inSync().get(0);
        bench.control.decide(new ControlCommand.ChangePartitions(
            self, List.of(new Change(0, 1, self.memberId(), List.of(self)))));
        bench.nowNs += 3 * SECOND;
        bench.partitions.onControl(bench.control.view(), bench.nowNs);
        put("k", 0, 0);
        assertTrue(bench.mapReply().version() > before);
        assertEquals(2, partition.term().epoch());
        assertTrue(partition.term() != term);
        assertTrue(partition.store().time() > time);
    }

    /**
     * The JVM allocates on the thread until it has compiled everything: one round without garbage is the proof.
     */
    @Test
    void shouldAllocateNothingInSteadyState()
    {
        final int put = bench.requests.command(0, new Op(map, "key-of-16-bytes!").put(new byte[100]));
        final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        final long self = Thread.currentThread().getId();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 400 && allocated != 0; round++)
        {
            final long before = threads.getThreadAllocatedBytes(self);
            final long overhead = threads.getThreadAllocatedBytes(self) - before;
            final long start = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < 20_000; i++)
            {
                bench.deliver(put);
                bench.partitions.onUpkeep(bench.nowNs += 1000);
            }
            allocated = threads.getThreadAllocatedBytes(self) - start - overhead;
        }
        assertEquals(0, allocated);
    }

    private void put(final String key, final long ttl, final long maxIdle)
    {
        assertTrue(bench.deliver(bench.requests.command(
            0, new Op(map, key).put(new byte[]{1, 2}).ttl(ttl).maxIdle(maxIdle))));
        assertArrayEquals(new byte[]{1, 2}, bench.read(0, map, key));
        assertTrue(bench.deliver(bench.requests.command(
            0, new Op(map, key).put(new byte[]{1, 2}).ttl(ttl).maxIdle(maxIdle))));
    }

    private void assertRefused(final Op op, final Reason reason)
    {
        assertFalse(bench.deliver(bench.requests.command(0, op)));
        assertEquals(reason, bench.reason());
        assertEquals(AnswerKind.FAILED, bench.refusal().kind());
    }
}
