package io.peregrine.client;

import java.util.function.Supplier;

/**
 * Carries out writes that carry the fence of a lease. One that is refused for its fence may have been forgotten by the
 * store among too many others, while the lock is still held: then the lease is renewed with a higher fence, and the
 * write, of which nothing was done, is sent again.
 */
final class Fencing
{
    private static final int RETRIES = 3;

    private Fencing()
    {
    }

    /**
     * @param lease whose fence the write carries.
     * @param calls of the calling thread.
     * @param write sends it and waits; throws when it is refused.
     */
    static <T> T write(final Lease lease, final BlockingCalls calls, final Supplier<T> write)
    {
        for (int left = RETRIES; ; left--)
        {
            lease.checkHeld();
            final long fence = lease.fence();
            try
            {
                return write.get();
            }
            catch (final FailedException ex)
            {
                if (ex.code() != ErrorCode.STALE_FENCE || left == 0 || !lease.refresh(calls, fence))
                {
                    throw ex;
                }
            }
        }
    }
}
