package io.peregrine.client;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A lease of a lock or of permits without waiting, as {@link AsyncGridLock} is a lock: its words on threads and limits
 * hold. Calls for one lease, blocking or not, are carried out one after the other; those that do not wait in the order
 * asked. Cancelling a stage gives the call up: it is not sent if it was not yet; it may take effect if it was. For any
 * number of threads.
 */
public interface AsyncLease
{
    /**
     * Begin the lease anew, as {@link LockLease#renew}.
     *
     * @param lease from now on, 1 ns to 146 years.
     * @return a stage that completes once that is done; with {@link FailedException} and {@link ErrorCode#NOT_HOLDER}
     *         if it is lost or was released.
     */
    CompletionStage<Void> renew(Duration lease);

    /**
     * Let go, as {@link LockLease#release}.
     *
     * @return a stage that completes once that is done; with {@link FailedException} and {@link ErrorCode#NOT_HOLDER}
     *         if it is lost or was released.
     */
    CompletionStage<Void> release();
}
