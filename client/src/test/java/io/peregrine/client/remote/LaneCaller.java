package io.peregrine.client.remote;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.MapReadReplyDecoder;
import io.peregrine.client.codec.MapReplyDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
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
 * Who calls by a lane in a model: asks at random, remembers what became of it, and checks what a caller relies on.
 */
final class LaneCaller
{
    private static final String[] MAPS = {"a", "b"};

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

    /**
     * Every start of the memory that was ever reached.
     */
    final List<FakeNode> nodes = new ArrayList<>();
    private final Random random;
    private final boolean remembering;
    private final int partitions;
    private final LaneCore lane;
    private final Map<Long, Asked> asked = new HashMap<>();
    private final List<Long> open = new ArrayList<>();
    private final Requests requests = new Requests();
    private final int[] structureIds = new int[MAPS.length];

    /**
     * @param remembering whether nothing is forgotten or refused for good: then no outcome may be unknown.
     */
    LaneCaller(final Random random, final boolean remembering, final int partitions, final LaneCore lane)
    {
        this.random = random;
        this.remembering = remembering;
        this.partitions = partitions;
        this.lane = lane;
    }

    void openMaps(final Runnable turn)
    {
        for (int i = 0; i < MAPS.length; i++)
        {
            final long id = commit(0, requests.open(MAPS[i]));
            asked.put(id, new Asked());
            while (!asked.get(id).answered)
            {
                turn.run();
            }
            structureIds[i] = (int) asked.get(id).found;
        }
    }

    void ask()
    {
        final int map = random.nextInt(MAPS.length);
        final int partition = random.nextInt(partitions);
        final boolean read = random.nextInt(3) == 0;
        final String key = MAPS[map] + "-" + partition + "-" + random.nextInt(2);
        final byte[] message = read ?
            requests.read(structureIds[map], partition, key, random.nextInt(2) * 50) :
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

    void abandon()
    {
        if (!open.isEmpty())
        {
            final long id = open.remove(random.nextInt(open.size()));
            final Asked ask = asked.get(id);
            ask.abandoned = true;
            ask.mustNotBeDone = lane.abandon(id) == RequestLane.NOT_DONE;
        }
    }

    void onAnswer(final DirectBuffer buffer, final int offset, final int length)
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
                ask.foundAt = nodes.stream().filter((each) -> holds(each, ask)).findFirst()
                    .orElse(nodes.get(nodes.size() - 1));
                break;

            case StructureReplyDecoder.TEMPLATE_ID:
                ask.found = OwnAnswers.openedId(buffer, offset);
                break;

            default:
                final RefusalDecoder refusal = new RefusalDecoder().wrapAndApplyHeader(buffer, offset, header);
                ask.mustNotBeDone = refusal.kind() != AnswerKind.UNKNOWN;
                require(!remembering || ask.mustNotBeDone, "unknown although nothing was forgotten", id);
                require(!ask.read || refusal.kind() != AnswerKind.UNKNOWN, "a read cannot be unknown", id);
                break;
        }
    }

    private static boolean holds(final FakeNode each, final Asked ask)
    {
        return each.applied.getOrDefault(ask.key, List.of()).contains(ask.found);
    }

    /**
     * Nothing is held for ever.
     */
    void checkEmpty()
    {
        require(lane.isEmpty(), "requests are held for ever", lane.requests().oldestId());
        require(lane.unsent() == 0, "counted as to be sent although there is nothing", 0);
    }

    void check()
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

    static void require(final boolean condition, final String what, final long id)
    {
        if (!condition)
        {
            throw new AssertionError("request " + id + ": " + what);
        }
    }
}
