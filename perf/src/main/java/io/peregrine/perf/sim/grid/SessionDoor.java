package io.peregrine.perf.sim.grid;

import io.peregrine.client.codec.MapBatchRequestDecoder;
import io.peregrine.client.codec.MapRequestDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.partition.SessionOwners;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Knows which sessions are used through this node, as the node's gateway does.
 */
final class SessionDoor implements SessionOwners
{
    private static final int ROOT = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final long THERE_NS = 1_000_000_000;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MapRequestDecoder map = new MapRequestDecoder();
    private final MapBatchRequestDecoder batch = new MapBatchRequestDecoder();
    private final Long2LongHashMap heardNs = new Long2LongHashMap(Long.MIN_VALUE);
    private long lastNs;

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
     * A message came from a client.
     */
    void onRequest(final UnsafeBuffer message)
    {
        header.wrap(message, 0);
        switch (header.templateId())
        {
            case MapRequestDecoder.TEMPLATE_ID:
                map.wrap(message, ROOT, header.blockLength(), header.version());
                heardNs.put(map.sessionId(), lastNs);
                break;
            case MapBatchRequestDecoder.TEMPLATE_ID:
                batch.wrap(message, ROOT, header.blockLength(), header.version());
                heardNs.put(batch.sessionId(), lastNs);
                break;
            default:
                break;
        }
    }
}
