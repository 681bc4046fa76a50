package io.peregrine.node.partition;

import io.peregrine.client.codec.ClearRequestDecoder;
import io.peregrine.client.codec.FencedRequestDecoder;
import io.peregrine.client.codec.MapBatchRequestDecoder;
import io.peregrine.client.codec.MapRequestDecoder;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * What tells a write from all others: it begins the root block of each kind of write in the same way. A field of its
 * owner.
 */
final class RequestId
{
    private static final int SESSION = MapRequestDecoder.sessionIdEncodingOffset();
    private static final int NUMBER = MapRequestDecoder.requestNumberEncodingOffset();
    private static final int LOWEST = MapRequestDecoder.lowestUnansweredEncodingOffset();

    static
    {
        assert LOWEST == MapBatchRequestDecoder.lowestUnansweredEncodingOffset() &&
            LOWEST == ClearRequestDecoder.lowestUnansweredEncodingOffset() &&
            LOWEST == FencedRequestDecoder.lowestUnansweredEncodingOffset();
    }

    long correlationId;
    long sessionId;
    long number;
    long lowestUnanswered;

    /**
     * @param buffer with a write.
     * @param root   where its root block begins.
     * @return this.
     */
    RequestId wrap(final DirectBuffer buffer, final int root)
    {
        correlationId = buffer.getLong(root, ByteOrder.LITTLE_ENDIAN);
        sessionId = buffer.getLong(root + SESSION, ByteOrder.LITTLE_ENDIAN);
        number = buffer.getLong(root + NUMBER, ByteOrder.LITTLE_ENDIAN);
        lowestUnanswered = buffer.getLong(root + LOWEST, ByteOrder.LITTLE_ENDIAN);
        return this;
    }
}
