package io.peregrine.client;

import io.peregrine.client.codec.FencedRequestEncoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import java.nio.ByteOrder;

/**
 * Claims room for writes, and puts the fence of a lease before those that carry one. Single-threaded, without garbage.
 */
final class FencedWriter
{
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int PREFIX =
        HEADER + FencedRequestEncoder.BLOCK_LENGTH + FencedRequestEncoder.withinHeaderLength();

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final FencedRequestEncoder request = new FencedRequestEncoder();
    private final Exchange exchange;

    FencedWriter(final Exchange exchange)
    {
        this.exchange = exchange;
    }

    /**
     * As {@link Exchange#claim}.
     *
     * @param length of the request without the fence.
     * @param lease  null for none.
     */
    long claim(final int partition, final int length, final Lease lease)
    {
        if (lease == null)
        {
            return exchange.claim(partition, length);
        }
        final long id = exchange.claim(partition, PREFIX + length);
        if (id > 0)
        {
            final LockName lock = lease.lock();
            request.wrapAndApplyHeader(exchange.buffer(), exchange.offset(), header)
                .correlationId(id)
                .sessionId(0)
                .requestNumber(0)
                .lowestUnanswered(0)
                .lockHash(lock.hash)
                .fence(lease.fence())
                .lockPartition(lock.partition)
                .partition(partition);
            exchange.buffer().putInt(
                exchange.offset() + PREFIX - FencedRequestEncoder.withinHeaderLength(),
                length,
                ByteOrder.LITTLE_ENDIAN);
            exchange.skip(PREFIX);
        }
        return id;
    }
}
