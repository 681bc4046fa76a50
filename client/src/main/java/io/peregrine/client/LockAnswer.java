package io.peregrine.client;

import io.peregrine.client.codec.LockReplyDecoder;
import io.peregrine.client.codec.LockStatus;
import io.peregrine.client.codec.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

/**
 * What became of a command on a lock, or how a lock is.
 *
 * @param status    of it.
 * @param fence     of the holder, or a ticket.
 * @param remaining nanoseconds of the lease or the waiting.
 * @param holder    number of the holder.
 * @param waiters   in line.
 */
record LockAnswer(LockStatus status, long fence, long remaining, long holder, int waiters)
{
    static LockAnswer of(final DirectBuffer buffer, final int offset)
    {
        final LockReplyDecoder reply = new LockReplyDecoder();
        reply.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        return new LockAnswer(reply.status(), reply.fence(), reply.remaining(), reply.holder(), reply.waiters());
    }

    boolean isDone()
    {
        return status == LockStatus.DONE;
    }
}
