package io.peregrine.perf.sim.grid;

import io.peregrine.client.codec.FencedRequestDecoder;
import io.peregrine.client.codec.LockRequestDecoder;
import io.peregrine.client.codec.MapBatchRequestDecoder;
import io.peregrine.client.codec.MapRequestDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.partition.AgentPartitions;
import io.peregrine.node.partition.SessionOwners;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;

/**
 * Knows which sessions are used through this node, as the node's gateway does.
 */
final class SessionDoor implements SessionOwners
{
    private static final int ROOT = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final long THERE_NS = 1_000_000_000;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
    private final GridRules rules;
    private final Long2LongHashMap heardNs = new Long2LongHashMap(Long.MIN_VALUE);
    private long lastNs;

    SessionDoor(final GridRules rules)
    {
        this.rules = rules;
    }

    @Override
    public boolean isThere(final int partition, final long sessionId)
    {
        final long heard = heardNs.get(sessionId);
        return heard != Long.MIN_VALUE && lastNs - heard < THERE_NS;
    }

    @Override
    public void opened(final int partition, final long sessionId, final MessageSink sink)
    {
        heardNs.put(sessionId, lastNs);
    }

    /**
     * Time goes on.
     */
    void now(final long nowNs)
    {
        lastNs = nowNs;
    }

    /**
     * Of other requests in a session it is only noted that the client is there.
     */
    private void hear(final int template)
    {
        if (template == LockRequestDecoder.TEMPLATE_ID || template == FencedRequestDecoder.TEMPLATE_ID)
        {
            heardNs.put(
                message.getLong(ROOT + LockRequestDecoder.sessionIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN), lastNs);
        }
    }

    /**
     * A request came from a client.
     *
     * @param bytes      of it.
     * @param partitions of the data agent that it is for.
     * @return it, as the data agent gets it.
     */
    byte[] take(final byte[] bytes, final AgentPartitions partitions)
    {
        message.wrap(bytes);
        header.wrap(message, 0);
        final boolean isBatch = header.templateId() == MapBatchRequestDecoder.TEMPLATE_ID;
        if (!isBatch && header.templateId() != MapRequestDecoder.TEMPLATE_ID)
        {
            hear(header.templateId());
            return bytes;
        }

        final int sessionAt = ROOT + (isBatch ?
            MapBatchRequestDecoder.sessionIdEncodingOffset() : MapRequestDecoder.sessionIdEncodingOffset());
        final int partitionAt = ROOT + (isBatch ?
            MapBatchRequestDecoder.partitionEncodingOffset() : MapRequestDecoder.partitionEncodingOffset());
        final int partition = message.getInt(partitionAt, ByteOrder.LITTLE_ENDIAN);
        final long session = message.getLong(sessionAt, ByteOrder.LITTLE_ENDIAN);
        if (session == 0)
        {
            return bytes;
        }

        final boolean isHere = heardNs.containsKey(session);
        heardNs.put(session, lastNs);
        if (rules.keepsToSession(partitions.hasSession(partition, session), isHere))
        {
            return bytes;
        }

        final byte[] other = bytes.clone();
        new UnsafeBuffer(other).putLong(sessionAt, 0, ByteOrder.LITTLE_ENDIAN);
        return other;
    }
}
