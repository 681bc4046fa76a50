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
 * @param total     what a semaphore or a latch was named with.
 * @param left      permits that are free, or left to count.
 * @param holders   of permits.
 */
record LockAnswer(
    LockStatus status, long fence, long remaining, long holder, int waiters, int total, int left, int holders)
{
    /**
     * Who asked waits in line yet.
     */
    static final LockAnswer STILL_IN_LINE = new LockAnswer(LockStatus.QUEUED, 0, 0, 0, 0, 0, 0, 0);

    static LockAnswer of(final DirectBuffer buffer, final int offset)
    {
        final LockReplyDecoder reply = new LockReplyDecoder();
        reply.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        return new LockAnswer(reply.status(), reply.fence(), reply.remaining(), reply.holder(), reply.waiters(),
            reply.total(), reply.left(), reply.holders());
    }

    boolean isDone()
    {
        return status == LockStatus.DONE;
    }
}
