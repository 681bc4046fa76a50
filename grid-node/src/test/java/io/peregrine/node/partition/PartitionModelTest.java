package io.peregrine.node.partition;

import io.peregrine.client.codec.Action;
import io.peregrine.client.codec.Condition;
import io.peregrine.client.codec.MapBatchReplyDecoder;
import io.peregrine.client.codec.MapReplyDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.Status;
import io.peregrine.node.partition.Requests.Op;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Long random sequences of requests against a plain map, with requests and answers lost and requests delivered twice
 * and late.
 */
class PartitionModelTest
{
    private static final int STEPS = 6_000;
    private static final int PARTITION = 2;
    private static final int KEYS = 60;

    private final Random random = new Random();
    private final Bench bench = new Bench(32 << 20, false);
    private final Map<String, Expected> model = new HashMap<>();
    private final List<byte[]> sent = new ArrayList<>();
    private int map;
    private long session;
    private long number;

    private record Expected(byte[] value, long version, long deadlineNs)
    {
    }

    @AfterEach
    void close()
    {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void shouldBehaveLikePlainMap(final long seed)
    {
        random.setSeed(seed);
        map = bench.define("map", 0, 0);
        session = bench.openSession(PARTITION, Limits.MAX_DURATION_NS);
        assertTrue(session > 0);
        for (int i = 0; i < STEPS; i++)
        {
            step();
        }

        bench.settle();
        forgetDue();
        assertEquals(model.size(), bench.size(PARTITION, map));
        assertEquals(new TreeSet<>(model.keySet()), new TreeSet<>(bench.scan(PARTITION, map, 7)));
        model.forEach((key, expected) -> assertArrayEquals(expected.value, bench.read(PARTITION, map, key)));
    }

    private void step()
    {
        bench.nowNs += random.nextInt(1_000_000);
        forgetDue();
        final int dice = random.nextInt(100);
        if (dice < 60)
        {
            command();
        }
        else if (dice < 75)
        {
            batch();
        }
        else if (dice < 85)
        {
            final String key = key();
            final Expected expected = model.get(key);
            assertArrayEquals(expected == null ? null : expected.value, bench.read(PARTITION, map, key));
        }
        else if (dice < 90)
        {
            assertEquals(new TreeSet<>(model.keySet()), new TreeSet<>(bench.scan(PARTITION, map, 5)));
        }
        else if (dice < 95)
        {
            bench.partitions.onUpkeep(bench.nowNs);
        }
        else if (dice < 99)
        {
            lateDuplicate();
        }
        else
        {
            clear();
        }
    }

    private void command()
    {
        final Op op = op();
        nextRequest();
        assertTrue(deliver(bench.requests.command(PARTITION, op)));
        final MapReplyDecoder reply = bench.mapReply();
        final Expected before = model.get(op.key);
        final Status expected = expectedStatus(op, before);
        assertEquals(expected, reply.status());
        assertEquals(before != null, reply.flags().present());
        assertEquals(before != null, reply.flags().valueIncluded());
        if (expected == Status.APPLIED)
        {
            apply(op, reply.version());
            if (op.action == Action.ADD)
            {
                assertEquals(numberOf(model.get(op.key).value), reply.number());
            }
        }
        final Expected after = model.get(op.key);
        assertEquals(after == null ? 0 : after.version, reply.version());
        if (before != null)
        {
            final byte[] previous = new byte[reply.valueLength()];
            reply.getValue(previous, 0, previous.length);
            assertArrayEquals(before.value, previous);
        }
    }

    /**
     * Conditions see the state before the batch; keys are distinct, so that the plain map need not know more.
     */
    private void batch()
    {
        final Map<String, Op> ops = new HashMap<>();
        for (int i = random.nextInt(5); i >= 0; i--)
        {
            final Op op = op();
            ops.put(op.key, op);
        }

        final List<Op> list = new ArrayList<>(ops.values());
        nextRequest();
        assertTrue(deliver(bench.requests.batch(PARTITION, list)));
        final MapBatchReplyDecoder reply = bench.batchReply();
        int failed = -1;
        for (int i = list.size() - 1; i >= 0; i--)
        {
            failed = expectedStatus(list.get(i), model.get(list.get(i).key)) == Status.APPLIED ? failed : i;
        }

        final int refused = reply.firstRefused();
        assertEquals(failed >= 0, refused >= 0);
        int i = 0;
        for (final MapBatchReplyDecoder.ResultsDecoder result : reply.results())
        {
            final Op op = list.get(i);
            final Status status = expectedStatus(op, model.get(op.key));
            assertEquals(failed < 0 ? Status.APPLIED : i == refused ? status : Status.NOT_DONE, result.status());
            if (failed < 0)
            {
                apply(op, result.version());
            }
            result.skipValue();
            i++;
        }
        assertEquals(list.size(), i);
    }

    private void clear()
    {
        nextRequest();
        final int length = bench.requests.clear(PARTITION, map);
        remember(length);
        assertTrue(bench.deliver(length));
        assertTrue(bench.clearReply().removed() >= model.size());
        model.clear();
        bench.deliver(length);
    }

    private Op op()
    {
        final Op op = new Op(map, key());
        final Condition[] conditions = {Condition.NONE, Condition.ABSENT, Condition.PRESENT, Condition.VALUE_EQUALS,
            Condition.VERSION_EQUALS};
        op.condition = random.nextBoolean() ? Condition.NONE : conditions[random.nextInt(conditions.length)];
        final Expected now = model.get(op.key);
        if (op.condition == Condition.VALUE_EQUALS)
        {
            op.expected = now == null || random.nextInt(3) == 0 ? value() : now.value;
        }
        if (op.condition == Condition.VERSION_EQUALS)
        {
            op.expectedVersion = now == null ? 77 : now.version + random.nextInt(3) / 2;
        }

        final Action[] actions = {Action.PUT, Action.PUT, Action.PUT, Action.REMOVE, Action.ADD, Action.CHECK,
            Action.EXPIRE};
        op.action = actions[random.nextInt(actions.length)];
        op.value = op.action == Action.PUT ? value() : Requests.NOTHING;
        op.operand = op.action == Action.ADD ? random.nextInt(20) == 0 ? Long.MAX_VALUE : random.nextInt(100) : 0;
        op.ttl = random.nextInt(4) == 0 ? 1 + random.nextInt(50_000_000) : -random.nextInt(2);
        return op;
    }

    private static Status expectedStatus(final Op op, final Expected now)
    {
        final boolean holds;
        switch (op.condition)
        {
            case ABSENT:
                holds = now == null;
                break;
            case PRESENT:
                holds = now != null;
                break;
            case VALUE_EQUALS:
                holds = now != null && Arrays.equals(now.value, op.expected);
                break;
            case VERSION_EQUALS:
                holds = now != null && now.version == op.expectedVersion;
                break;
            default:
                holds = true;
                break;
        }
        if (!holds)
        {
            return Status.CONDITION_FAILED;
        }
        if (op.action == Action.ADD && now != null)
        {
            if (now.value.length != Long.BYTES)
            {
                return Status.NOT_A_NUMBER;
            }
            final long before = numberOf(now.value);
            return ((before ^ before + op.operand) & (op.operand ^ before + op.operand)) < 0 ?
                Status.OVERFLOW : Status.APPLIED;
        }

        return Status.APPLIED;
    }

    private void apply(final Op op, final long version)
    {
        final Expected now = model.get(op.key);
        final long deadline = op.ttl > 0 ? bench.nowNs + op.ttl : Long.MAX_VALUE;
        switch (op.action)
        {
            case PUT:
                model.put(op.key, new Expected(op.value, version, deadline));
                break;
            case REMOVE:
                model.remove(op.key);
                break;
            case ADD:
                final long sum = (now == null ? 0 : numberOf(now.value)) + op.operand;
                model.put(op.key, new Expected(bytesOf(sum), version, now == null ? deadline : now.deadlineNs));
                break;
            case EXPIRE:
                model.computeIfPresent(op.key, (key, old) -> new Expected(old.value, old.version, deadline));
                break;
            default:
                break;
        }
    }

    /**
     * A request may be lost and sent again, delivered twice, or its answer lost and it sent again: the answer that
     * counts is the last, and it must be as the first.
     */
    private boolean deliver(final int length)
    {
        remember(length);
        final boolean first = bench.deliver(length);
        final byte[] firstAnswer = bench.answerBytes(0, 64);
        if (random.nextInt(4) == 0)
        {
            final long digest = bench.digest(PARTITION);
            assertEquals(first, bench.deliver(length));
            assertArrayEquals(firstAnswer, bench.answerBytes(0, 64));
            assertEquals(digest, bench.digest(PARTITION));
        }

        return first;
    }

    private void lateDuplicate()
    {
        if (sent.size() > 2)
        {
            final byte[] old = sent.get(random.nextInt(sent.size() - 2));
            final long digest = bench.digest(PARTITION);
            bench.requests.buffer.putBytes(0, old);
            assertFalse(bench.deliver(old.length));
            assertEquals(Reason.ANSWER_LOST, bench.reason());
            assertEquals(digest, bench.digest(PARTITION));
        }
    }

    private void nextRequest()
    {
        number++;
        bench.requests.session(session, number, number);
    }

    private void remember(final int length)
    {
        final byte[] bytes = new byte[length];
        bench.requests.buffer.getBytes(0, bytes);
        sent.add(bytes);
        assertTrue(length > MessageHeaderDecoder.ENCODED_LENGTH);
    }

    private void forgetDue()
    {
        model.values().removeIf(expected -> expected.deadlineNs <= bench.nowNs);
    }

    private String key()
    {
        return "key-" + random.nextInt(KEYS);
    }

    private byte[] value()
    {
        if (random.nextInt(3) == 0)
        {
            return bytesOf(random.nextInt(1000));
        }

        final byte[] value = new byte[random.nextInt(4) == 0 ? random.nextInt(3000) : random.nextInt(30)];
        random.nextBytes(value);
        return value;
    }

    private static long numberOf(final byte[] value)
    {
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private static byte[] bytesOf(final long value)
    {
        return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }
}
