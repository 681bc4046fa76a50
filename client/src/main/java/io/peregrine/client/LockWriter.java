package io.peregrine.client;

import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockLookEncoder;
import io.peregrine.client.codec.LockRequestEncoder;
import io.peregrine.client.codec.MessageHeaderEncoder;

/**
 * Encodes requests about locks straight into the room claimed for them. Each method returns the id of the request, or
 * the negative result of the claim. Single-threaded.
 */
final class LockWriter
{
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int NAME_LENGTH = 4;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LockRequestEncoder request = new LockRequestEncoder();
    private final LockLookEncoder look = new LockLookEncoder();
    private final Exchange exchange;

    LockWriter(final Exchange exchange)
    {
        this.exchange = exchange;
    }

    /**
     * A command. What is acquired is not bound to the session of the lane that asks: whoever has the lease, in whatever
     * thread, renews it and lets go.
     */
    long command(final LockName lock, final LockAction action, final LockTerms terms)
    {
        final long id = exchange.claim(
            lock.partition, HEADER + LockRequestEncoder.BLOCK_LENGTH + NAME_LENGTH + lock.length);
        if (id > 0)
        {
            request.wrapAndApplyHeader(exchange.buffer(), exchange.offset(), header)
                .correlationId(id)
                .sessionId(0)
                .requestNumber(0)
                .lowestUnanswered(0)
                .lease(terms.lease())
                .waiting(terms.waiting())
                .holder(terms.holder())
                .fence(terms.fence())
                .partition(lock.partition)
                .action(action);
            request.flags().clear().unbound(true).freshFence(terms.isFresh());
            request.kind(lock.kind).reserved1((short) 0).total(lock.total).permits(terms.permits())
                .putName(lock.bytes, 0, lock.length);
            exchange.commit(lock.hash);
        }
        return id;
    }

    /**
     * A look.
     *
     * @param holder of one who may wait in line; 0 for none.
     * @param await  whether the answer is to come when it waits no longer.
     */
    long look(final LockName lock, final long holder, final boolean await)
    {
        final long id = exchange.claim(
            lock.partition, HEADER + LockLookEncoder.BLOCK_LENGTH + NAME_LENGTH + lock.length);
        if (id > 0)
        {
            look.wrapAndApplyHeader(exchange.buffer(), exchange.offset(), header)
                .correlationId(id)
                .sessionId(0)
                .holder(holder)
                .partition(lock.partition)
                .await((short) (await ? 1 : 0))
                .kind(lock.kind)
                .reserved1(0)
                .putName(lock.bytes, 0, lock.length);
            exchange.commit(0);
        }
        return id;
    }
}
