package io.peregrine.perf.verify.load;

import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import io.peregrine.client.LockLease;
import io.peregrine.client.OutcomeUnknownException;
import io.peregrine.client.RefusedException;
import io.peregrine.perf.verify.history.Function;
import io.peregrine.perf.verify.history.Operation;
import io.peregrine.perf.verify.history.Outcome;
import io.peregrine.perf.verify.history.Told;

/**
 * Carries out operations on locks and says what came of them; holds one at a time. On the client's thread.
 */
final class LockCaller
{
    private final Grid grid;
    private final GridMap<String, Long> map;
    private LockLease lease;

    /**
     * @param map in which holders write.
     */
    LockCaller(final Grid grid, final GridMap<String, Long> map)
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
        if (operation.function() == Function.ACQUIRE)
        {
            lease = grid.lock(operation.key()).tryAcquire(Locks.LEASE, Locks.WAIT);
            return lease == null ? Told.of(Outcome.NOT_DONE) : Told.before(Outcome.OK, lease.fence());
        }
        if (operation.function() == Function.RELEASE)
        {
            lease.release();
        }
        else
        {
            map.put(Locks.entry(operation.key()), operation.value(), lease);
        }

        return Told.of(Outcome.OK);
    }
}
