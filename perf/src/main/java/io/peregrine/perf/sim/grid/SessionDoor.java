package io.peregrine.perf.sim.grid;

import io.peregrine.client.codec.MapBatchRequestDecoder;
import io.peregrine.client.codec.MapRequestDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.OpenSessionReplyEncoder;
import io.peregrine.client.codec.OpenSessionRequestDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RefusalEncoder;
import io.peregrine.client.codec.AnswerKind;
import io.peregrine.node.partition.AgentPartitions;
import io.peregrine.node.partition.SessionOwners;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Opens sessions for clients, as the node's gateway does, and knows which of them are used through this node.
 */
final class SessionDoor implements SessionOwners
{
    private static final int ROOT = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final long THERE_NS = 1_000_000_000;
    private static final int MAX_ANSWER = 64;
    private static final byte[] NO_TEXT = new byte[0];

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MessageHeaderEncoder answerHeader = new MessageHeaderEncoder();
    private final OpenSessionRequestDecoder open = new OpenSessionRequestDecoder();
    private final MapRequestDecoder map = new MapRequestDecoder();
    private final MapBatchRequestDecoder batch = new MapBatchRequestDecoder();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final Long2LongHashMap heardNs = new Long2LongHashMap(Long.MIN_VALUE);
    private final BiConsumer<Integer, byte[]> out;
    private long lastNs;

    private record Waiting(int partition, long sessionId, int client, long correlationId)
    {
    }

    /**
     * @param out what takes answers to clients.
     */
    SessionDoor(final BiConsumer<Integer, byte[]> out)
    {
        this.out = out;
    }

    @Override
    public boolean isThere(final int partition, final long sessionId)
    {
        final long heard = heardNs.get(sessionId);
        return heard != Long.MIN_VALUE && lastNs - heard < THERE_NS;
    }

    /**
     * @return whether the message was one about sessions.
     */
    boolean take(
        final AgentPartitions partitions, final UnsafeBuffer message, final int client, final long nowNs)
    {
        lastNs = nowNs;
        header.wrap(message, 0);
        switch (header.templateId())
        {
            case OpenSessionRequestDecoder.TEMPLATE_ID:
                open.wrap(message, ROOT, header.blockLength(), header.version());
                open(partitions, client, nowNs);
                return true;
            case MapRequestDecoder.TEMPLATE_ID:
                map.wrap(message, ROOT, header.blockLength(), header.version());
                heardNs.put(map.sessionId(), nowNs);
                return false;
            case MapBatchRequestDecoder.TEMPLATE_ID:
                batch.wrap(message, ROOT, header.blockLength(), header.version());
                heardNs.put(batch.sessionId(), nowNs);
                return false;
            default:
                return false;
        }
    }

    /**
     * Answer for sessions that are open now.
     */
    void work(final AgentPartitions partitions, final long nowNs)
    {
        lastNs = nowNs;
        for (int i = waiting.size(); i > 0; i--)
        {
            final Waiting next = waiting.poll();
            if (partitions.hasSession(next.partition, next.sessionId))
            {
                heardNs.put(next.sessionId, nowNs);
                final UnsafeBuffer answer = new UnsafeBuffer(new byte[MAX_ANSWER]);
                final OpenSessionReplyEncoder reply =
                    new OpenSessionReplyEncoder().wrapAndApplyHeader(answer, 0, answerHeader);
                reply.correlationId(next.correlationId).sessionId(next.sessionId);
                send(next.client, answer, ROOT + reply.encodedLength());
            }
            else if (partitions.sessionRefusal(next.partition, 1) == null)
            {
                waiting.add(next);
            }
        }
    }

    private void open(final AgentPartitions partitions, final int client, final long nowNs)
    {
        final int partition = open.partition();
        final long correlationId = open.correlationId();
        final Reason refusal = partitions.sessionRefusal(partition, open.timeout());
        final long id = refusal == null ? partitions.openSession(partition, open.timeout(), nowNs) : 0;
        if (id != 0)
        {
            waiting.add(new Waiting(partition, id, client, correlationId));
            return;
        }

        final UnsafeBuffer answer = new UnsafeBuffer(new byte[MAX_ANSWER]);
        final RefusalEncoder encoder = new RefusalEncoder().wrapAndApplyHeader(answer, 0, answerHeader);
        encoder
            .correlationId(correlationId)
            .kind(AnswerKind.REFUSED)
            .reason(refusal == null ? Reason.BACK_PRESSURE : refusal)
            .reserved1(0)
            .reserved2(0)
            .putText(NO_TEXT, 0, 0);
        send(client, answer, ROOT + encoder.encodedLength());
    }

    private void send(final int client, final UnsafeBuffer answer, final int length)
    {
        out.accept(client, Arrays.copyOf(answer.byteArray(), length));
    }
}
