package io.peregrine.perf.verify.load;

import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import io.peregrine.client.LockLease;
import io.peregrine.client.OutcomeUnknownException;
import io.peregrine.client.PermitLease;
import io.peregrine.client.RefusedException;
import io.peregrine.perf.verify.history.Operation;
import io.peregrine.perf.verify.history.Outcome;
import io.peregrine.perf.verify.history.Told;

/**
 * Carries out operations on locks and semaphores and says what came of them; holds one lease of each at a time. On the
 * client's thread.
 */
final class HolderCaller
{
    private final Grid grid;
    private final GridMap<String, Long> map;
    private LockLease lock;
    private PermitLease permits;

    /**
     * @param map in which holders write.
     */
    HolderCaller(final Grid grid, final GridMap<String, Long> map)
    {
        this.grid = grid;
        this.map = map;
    }

    Told call(final Operation operation)
    {
        try
        {
            return carryOut(operation);
        }
        catch (final RefusedException didNotHappen)
        {
            return Told.of(Outcome.REFUSED);
        }
        catch (final OutcomeUnknownException mayHaveHappened)
        {
            return Told.of(Outcome.UNKNOWN);
        }
        catch (final FailedException never)
        {
            final boolean isLost =
                never.code() == ErrorCode.NOT_HOLDER || never.code() == ErrorCode.STALE_FENCE;
            return isLost ? Told.of(Outcome.NOT_DONE) : Told.failed(never.getMessage());
        }
    }

    private Told carryOut(final Operation operation)
    {
        switch (operation.function())
        {
            case ACQUIRE ->
            {
                lock = grid.lock(operation.key()).tryAcquire(Locks.LEASE, Locks.WAIT);
                return lock == null ? Told.of(Outcome.NOT_DONE) : Told.before(Outcome.OK, lock.fence());
            }
            case ACQUIRE_PERMITS ->
            {
                permits = grid.semaphore(operation.key(), Permits.TOTAL)
                    .tryAcquire(operation.expected().intValue(), Locks.LEASE, Locks.WAIT);
                return permits == null ? Told.of(Outcome.NOT_DONE) : Told.before(Outcome.OK, permits.fence());
            }
            case FENCED -> map.put(Locks.entry(operation.key()), operation.value(), lock);
            case RELEASE -> lock.release();
            case RELEASE_PERMITS -> permits.release();
            default -> throw new IllegalArgumentException("of an entry: " + operation);
        }

        return Told.of(Outcome.OK);
    }
}
